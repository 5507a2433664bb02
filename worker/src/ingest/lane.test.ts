import { runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import { allRows, rowsOf, run } from '../../test/rows.ts'
import { insert, seedNumber, SEEDED_AT } from '../../test/seed.ts'
import type { OrgScope } from '../platform/scope.ts'
import {
  body,
  containing,
  countersOf,
  DEPARTMENT,
  ingest,
  laneOf,
  message,
  post,
  seedLane,
} from './ingest.test-helpers.ts'
import { createLaneRepo } from './lane.repo.ts'

const DAY_MS = 86_400_000
const texts = (count: number, prefix = 'wamid') =>
  Array.from({ length: count }, (_, index) => message(`${prefix}.${index}`))

describe('parts of a number that nobody has connected', () => {
  it('wait, and go their way in order when it is connected', async () => {
    const { scope, phoneNumberId } = await seedLane({ isConnected: false })
    await ingest(phoneNumberId, { messages: texts(2) }, { messages: [message('wamid.2')] })
    expect(await laneOf(phoneNumberId).backlog()).toEqual({ units: 3 })
    expect(await countersOf(scope, phoneNumberId)).toMatchObject({ received: 3, waiting: 3 })
    await seedNumber(scope, { phoneNumberId, departmentId: DEPARTMENT })
    await laneOf(phoneNumberId).touch()
    await laneOf(phoneNumberId).settle()
    expect((await rowsOf(scope, 'messages', 'seq')).map(({ wamid }) => wamid)).toEqual([
      'wamid.0',
      'wamid.1',
      'wamid.2',
    ])
    expect(await countersOf(scope, phoneNumberId)).toMatchObject({ received: 3, stored: 3, waiting: 0 })
  })

  it('wait too while a number has a route and no channel yet', async () => {
    const { scope, phoneNumberId } = await seedLane({ isConnected: false })
    await seedNumber(scope, { phoneNumberId })
    await ingest(phoneNumberId, { messages: texts(1) })
    expect(await rowsOf(scope, 'messages')).toEqual([])
    await insert(scope.db, 'channels', {
      id: `ch_${phoneNumberId}`,
      org_id: scope.orgId,
      phone_number_id: phoneNumberId,
      name: 'Support',
      department_id: DEPARTMENT,
      created_at: SEEDED_AT,
    })
    await laneOf(phoneNumberId).settle()
    expect(await rowsOf(scope, 'messages')).toHaveLength(1)
  })

  it('are kept for the operator after seven days', async () => {
    const { phoneNumberId } = await seedLane({ isConnected: false })
    const part = { appPath: '', units: 1, blobKey: null, replayOf: null }
    const lane = laneOf(phoneNumberId)
    await lane.append({ ...part, receivedAt: Date.now() - 8 * DAY_MS, body: '{"old":1}' })
    await lane.append({ ...part, receivedAt: Date.now(), body: '{"new":1}' })
    await lane.settle()
    const letters = (await allRows(env.DIRECTORY, 'unrouted_letters')).filter(
      ({ lane: name }) => name === `number:${phoneNumberId}`,
    )
    expect(letters).toMatchObject([{ body: '{"old":1}', reason: containing('7 days') }])
    expect(await lane.backlog()).toEqual({ units: 1 })
  })
})

it('drains what a crash left behind, without anybody calling', async () => {
  const { scope, phoneNumberId } = await seedLane()
  const lane = laneOf(phoneNumberId)
  const text = JSON.stringify(body(phoneNumberId, { messages: texts(1) }))
  await runInDurableObject(lane, async (_instance, state) => {
    // As after a kill between storing and draining: the part is there and nobody is at work.
    createLaneRepo(state.storage.sql, Date.now()).add({
      receivedAt: Date.now(),
      appPath: '',
      units: 1,
      body: text,
      blobKey: null,
      replayOf: null,
    })
    await state.storage.setAlarm(Date.now() + 60_000)
  })
  expect(await runDurableObjectAlarm(lane)).toBe(true)
  expect(await rowsOf(scope, 'messages')).toHaveLength(1)
})

it('counts and stores nothing twice when a crash came between D1’s commit and the lane’s own', async () => {
  const { scope, phoneNumberId } = await seedLane()
  const lane = laneOf(phoneNumberId)
  const value = { messages: texts(3), statuses: [{ id: 'wamid.out', status: 'sent' }, 'no status'] }
  await ingest(phoneNumberId, value)
  const before = await countersOf(scope, phoneNumberId)
  const [{ high_water: place } = {}] = await rowsOf(scope, 'counters')
  await runInDurableObject(lane, (_instance, state) => {
    const id = Number(BigInt(Math.round(Number(place))) / 2_097_152n)
    state.storage.sql.exec(
      `INSERT INTO parts (id, received_at, app_path, units, body) VALUES (?, ?, '', 5, ?)`,
      ...[id, Date.now(), JSON.stringify(body(phoneNumberId, value))],
    )
  })
  await lane.settle()
  expect(await countersOf(scope, phoneNumberId)).toEqual(before)
  for (const table of ['messages', 'waiting_statuses', 'dead_letters', 'account_events']) {
    expect((await rowsOf(scope, table)).length).toBeLessThanOrEqual(3)
  }
  expect(await rowsOf(scope, 'dead_letters')).toHaveLength(1)
})

it('begins where no part of an earlier life of it was', async () => {
  const { scope, phoneNumberId } = await seedLane()
  await ingest(phoneNumberId, { messages: [message('wamid.1')] })
  await runInDurableObject(laneOf(phoneNumberId), async (_instance, state) => {
    await state.storage.deleteAll()
    createLaneRepo(state.storage.sql, Date.now())
  })
  await ingest(phoneNumberId, { messages: [message('wamid.2')] })
  expect(await rowsOf(scope, 'messages')).toHaveLength(2)
})

it('takes a body of 3 MB by way of R2 and leaves nothing there', async () => {
  const { scope, phoneNumberId } = await seedLane()
  const long = 'Ä'.repeat(3_900)
  const messages = Array.from({ length: 400 }, (_, index) =>
    message(`wamid.${index}`, { text: { body: `${index} ${long}` } }),
  )
  const text = JSON.stringify(body(phoneNumberId, { messages }))
  expect(new TextEncoder().encode(text).byteLength).toBeGreaterThan(3_000_000)
  await post(text)
  await laneOf(phoneNumberId).settle()
  expect(await rowsOf(scope, 'messages')).toHaveLength(400)
  expect((await env.BLOBS.list({ prefix: 'parts/' })).objects).toEqual([])
  expect(await countersOf(scope, phoneNumberId)).toMatchObject({ received: 400, stored: 400 })
})

describe('an event that D1 refuses', () => {
  const refuse = (when: string) =>
    run(
      env.SHARD_0,
      `CREATE TRIGGER poison BEFORE INSERT ON messages WHEN ${when} BEGIN SELECT RAISE(ABORT, 'poisoned'); END`,
    )

  it('stands alone as a dead letter, and its neighbours go on in order', async () => {
    const { scope, phoneNumberId } = await seedLane()
    await refuse(`NEW.wamid LIKE 'poison.%'`)
    try {
      const messages = texts(40)
      messages[7] = message('poison.7')
      messages[23] = message('poison.23')
      await ingest(phoneNumberId, { messages })
    } finally {
      await run(env.SHARD_0, 'DROP TRIGGER poison')
    }
    const stored = await rowsOf(scope, 'messages', 'seq')
    expect(stored).toHaveLength(38)
    expect(stored.map(({ position }) => position)).toEqual(
      stored.map(({ position }) => position).toSorted((a, b) => Number(a) - Number(b)),
    )
    const letters = await rowsOf(scope, 'dead_letters', 'unit')
    expect(letters.map(({ unit }) => unit)).toEqual([7, 23])
    expect(letters[0]).toMatchObject({
      reason: containing('poisoned'),
      body: containing('poison.7'),
    })
    expect(await countersOf(scope, phoneNumberId)).toMatchObject({ received: 40, stored: 38, dead: 2 })
  })

  it('is no matter where D1 is only overloaded: everything stays and is drained later', async () => {
    const { scope, phoneNumberId } = await seedLane()
    await run(
      env.SHARD_0,
      `CREATE TRIGGER busy BEFORE INSERT ON messages BEGIN SELECT RAISE(ABORT, 'D1 DB is overloaded'); END`,
    )
    await ingest(phoneNumberId, { messages: texts(3) })
    await run(env.SHARD_0, 'DROP TRIGGER busy')
    expect(await countersOf(scope, phoneNumberId)).toMatchObject({ received: 3, stored: 0, dead: 0, waiting: 3 })
    expect(await runDurableObjectAlarm(laneOf(phoneNumberId))).toBe(true)
    expect(await countersOf(scope, phoneNumberId)).toMatchObject({ received: 3, stored: 3, waiting: 0 })
  })
})

it('keeps wrong types at any depth as letters or placeholders, and their neighbours go on', async () => {
  const { scope, phoneNumberId } = await seedLane()
  const odd = [7, null, 'text', [], {}, { id: 'wamid.no-sender' }, { id: 5, from: '447700900123' }]
  const shown = [
    message('wamid.a', { type: 'text', text: [] }),
    message('wamid.b', { type: 'image', image: 'x' }),
    message('wamid.c', { type: {} }),
  ]
  await ingest(phoneNumberId, {
    contacts: 'none',
    messages: [...odd, ...shown, message('wamid.good')],
    statuses: 'none',
  })
  expect((await rowsOf(scope, 'messages', 'seq')).map(({ kind }) => kind)).toEqual([
    'unknown',
    'unknown',
    'unknown',
    'text',
  ])
  const letters = await rowsOf(scope, 'dead_letters', 'unit')
  expect(letters).toHaveLength(odd.length + 1)
  for (const letter of letters) expect(letter.reason).not.toBe('')
  expect(await countersOf(scope, phoneNumberId)).toMatchObject({ received: 12, stored: 4, dead: 8 })
  await expectReadable(scope)
})

async function expectReadable(scope: OrgScope): Promise<void> {
  for (const { body: text } of await rowsOf(scope, 'dead_letters'))
    expect(() => JSON.parse(String(text)) as unknown).not.toThrow()
}

it('keeps events of an account, and messages there that name no number as letters', async () => {
  const { scope } = await seedLane()
  const wabaId = '700777'
  await insert(env.DIRECTORY, 'account_routes', { waba_id: wabaId, org_id: scope.orgId, connected_at: SEEDED_AT })
  const changes = [
    { field: 'account_review_update', value: { decision: 'APPROVED' } },
    { field: 'messages', value: { messages: [message('wamid.1')] } },
  ]
  await post({ object: 'whatsapp_business_account', entry: [{ id: wabaId, time: 1_790_000_000, changes }] })
  await env.LANE.getByName(`account:${wabaId}`).settle()
  expect(await rowsOf(scope, 'account_events')).toMatchObject([
    {
      lane: `account:${wabaId}`,
      waba_id: wabaId,
      field: 'account_review_update',
      body: containing('APPROVED'),
    },
  ])
  expect(await rowsOf(scope, 'dead_letters')).toMatchObject([{ phone_number_id: `account:${wabaId}` }])
})
