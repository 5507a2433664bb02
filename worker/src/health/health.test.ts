import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, it } from 'vitest'
import { errorBodySchema, numberHealthSchema, overviewSchema } from '../../../contract/index.ts'
import { callApp, testApp, tokenOf } from '../../test/api.ts'
import { strictNetwork } from '../../test/network.ts'
import { rowsOf } from '../../test/rows.ts'
import { insert, seedContact, seedConversation, seedMessage, seedNumber, seedOrganisation } from '../../test/seed.ts'
import { sealContexts } from '../orgs/seal-contexts.ts'
import { seal } from '../platform/crypto.ts'
import { readConfig } from '../platform/env.ts'
import type { OrgScope } from '../platform/scope.ts'

const network = strictNetwork()
const app = testApp()
const orgId = 'org_hhhhhhhhhhhhhhhhhhhh'
const cv = 'cv_hhhhhhhhhhhhhhhhhhhh'
let scope: OrgScope
let token: string

beforeAll(async () => {
  scope = await seedOrganisation({ orgId, portalId: '60000001' })
  token = await tokenOf(scope, { role: 'admin', isProof: true })
  await seedNumber(scope, { phoneNumberId: '800100', departmentId: '100' })
  const config = readConfig(env)
  const sealed = await seal(config.ENCRYPTION_KEYS, sealContexts(orgId).metaToken('800100'), 'meta-token')
  await scope.db.prepare('UPDATE numbers SET token = ?2 WHERE org_id = ?1').bind(orgId, sealed).run()
  await insert(scope.db, 'desk_connections', { org_id: orgId, refresh_token: 'k1.sealed', changed_at: 1 })
  await insert(scope.db, 'accounts', {
    org_id: orgId,
    waba_id: '700100',
    business_id: '600100',
    how: 'embedded',
    token: 'k1.sealed',
    token_issued_at: 1,
    connected_at: 1,
  })
})

const read = async (path: string, method = 'GET') => {
  const response = await callApp(app, { method, path, token })
  return { status: response.status, body: await response.json() }
}
const levels = (body: unknown) =>
  Object.fromEntries(numberHealthSchema.parse(body).checks.map(({ key, level }) => [key, level]))

/** Meta as it answers while all is well; `more` replaces what it says of the number. */
function meta(apps: string[], more: Record<string, unknown> = {}): void {
  // What is asked of the account besides is of no matter here.
  network.handle(() => Response.json({ data: [] }))
  network.handle((request, url) => {
    expect(request.headers.get('authorization')).toBe('Bearer meta-token')
    if (url.pathname.endsWith('/700100/subscribed_apps')) {
      if (request.method === 'POST') {
        apps.push(readConfig(env).META_APP_ID)
        return Response.json({ success: true })
      }
      return Response.json({ data: apps.map((id) => ({ whatsapp_business_api_data: { id, name: 'App' } })) })
    }
    if (!url.pathname.endsWith('/800100')) return undefined
    return Response.json({
      id: '800100',
      status: 'CONNECTED',
      quality_rating: 'GREEN',
      name_status: 'APPROVED',
      whatsapp_business_manager_messaging_limit: 'TIER_2K',
      webhook_configuration: { application: `${readConfig(env).PUBLIC_ORIGIN}/webhooks/whatsapp` },
      health_status: {
        can_send_message: 'AVAILABLE',
        entities: [{ entity_type: 'PHONE_NUMBER', id: '800100', can_send_message: 'AVAILABLE' }],
      },
      ...more,
    })
  })
}

describe('a number', () => {
  it('that Meta was never asked about knows only what is ours', async () => {
    const { status, body } = await read('/api/numbers/800100/health')
    expect(status).toBe(200)
    expect(levels(body)).toMatchObject({ desk: 'good', number: 'unknown', subscription: 'unknown', silence: 'unknown' })
  })

  it('is judged by what Meta says when it is asked', async () => {
    meta([readConfig(env).META_APP_ID])
    const { status, body } = await read('/api/numbers/800100/check', 'POST')
    expect(status).toBe(200)
    expect(levels(body)).toMatchObject({ number: 'good', name: 'good', quality: 'good', limit: 'good' })
    expect(levels(body)['subscription']).toBe('good')
    expect(levels((await read('/api/numbers/800100/health')).body)).toMatchObject({ number: 'good' })
  })

  it('whose app hears nothing any more is repaired by one press', async () => {
    const apps: string[] = []
    meta(apps)
    expect(levels((await read('/api/numbers/800100/check', 'POST')).body)['subscription']).toBe('bad')
    expect(levels((await read('/api/numbers/800100/repair', 'POST')).body)['subscription']).toBe('good')
    expect(apps).toHaveLength(1)
    const entries = await rowsOf(scope, 'audit_entries', 'id')
    expect(entries.map(({ action, actor_name }) => [action, actor_name])).toEqual([['number.repaired', 'Ken Mori']])
  })

  it('whose webhooks go elsewhere says where', async () => {
    meta([readConfig(env).META_APP_ID], { webhook_configuration: { phone_number: 'https://elsewhere.example/hook' } })
    const { body } = await read('/api/numbers/800100/check', 'POST')
    const check = numberHealthSchema.parse(body).checks.find(({ key }) => key === 'subscription')
    expect(check).toMatchObject({ level: 'bad', action: 'repair', details: ['https://elsewhere.example/hook'] })
  })

  it.each<[string, () => Response | Promise<Response>, string]>([
    [
      'refuses',
      () => Response.json({ error: { code: 4, message: 'too many' } }, { status: 400 }),
      'health.meta_refused',
    ],
    ['does not answer', () => Promise.reject(new TypeError('connection lost')), 'health.meta_unreachable'],
    ['talks nonsense', () => new Response('<html>'), 'health.meta_refused'],
  ])('keeps what was known where Meta %s', async (_, answer, code) => {
    const before = (await read('/api/numbers/800100/health')).body
    network.handle(answer)
    const { status, body } = await read('/api/numbers/800100/check', 'POST')
    expect([status, errorBodySchema.parse(body).error.code]).toEqual([502, code])
    expect((await read('/api/numbers/800100/health')).body).toEqual(before)
  })
})

it('the overview counts today and shows the sick first', async () => {
  await seedNumber(scope, { phoneNumberId: '800200' })
  await seedContact(scope, { id: 'ct_hhhhhhhhhhhhhhhhhhhh', name: 'Sakura' })
  await seedConversation(scope, {
    id: cv,
    contactId: 'ct_hhhhhhhhhhhhhhhhhhhh',
    phoneNumberId: '800100',
    departmentId: '100',
    lastMessageAt: Date.now(),
  })
  const sentAt = Date.now()
  await seedMessage(scope, cv, { sentAt })
  await seedMessage(scope, cv, { sentAt, more: { direction: 'out', status: 'read' } })
  await seedMessage(scope, cv, { sentAt, more: { direction: 'out', status: 'failed' } })
  await seedMessage(scope, cv, { sentAt: sentAt - 3 * 86_400_000 })
  const { status, body } = await read('/api/overview')
  expect(status).toBe(200)
  const { numbers, today } = overviewSchema.parse(body)
  expect(today).toMatchObject({ received: 1, sent: 1, failed: 1, tickets: 0 })
  expect(today.hours).toHaveLength(24)
  expect(today.hours.at(-1)).toBe(3)
  expect(numbers.map(({ phoneNumberId }) => phoneNumberId)).toEqual(['800100', '800200'])
})
