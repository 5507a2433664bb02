import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { auditListSchema, deskAnswerSchema, installKeySchema, setupViewSchema } from '../../../contract/index.ts'
import { callApp, testApp, tokenOf } from '../../test/api.ts'
import { strictNetwork } from '../../test/network.ts'
import { hmacHex } from '../platform/crypto.ts'
import type { OrgScope } from '../platform/scope.ts'
import { objectNames, shardDatabase } from '../platform/scope.ts'
import { ana, errorCodeOf, playZoho, sessionOf } from './zoho.test-helpers.ts'

const SECRET = 'test-callback-secret'
const bindings = { ...env, DESK_CALLBACK_SECRET: SECRET }
const network = strictNetwork()
let zoho: ReturnType<typeof playZoho>
let portal = 60_200_000
let admin = ana
let proof: string

beforeEach(async () => {
  zoho = playZoho(network)
  portal += 1
  admin = { ...ana, portalId: String(portal) }
  proof = (await sessionOf(zoho, admin, { purpose: 'connect' })).token
})

const ken = { id: '1800000000601', name: 'Ken Mori', status: 'ACTIVE', isConfirmed: true }
const app = testApp(
  new Proxy({}, { get: () => [{ ...ken, rolePermissionType: 'AgentPublic', departmentIds: ['100'] }] }),
)
const post = (path: string, token: string | null, body?: unknown) =>
  callApp(app, { method: 'POST', path, token, body }, bindings)
const outcomeOf = async (response: Response) => (response.ok ? String(response.status) : errorCodeOf(response))
const openPanel = (installKey: string) => post('/api/session', installKey, { portalId: admin.portalId, userId: ken.id })
const deskOf = async (token = proof) =>
  setupViewSchema.parse(await (await callApp(app, { path: '/api/setup', token })).json()).desk
const auditOf = async (token = proof) => {
  const list = auditListSchema.parse(await (await callApp(app, { path: '/api/audit', token })).json())
  return list.items.map(({ action, actor, details }) => ({ action, by: actor.name, details }))
}

async function scopeOf(): Promise<OrgScope> {
  const row = await env.DIRECTORY.prepare('SELECT id, shard, epoch FROM organisations WHERE portal_id = ?1')
    .bind(admin.portalId)
    .first()
  const { id: orgId, shard, epoch } = z.object({ id: z.string(), shard: z.number(), epoch: z.number() }).parse(row)
  return { orgId, portalId: admin.portalId, dataCentre: 'US', shard, epoch, db: shardDatabase(env, shard) }
}

async function newKey(token = proof) {
  const made = installKeySchema.parse(await (await post('/api/admin/install-key', token)).json())
  proof = made.session.token
  return made
}

