import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { alertsSchema, errorBodySchema, problemListSchema } from '../../../contract/index.ts'
import { callApp, testApp, tokenOf } from '../../test/api.ts'
import { strictNetwork } from '../../test/network.ts'
import { rowsOf } from '../../test/rows.ts'
import { insert, seedNumber, seedOrganisation } from '../../test/seed.ts'
import { sealContexts } from '../orgs/seal-contexts.ts'
import { hmacHex, seal } from '../platform/crypto.ts'
import { readConfig } from '../platform/env.ts'
import type { OrgScope } from '../platform/scope.ts'
import { refusalOfAddress } from './alerts.model.ts'
import { createHealthSweepPorts } from './health-sweep.deps.ts'
import { sweepHealth } from './health.sweep.ts'

const network = strictNetwork()
const app = testApp()
const hour = 3_600_000
let scope: OrgScope
let token: string
let turn = 0

beforeEach(async () => {
  turn += 1
  scopes = ['whatsapp_business_management', 'whatsapp_business_messaging']
  const orgId = `org_${String(turn).padStart(20, 'p')}`
  // Earlier tests' numbers had their turn.
  await env.SHARD_0.prepare('UPDATE numbers SET checked_at = ?1').bind(Date.now()).run()
  await env.SHARD_0.prepare('DELETE FROM problems').run()
  scope = await seedOrganisation({ orgId, portalId: `6000000${turn}` })
  token = await tokenOf(scope, { role: 'admin', isProof: true })
  await seedNumber(scope, { phoneNumberId: `8001${turn}`, departmentId: '100' })
  const { ENCRYPTION_KEYS: keys } = readConfig(env)
  const sealed = await seal(keys, sealContexts(orgId).metaToken(`8001${turn}`), 'meta-token')
  await scope.db.prepare('UPDATE numbers SET token = ?2 WHERE org_id = ?1').bind(orgId, sealed).run()
  await insert(scope.db, 'desk_connections', { org_id: orgId, refresh_token: 'k1.sealed', changed_at: 1 })
})

const account = () =>
  insert(scope.db, 'accounts', {
    org_id: scope.orgId,
    waba_id: '700100',
    business_id: '600100',
    how: 'embedded',
    token: 'k1.sealed',
    token_issued_at: 1,
    connected_at: 1,
  })
const sweep = () => sweepHealth(createHealthSweepPorts(env, 0, env.SHARD_0))
const change = (url: string | null) => callApp(app, { method: 'PUT', path: '/api/alerts', token, body: { url } })
const problems = async () =>
  problemListSchema
    .parse(await (await callApp(app, { path: '/api/problems', token })).json())
    .items.map(({ key, level }) => `${level} ${key}`)

/** What the token may do, as Meta says. */
let scopes: string[] = []

/** Meta says this of the number; the account's apps are of no matter here. */
function meta(number: Record<string, unknown>): void {
  network.handle((request, url) => {
    if (url.pathname.endsWith('/subscribed_apps')) return Response.json({ data: [] })
    if (url.pathname.endsWith('/debug_token')) return Response.json({ data: { is_valid: true, scopes } })
    return url.pathname.endsWith(`/8001${turn}`) ? Response.json({ id: '1', ...number }) : undefined
  })
}

