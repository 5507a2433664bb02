import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { channelListSchema, channelViewSchema, ICON_MAX_BYTES } from '../../../contract/index.ts'
import { callApp, testApp, tokenOf } from '../../test/api.ts'
import { rowsOf, run } from '../../test/rows.ts'
import { insert, seedContact, seedConversation, seedMessage, seedOrganisation } from '../../test/seed.ts'
import type { OrgScope } from '../platform/scope.ts'
import { jpegOf, pngOf } from './icons.test-helpers.ts'

const app = testApp()
let scope: OrgScope
let token: string
let count = 0
const numberOf = (index: number): string => `87${String(count).padStart(4, '0')}${index}`

/** An organisation with two departments and three numbers, and nobody's channel yet. */
beforeEach(async () => {
  count += 1
  const tag = String(count).padStart(4, '0')
  scope = await seedOrganisation({ orgId: `org_channels${tag}00000000`, portalId: `87${tag}` })
  token = await tokenOf(scope, { role: 'admin', isProof: true, name: 'Ana Admin' })
  const { db, orgId } = scope
  const now = Date.now()
  await insert(db, 'desk_connections', {
    org_id: orgId,
    refresh_token: 'k1.sealed',
    changed_at: now,
    departments: JSON.stringify([
      { id: '100', name: 'Support' },
      { id: '200', name: 'Sales' },
    ]),
    departments_at: now,
  })
  for (let index = 1; index <= 3; index += 1) {
    await insert(db, 'numbers', {
      org_id: orgId,
      phone_number_id: numberOf(index),
      waba_id: '700100',
      portfolio_id: '600100',
      display_phone_number: `+44 20 7946 010${index}`,
      token: 'k1.sealed',
      connected_at: now,
    })
  }
})

const call = (method: string, path: string, body?: unknown) => callApp(app, { method, path, token, body })
const create = (index: number, more: object = {}) =>
  call('POST', '/api/channels', { phoneNumberId: numberOf(index), name: 'Support', departmentId: '100', ...more })
const made = async (response: Response) => channelViewSchema.parse(await response.json())
const list = async () => channelListSchema.parse(await (await call('GET', '/api/channels')).json())
const failure = async (response: Response) => ({ status: response.status, ...(await response.json<object>()) })