describe('an install key', () => {
  it('opens sessions, and the settings see that it was used', async () => {
    const { installKey, isPlaced } = await newKey()
    expect(isPlaced).toBe(false)
    expect((await deskOf()).keyUsedAt).toBeNull()
    expect(await outcomeOf(await openPanel(installKey))).toBe('200')
    expect((await deskOf()).keyUsedAt).not.toBeNull()
  })

  it('that is replaced opens nothing, and ends every session from before', async () => {
    const before = proof
    const first = await newKey()
    const panel = z.object({ token: z.string() }).parse(await (await openPanel(first.installKey)).json()).token
    const renew = () => post('/api/session/renew', panel).then(outcomeOf)
    expect(await renew()).toBe('200')
    const second = await newKey()
    expect(await outcomeOf(await openPanel(first.installKey))).toBe('sessions.key_unknown')
    expect(await renew()).toBe('sessions.stale')
    expect(await outcomeOf(await post('/api/admin/install-key', before))).toBe('sessions.stale')
    expect(await outcomeOf(await openPanel(second.installKey))).toBe('200')
    expect((await auditOf()).map(({ action }) => action)).toEqual([
      'install_key.replaced',
      'install_key.replaced',
      'desk.connected',
    ])
  })

  it('stays good when Desk is connected again', async () => {
    const { installKey } = await newKey()
    const panel = z.object({ token: z.string() }).parse(await (await openPanel(installKey)).json()).token
    await sessionOf(zoho, { ...admin, id: '1800000000699', name: 'Bea Roth' }, { purpose: 'connect' })
    expect(await outcomeOf(await openPanel(installKey))).toBe('200')
    expect(await outcomeOf(await post('/api/session/renew', panel))).toBe('200')
  })

  it('is made for administrators who proved it, and for none of another organisation', async () => {
    const scope = await scopeOf()
    const { installKey } = await newKey()
    const now = await scopeOf()
    const ask = (token: string | null) => post('/api/admin/install-key', token).then(outcomeOf)
    expect(await ask(null)).toBe('sessions.missing')
    expect(await ask(installKey)).toBe('sessions.invalid')
    expect(await ask(env.OPERATOR_TOKEN ?? '')).toBe('sessions.invalid')
    expect(await ask(await tokenOf(now, { role: 'admin' }))).toBe('sessions.proof_missing')
    expect(await ask(await tokenOf(now, { role: 'agent', isProof: true }))).toBe('sessions.role_too_low')
    expect(await ask(await tokenOf(scope, { role: 'admin', isProof: true }))).toBe('sessions.stale')
    const over = { role: 'admin', isProof: true, now: Date.now() - 30 * 60_000 - 1_000 } as const
    expect(await ask(await tokenOf(now, over))).toBe('sessions.expired')
    const mine = admin
    portal += 1
    admin = { ...ana, portalId: String(portal) }
    const other = (await sessionOf(zoho, admin, { purpose: 'connect' })).token
    expect(await ask(other)).toBe('200')
    admin = mine
    expect(await outcomeOf(await openPanel(installKey))).toBe('200')
  })

  it('made by two administrators at once leaves one that works', async () => {
    const made = await Promise.all([1, 2].map(() => post('/api/admin/install-key', proof)))
    const keys = await Promise.all(
      made.filter(({ ok }) => ok).map(async (answer) => installKeySchema.parse(await answer.json())),
    )
    const outcomes = await Promise.all(keys.map(async ({ installKey }) => outcomeOf(await openPanel(installKey))))
    expect(outcomes.filter((outcome) => outcome === '200')).toHaveLength(1)
  })
})

const placedSchema = z.object({ variables: z.tuple([z.object({ name: z.literal('install_key'), value: z.string() })]) })