describe('what is wrong', () => {
  it('is noted once an hour, gets worse, and is gone when it is over', async () => {
    meta({ status: 'CONNECTED', quality_rating: 'YELLOW' })
    expect(await sweep()).toEqual({ looked: 1, failed: 0, told: 0 })
    expect(await problems()).toEqual(['warning quality'])
    expect(await sweep()).toEqual({ looked: 0, failed: 0, told: 0 })
    const later = () => scope.db.prepare('UPDATE numbers SET checked_at = checked_at - 3600000').run()
    await later()
    meta({ status: 'CONNECTED', quality_rating: 'RED' })
    await sweep()
    expect(await problems()).toEqual(['bad quality'])
    await later()
    meta({ status: 'CONNECTED', quality_rating: 'GREEN' })
    await sweep()
    expect(await problems()).toEqual([])
  })

  it('is told to the address, signed, and again until it is taken', async () => {
    const told: { body: string; signature: string | null }[] = []
    const answers = [500, 302, 200]
    meta({ status: 'BANNED' })
    const take = async (request: Request): Promise<Response> => {
      told.push({ body: await request.text(), signature: request.headers.get('x-kaiwa-signature') })
      return new Response(null, { status: answers.shift() ?? 200, headers: { location: 'https://elsewhere.example' } })
    }
    network.handle((request, url) => (url.hostname === 'alerts.example.com' ? take(request) : undefined))
    const { secret } = alertsSchema.parse(await (await change('https://alerts.example.com/in')).json())
    expect((await sweep()).told).toBe(0)
    expect((await sweep()).told).toBe(0)
    expect((await sweep()).told).toBe(1)
    expect((await sweep()).told).toBe(0)
    expect(told).toHaveLength(3)
    const [first] = told
    expect(first?.signature).toBe(`sha256=${await hmacHex(secret, first?.body ?? '')}`)
    expect(JSON.parse(first?.body ?? '')).toMatchObject({
      portalId: scope.portalId,
      problems: [{ phoneNumberId: `8001${turn}`, check: 'number', value: 'BANNED' }],
    })
    const entries = await rowsOf(scope, 'audit_entries')
    expect(entries.map(({ action, target }) => [action, target])).toEqual([['alerts.changed', 'alerts.example.com']])
  })

  it('is told to be over, once', async () => {
    const told: unknown[] = []
    const take = async (request: Request): Promise<Response> => {
      told.push(JSON.parse(await request.text()))
      return new Response(null, { status: told.length === 2 ? 503 : 200 })
    }
    network.handle((request, url) => (url.hostname === 'alerts.example.com' ? take(request) : undefined))
    meta({ status: 'CONNECTED', quality_rating: 'RED' })
    await change('https://alerts.example.com/in')
    await sweep()
    meta({ status: 'CONNECTED', quality_rating: 'GREEN' })
    await callApp(app, { method: 'POST', path: `/api/numbers/8001${turn}/check`, token })
    expect(await problems()).toEqual([])
    expect([(await sweep()).told, (await sweep()).told, (await sweep()).told]).toEqual([0, 1, 0])
    const over = { phoneNumberId: `8001${turn}`, check: 'quality' }
    expect(told).toMatchObject([
      { problems: [over], solved: [] },
      { problems: [], solved: [over] },
      { problems: [], solved: [over] },
    ])
  })

  it('includes a permission that was taken from the token, until it is given back', async () => {
    await account()
    scopes = ['whatsapp_business_management']
    meta({ status: 'CONNECTED' })
    await sweep()
    expect(await problems()).toContain('bad token')
    scopes = ['whatsapp_business_management', 'whatsapp_business_messaging']
    await callApp(app, { method: 'POST', path: `/api/numbers/8001${turn}/check`, token })
    expect(await problems()).not.toContain('bad token')
  })

  it('includes a token that Meta does not accept any more', async () => {
    await account()
    network.handle(() => Response.json({ error: { code: 190, message: 'expired' } }, { status: 401 }))
    expect(await sweep()).toEqual({ looked: 1, failed: 0, told: 0 })
    expect(await problems()).toEqual(['bad token'])
  })
})

it('silences are remembered by the hour in which they end', async () => {
  meta({ status: 'CONNECTED' })
  const noticed = Math.floor(Date.now() / hour) * hour
  const seen = (lastEventAt: number) =>
    scope.db.prepare('UPDATE counters SET last_event_at = ?2 WHERE org_id = ?1').bind(scope.orgId, lastEventAt).run()
  await insert(scope.db, 'counters', { org_id: scope.orgId, phone_number_id: `8001${turn}`, last_event_at: noticed })
  const look = async () => {
    await scope.db.prepare('UPDATE numbers SET checked_at = NULL WHERE org_id = ?1').bind(scope.orgId).run()
    await sweep()
    return (await rowsOf(scope, 'arrival_gaps')).map((row) => [row['longest_ms'], row['arrivals']])
  }
  expect(await look()).toEqual([])
  expect(await look()).toEqual([])
  await seen(noticed + 60_000)
  expect(await look()).toEqual([[60_000, 1]])
  await seen(noticed + 90_000)
  expect(await look()).toEqual([[60_000, 2]])
  expect(await look()).toEqual([[60_000, 2]])
})

describe('the address', () => {
  it.each<[string, ReturnType<typeof refusalOfAddress>]>([
    ['https://alerts.example.com/in?team=1', null],
    ['http://alerts.example.com', 'not_https'],
    ['ftp://alerts.example.com', 'not_https'],
    ['nonsense', 'not_https'],
    ['https://name:secret@alerts.example.com', 'credentials'],
    ['https://alerts.example.com:8443', 'port'],
    ['https://127.0.0.1', 'private'],
    ['https://2130706433', 'private'],
    ['https://0x7f.1', 'private'],
    ['https://[::1]', 'private'],
    ['https://localhost', 'private'],
    ['https://db.internal', 'private'],
    ['https://printer.local.', 'private'],
    ['https://db.internal..', 'private'],
  ])('%s: %s', (address, expected) => {
    expect(refusalOfAddress(address)).toBe(expected)
  })

  it('is refused with what is accepted, and can be taken away', async () => {
    const refused = await change('https://10.0.0.1')
    expect([refused.status, errorBodySchema.parse(await refused.json()).error.code]).toEqual([
      422,
      'alerts.address_refused',
    ])
    await change('https://alerts.example.com')
    expect(alertsSchema.parse(await (await change(null)).json()).url).toBeNull()
  })
})