describe('making a channel', () => {
  it('routes the number, starts the trial once, and is told', async () => {
    const response = await create(1)
    expect(response.status).toBe(201)
    expect(await made(response)).toMatchObject({ state: 'on', ticketRule: 'automatic', reopenDays: 3, held: 0 })
    const route = await env.DIRECTORY.prepare('SELECT org_id FROM number_routes WHERE phone_number_id = ?1')
      .bind(numberOf(1))
      .first('org_id')
    expect(route).toBe(scope.orgId)
    const startedAt = (await organisation())['trial_started_at']
    expect(startedAt).toBeGreaterThan(Date.now() - 60_000)
    await create(2, { departmentId: '200' })
    expect(await organisation()).toMatchObject({ trial_started_at: startedAt, trial_number: numberOf(1) })
    const told = await rowsOf(scope, 'audit_entries', 'id')
    expect(told.map(({ action, actor_name: actor }) => ({ action, actor }))).toEqual([
      { action: 'channel.created', actor: 'Ana Admin' },
      { action: 'channel.created', actor: 'Ana Admin' },
    ])
  })

  const organisation = async () => {
    const row = await scope.db.prepare('SELECT * FROM organisations WHERE id = ?1').bind(scope.orgId).first()
    return row ?? {}
  }

  it('twice is one channel, in two tabs too', async () => {
    const answers = await Promise.all([create(1), create(1, { name: 'Other' }), create(1)])
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 200, 201])
    expect(new Set((await Promise.all(answers.map(made))).map(({ id }) => id)).size).toBe(1)
    expect(await rowsOf(scope, 'audit_entries')).toHaveLength(1)
  })

  it('is never more than departments, whoever races for the last one', async () => {
    await create(1)
    const answers = await Promise.all([create(2), create(3)])
    const statuses = answers.map(({ status }) => status)
    expect(statuses.toSorted((a, b) => a - b)).toEqual([201, 409])
    const refused = answers[statuses.indexOf(409)]
    expect(refused && (await failure(refused))).toMatchObject({
      error: { code: 'channels.limit', details: { limit: 2 } },
    })
    expect((await list()).items).toHaveLength(2)
  })

  it('counts one that is off, and not one that was removed, whose number may get a new one', async () => {
    const first = await made(await create(1))
    const second = await made(await create(2))
    await call('POST', `/api/channels/${first.id}/off`)
    expect((await create(3)).status).toBe(409)
    await call('DELETE', `/api/channels/${second.id}`)
    expect((await create(3)).status).toBe(201)
    expect((await create(2)).status).toBe(409)
    await call('DELETE', `/api/channels/${first.id}`)
    const again = await create(2, { name: 'Again', ticketRule: 'by_hand' })
    expect(again.status).toBe(201)
    expect(await made(again)).toMatchObject({ name: 'Again', state: 'on', ticketRule: 'by_hand', changedAt: null })
    expect((await list()).items.map(({ state }) => state).toSorted()).toEqual(['on', 'on', 'removed'])
  })

  it.each([
    ['an unknown department', { departmentId: '999' }, 422, 'channels.department_unknown'],
    ['an unknown number', { phoneNumberId: '1' }, 404, 'channels.number_not_found'],
    ['an empty name', { name: ' ' }, 422, 'request.invalid'],
  ])('is refused for %s', async (_, more, status, code) => {
    expect(await failure(await create(1, more))).toMatchObject({ status, error: { code } })
    expect(await rowsOf(scope, 'channels')).toEqual([])
  })

  it('is refused for a number that went with its account', async () => {
    await run(scope.db, `UPDATE numbers SET status = 'disconnected' WHERE phone_number_id = '${numberOf(1)}'`)
    const refusal = { status: 404, error: { code: 'channels.number_not_found' } }
    expect(await failure(await create(1))).toMatchObject(refusal)
    expect(await rowsOf(scope, 'channels')).toEqual([])
  })

  it.each([
    ['the first channel, of numbers verified at the same moment', 5, 2],
    ['the one that was verified first, whatever channel is made', 6, 1],
  ])('puts the number into trial that is %s', async (_, verifiedAt, index) => {
    const verified = (number: number, at: number) =>
      run(scope.db, `UPDATE numbers SET verified_at = ${at} WHERE phone_number_id = '${numberOf(number)}'`)
    await verified(1, 5)
    await verified(2, verifiedAt)
    await run(scope.db, `UPDATE organisations SET trial_number = '${numberOf(1)}' WHERE id = '${scope.orgId}'`)
    await create(2)
    expect(await organisation()).toMatchObject({ trial_number: numberOf(index) })
    await create(1)
    expect(await organisation()).toMatchObject({ trial_number: numberOf(index) })
  })

  it("is refused for another organisation's number", async () => {
    const other = await seedOrganisation({ orgId: `org_other${count}00000000000`, portalId: `86${count}` })
    const route = { phone_number_id: numberOf(1), org_id: other.orgId, waba_id: '1', connected_at: 1 }
    await insert(env.DIRECTORY, 'number_routes', route)
    expect(await failure(await create(1))).toMatchObject({ status: 409, error: { code: 'channels.number_taken' } })
    expect(await rowsOf(scope, 'channels')).toEqual([])
  })

  it("routes an own app's number by its path", async () => {
    await insert(scope.db, 'accounts', {
      org_id: scope.orgId,
      waba_id: '700100',
      business_id: '1',
      how: 'own_app',
      app_path: 'somepath',
      token: 'k1',
      token_issued_at: 1,
      connected_at: 1,
    })
    await create(1)
    const path = await env.DIRECTORY.prepare('SELECT app_path FROM number_routes WHERE phone_number_id = ?1')
      .bind(numberOf(1))
      .first('app_path')
    expect(path).toBe('somepath')
  })
})

describe('changing a channel', () => {
  it('changes what is named and tells what it was', async () => {
    const channel = await made(await create(1, { reopenDays: 7, ticketRule: 'after', ticketAfterMinutes: 5 }))
    const changed = await made(
      await call('PATCH', `/api/channels/${channel.id}`, { name: 'Sales', departmentId: '200' }),
    )
    expect(changed).toEqual({ ...channel, name: 'Sales', departmentId: '200' })
    const [, entry] = await rowsOf(scope, 'audit_entries', 'id')
    expect(JSON.parse(String(entry?.['details']))).toEqual({
      name_from: 'Support',
      name_to: 'Sales',
      departmentId_from: '100',
      departmentId_to: '200',
    })
  })

  it('takes conversations without a ticket along into another department', async () => {
    const channel = await made(await create(1))
    const ids = await Promise.all([conversation(1, {}), conversation(2, { ticket_id: '7', ticket_number: '7' })])
    await call('PATCH', `/api/channels/${channel.id}`, { departmentId: '200' })
    const rows = new Map((await rowsOf(scope, 'conversations')).map((row) => [row['id'], row['department_id']]))
    expect(ids.map((id) => rows.get(id))).toEqual(['200', '100'])
    expect((await call('PATCH', `/api/channels/${channel.id}`, { departmentId: '9' })).status).toBe(422)
  })
})

async function conversation(index: number, more: Record<string, string | number>): Promise<string> {
  const id = `${String(count).padStart(4, '0')}${String(index).padStart(16, '0')}`
  await seedContact(scope, { id: `ct_${id}`, name: 'Sakura', phone: '+447700900123' })
  return seedConversation(scope, {
    id: `cv_${id}`,
    contactId: `ct_${id}`,
    phoneNumberId: numberOf(1),
    departmentId: '100',
    lastMessageAt: Date.now(),
    more,
  })
}