describe('what Desk tells of an installation', () => {
  const tell = async (event: object, secret = SECRET, at = bindings) => {
    const body = JSON.stringify(event)
    const headers = { HASH: await hmacHex(secret, body) }
    return callApp(app, { method: 'POST', path: '/desk/callback', headers, body }, at)
  }
  const installed = (more = {}) => ({ event: 'onInstall', orgId: admin.portalId, securityContext: 'ctx-1', ...more })
  const invoked: Array<{ hash: string | null; fields: Record<string, string>; orgId: string | null }> = []
  const playInvoke = (status = 'true') => {
    invoked.length = 0
    const answer = async (request: Request, url: URL): Promise<Response> => {
      const fields = Object.fromEntries(new URLSearchParams(new TextDecoder().decode(await request.arrayBuffer())))
      invoked.push({ hash: request.headers.get('HASH'), fields, orgId: url.searchParams.get('orgId') })
      return Response.json({ response: JSON.stringify({ status, statusMessage: { data: [] } }) })
    }
    network.handle((request, url) => (url.pathname === '/api/v1/invoke' ? answer(request, url) : undefined))
  }

  it('lets us place the key ourselves, signed over the fields in their order', async () => {
    playInvoke()
    expect((await tell(installed())).status).toBe(204)
    const { installKey, isPlaced } = await newKey()
    expect(isPlaced).toBe(true)
    expect((await deskOf()).isKeyPlaced).toBe(true)
    const [call] = invoked
    const { requestURL, requestType, postBody, securityContext } = call?.fields ?? {}
    expect({ orgId: call?.orgId, requestURL, requestType, securityContext }).toEqual({
      orgId: admin.portalId,
      requestURL: 'https://desk.zoho.com/api/v1/installedExtensions/{{installationId}}/configParams',
      requestType: 'POST',
      securityContext: 'ctx-1',
    })
    expect(JSON.parse(postBody ?? '')).toEqual({ variables: [{ name: 'install_key', value: installKey }] })
    expect(call?.hash).toBe(
      await hmacHex(SECRET, `requestURL=${requestURL}&requestType=${requestType}&postBody=${postBody}`),
    )
  })

  it('before anybody connects, makes and places the first key by itself, and no second one', async () => {
    playInvoke()
    portal += 1
    admin = { ...ana, portalId: String(portal) }
    await tell(installed())
    proof = (await sessionOf(zoho, admin, { purpose: 'connect' }, bindings)).token
    expect(await deskOf()).toMatchObject({ state: 'connected', isKeyPlaced: true })
    const { variables } = placedSchema.parse(JSON.parse(invoked[0]?.fields['postBody'] ?? ''))
    expect(await outcomeOf(await openPanel(variables[0].value))).toBe('200')
    await sessionOf(zoho, admin, { purpose: 'connect' }, bindings)
    expect(invoked).toHaveLength(1)
  })

  it('leaves no key that nobody has seen where it cannot be placed', async () => {
    playInvoke('false')
    portal += 1
    admin = { ...ana, portalId: String(portal) }
    await tell(installed())
    proof = (await sessionOf(zoho, admin, { purpose: 'connect' }, bindings)).token
    expect(invoked).toHaveLength(1)
    expect((await deskOf()).isKeyPlaced).toBe(false)
    const { orgId } = await scopeOf()
    const { results } = await env.DIRECTORY.prepare('SELECT 1 FROM install_keys WHERE org_id = ?1').bind(orgId).all()
    expect(results).toEqual([])
  })

  it('is kept sealed, the newest of it', async () => {
    await tell(installed())
    await tell(installed({ event: 'onUpdate', securityContext: 'ctx-2' }))
    const kept = await env.DIRECTORY.prepare('SELECT security_context FROM desk_installations WHERE portal_id = ?1')
      .bind(admin.portalId)
      .first<string>('security_context')
    expect(kept).toMatch(/^k1\./)
    playInvoke()
    await newKey()
    expect(invoked[0]?.fields['securityContext']).toBe('ctx-2')
  })

  it('leaves the key to be pasted where Desk refuses it or fails', async () => {
    await tell(installed())
    playInvoke('false')
    expect((await newKey()).isPlaced).toBe(false)
    network.handle((_, url) => (url.pathname === '/api/v1/invoke' ? new Response('no', { status: 401 }) : undefined))
    const made = await newKey()
    expect(made.isPlaced).toBe(false)
    expect(await outcomeOf(await openPanel(made.installKey))).toBe('200')
  })

  it('is believed with its signature only', async () => {
    const event = installed({ orgId: '69000001' })
    expect((await tell(event, 'another-secret-of-some-length')).status).toBe(401)
    expect((await tell(event, 'undefined', { ...env, DESK_CALLBACK_SECRET: '' })).status).toBe(401)
    const body = JSON.stringify(event)
    for (const hash of ['', 'x', '0'.repeat(64)]) {
      const response = await callApp(
        app,
        { method: 'POST', path: '/desk/callback', headers: { HASH: hash }, body },
        bindings,
      )
      expect(response.status).toBe(401)
    }
    const altered = { method: 'POST', path: '/desk/callback', headers: { HASH: await hmacHex(SECRET, body) } }
    expect((await callApp(app, { ...altered, body: body.replace('69000001', '69000002') }, bindings)).status).toBe(401)
    const { results } = await env.DIRECTORY.prepare(
      `SELECT 1 FROM desk_installations WHERE portal_id LIKE '6900%'`,
    ).all()
    expect(results).toEqual([])
  })

  it('is heard, though it says nothing we can read', async () => {
    for (const event of [
      {},
      { event: 'onInstall' },
      installed({ orgId: '../1' }),
      installed({ securityContext: '' }),
    ]) {
      expect((await tell(event)).status).toBe(204)
    }
  })

  it('that it is gone, ends connection, key and sessions', async () => {
    await tell(installed())
    const { installKey } = await newKey()
    zoho.revoked.length = 0
    const [token] = zoho.refreshTokens
    expect((await tell(installed({ event: 'onUninstall' }))).status).toBe(204)
    expect(zoho.revoked).toEqual([token])
    expect(await outcomeOf(await openPanel(installKey))).toBe('sessions.key_unknown')
    expect(await outcomeOf(await post('/api/admin/desk/refresh', proof))).toBe('sessions.stale')
    const again = await sessionOf(zoho, admin)
    expect(await deskOf(again.token)).toMatchObject({ state: 'disconnected' })
    expect((await auditOf(again.token))[0]).toMatchObject({ action: 'desk.disconnected', by: 'Kaiwa' })
    proof = again.token
    expect((await newKey()).isPlaced).toBe(false)
  })
})

describe('a connection', () => {
  const disconnect = () => post('/api/admin/disconnect', proof)

  it('is ended at Zoho too, told once, and leaves the settings readable', async () => {
    const [token] = zoho.refreshTokens
    const answer = deskAnswerSchema.parse(await (await disconnect()).json())
    expect(answer.desk).toMatchObject({ state: 'disconnected', portalName: 'Example Parcels' })
    expect(zoho.revoked).toEqual([token])
    expect((await disconnect()).status).toBe(200)
    expect(zoho.revoked).toHaveLength(1)
    expect((await auditOf()).map(({ action, by }) => `${action} ${by}`)).toEqual([
      'desk.disconnected Ana Ito',
      'desk.connected Ana Ito',
    ])
    expect(await outcomeOf(await post('/api/admin/desk/refresh', proof))).toBe('administration.not_connected')
  })

  it('asks Desk for nothing while it is ended, and is whole again when connected as somebody else', async () => {
    await disconnect()
    const { shard, orgId } = await scopeOf()
    const gate = env.ORG.getByName(objectNames.org(shard, orgId))
    const asked = network.requests.length
    expect(await gate.lease({ credits: 1 })).toMatchObject({ ok: false, error: { reason: 'revoked' } })
    expect(network.requests).toHaveLength(asked)
    await sessionOf(zoho, { ...admin, id: '1800000000699', name: 'Bea Roth' }, { purpose: 'connect' })
    expect(await deskOf()).toMatchObject({ state: 'connected', connectedBy: 'Bea Roth' })
    expect((await auditOf())[0]).toEqual({ action: 'desk.connected', by: 'Bea Roth', details: { again: true } })
  })

  it('whose consent was withdrawn at Zoho shows so, told once, until somebody connects again', async () => {
    const { shard, orgId } = await scopeOf()
    const gate = env.ORG.getByName(objectNames.org(shard, orgId))
    zoho.refreshTokens.clear()
    for (const _ of [1, 2]) expect(await gate.lease({ credits: 1 })).toMatchObject({ error: { reason: 'revoked' } })
    expect((await deskOf()).state).toBe('revoked')
    expect((await auditOf()).map(({ action, by }) => `${action} ${by}`)).toEqual([
      'desk.revoked Kaiwa',
      'desk.connected Ana Ito',
    ])
    await sessionOf(zoho, admin, { purpose: 'connect' })
    expect((await deskOf()).state).toBe('connected')
    expect(await gate.lease({ credits: 1 })).toMatchObject({ ok: true })
  })

  it('reads departments and edition again when told to, and by itself after an hour', async () => {
    zoho.departments.push({ id: '103', name: 'Returns', isEnabled: true })
    expect((await deskOf()).departments).toHaveLength(2)
    admin.edition = 'PROFESSIONAL'
    const answer = await post('/api/admin/desk/refresh', proof)
    expect(deskAnswerSchema.parse(await answer.json()).desk).toMatchObject({
      departments: [{ id: '100' }, { id: '101' }, { id: '103', name: 'Returns' }],
      edition: 'PROFESSIONAL',
    })
    zoho.departments.length = 1
    const { db, orgId } = await scopeOf()
    await db
      .prepare('UPDATE desk_connections SET departments_at = ?2 WHERE org_id = ?1')
      .bind(orgId, Date.now() - 60 * 60_000)
      .run()
    await vi.waitFor(async () => expect((await deskOf()).departments).toEqual([{ id: '100', name: 'Support' }]), {
      timeout: 10_000,
    })
  })

  it('keeps the departments it knows while Desk does not answer', async () => {
    network.handle((_, url) => (url.hostname.startsWith('desk.') ? new Response('', { status: 500 }) : undefined))
    const { db, orgId } = await scopeOf()
    await db.prepare('UPDATE desk_connections SET departments_at = 1 WHERE org_id = ?1').bind(orgId).run()
    expect((await deskOf()).departments).toHaveLength(2)
    expect(await outcomeOf(await post('/api/admin/desk/refresh', proof))).toBe('administration.desk_unavailable')
  })
})