describe('switching a channel', () => {
  it('off and on again tells each once, and brings back the conversations that are asked for', async () => {
    const channel = await made(await create(1))
    const path = `/api/channels/${channel.id}`
    const off = await made(await call('POST', `${path}/off`))
    expect(off).toMatchObject({ state: 'off' })
    expect(await made(await call('POST', `${path}/off`))).toEqual(off)
    const old = Date.now() - 25 * 3_600_000
    const recent = await conversation(1, { held_since: 5 })
    await conversation(2, { held_since: 5, last_inbound_at: old })
    const sending = await conversation(3, { last_inbound_at: old })
    await seedMessage(scope, sending, { more: { direction: 'out', status: 'queued', client_id: 'client-0001' } })
    expect((await list()).items[0]).toMatchObject({ held: 2 })
    expect(await made(await call('POST', `${path}/on`, { backlog: 'day' }))).toMatchObject({ state: 'on', held: 0 })
    const pending = (await rowsOf(scope, 'pending_work')).map((row) => row['conversation_id'])
    for (const id of pending) expect([recent, sending]).toContain(id)
    expect((await rowsOf(scope, 'conversations')).filter((row) => row['held_since'] !== null)).toEqual([])
    await call('POST', `${path}/on`, {})
    const told = (await rowsOf(scope, 'audit_entries', 'id')).map((row) => row['action'])
    expect(told).toEqual(['channel.created', 'channel.switched_off', 'channel.switched_on'])
  })

  it('is not possible once it is removed, and removing keeps everything', async () => {
    const channel = await made(await create(1))
    await conversation(1, {})
    expect(await made(await call('DELETE', `/api/channels/${channel.id}`))).toMatchObject({ state: 'removed' })
    for (const end of ['off', 'on']) {
      const refused = await call('POST', `/api/channels/${channel.id}/${end}`, {})
      expect(await failure(refused)).toMatchObject({ status: 409, error: { code: 'channels.removed' } })
    }
    expect(await rowsOf(scope, 'conversations')).toHaveLength(1)
  })

  it('for good leaves its conversations readable to agents of their department, and says why nothing goes out', async () => {
    const channel = await made(await create(1))
    const id = await conversation(1, { last_inbound_at: Date.now() })
    await seedMessage(scope, id)
    await call('DELETE', `/api/channels/${channel.id}`)
    const read = async (departments: string[], path: string) => {
      const agent = await tokenOf(scope, { role: 'agent', departments })
      const response = await callApp(app, { path: `/api/conversations${path}`, token: agent })
      return { status: response.status, body: await response.json() }
    }
    expect(await read(['100'], '')).toMatchObject({ body: { items: [{ id }] } })
    expect(await read(['100'], `/${id}/messages`)).toMatchObject({ body: { items: [{ summary: 'Hello' }] } })
    expect(await read(['100'], `/${id}/sending`)).toMatchObject({ body: { refusal: 'channel_removed' } })
    expect(await read(['200'], '')).toMatchObject({ body: { items: [] } })
    expect(await read(['200'], `/${id}/messages`)).toMatchObject({ status: 404 })
  })
})

describe("a channel's icon", () => {
  const put = async (id: string, body: Uint8Array<ArrayBuffer>) =>
    app.fetch(
      new Request(`https://kaiwa.test/api/channels/${id}/icon`, {
        method: 'PUT',
        body,
        headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'image/png' },
      }),
      env,
    )

  it('is served by a signed link, and the one before is gone', async () => {
    const channel = await made(await create(1))
    const first = await made(await put(channel.id, pngOf(64, 64)))
    const second = await made(await put(channel.id, jpegOf(32, 32)))
    const read = (url: string | undefined) => callApp(app, { path: new URL(url ?? '', 'https://kaiwa.test').pathname })
    const response = await read(second.iconUrl)
    expect(response.headers.get('Content-Type')).toBe('image/jpeg')
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(jpegOf(32, 32))
    expect((await read(first.iconUrl)).status).toBe(404)
    expect((await read(`${second.iconUrl?.slice(0, -1)}x`)).status).toBe(401)
    expect((await list()).items[0]?.iconUrl).toBe(second.iconUrl)
  })

  it('is at most 1 MB and 1,024 pixels a side, and what its bytes say', async () => {
    const { id } = await made(await create(1))
    const large = new Uint8Array(ICON_MAX_BYTES + 1)
    large.set(pngOf(16, 16))
    expect((await put(id, large)).status).toBe(413)
    const text = Uint8Array.from(
      new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
    )
    expect(await failure(await put(id, text))).toMatchObject({ status: 422, error: { code: 'channels.icon_type' } })
    expect(await failure(await put(id, pngOf(1_025, 16)))).toMatchObject({
      status: 422,
      error: { code: 'channels.icon_dimensions' },
    })
    expect((await list()).items[0]?.iconUrl).toBeUndefined()
  })
})
