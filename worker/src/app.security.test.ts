import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { errorBodySchema } from '../../contract/index.ts'
import { callApp, testApp, tokenOf } from '../test/api.ts'
import {
  insert,
  SEEDED_AT,
  seedContact,
  seedConversation,
  seedMessage,
  seedNumber,
  seedOrganisation,
} from '../test/seed.ts'
import { CHANNELS } from './app.security.channels.ts'
import { STARTS } from './app.security.starts.ts'
import { seedSetupRows, SETUP_ROWS } from './app.security.setup.test-helpers.ts'
import { noLegs } from './health/whole-way.model.ts'
import type { Access } from './platform/app-env.ts'
import { listDeclarations } from './platform/router.ts'
import type { OrgScope } from './platform/scope.ts'

const cv = 'cv_aaaaaaaaaaaaaaaaaaaa'
const otherKey = 'AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8='

/** What an answer is: its status and code, or that it shows nothing. */
type Outcome = string
type Row = {
  access: Access
  /** The path of something that belongs to the first organisation's Support. */
  path: string
  body?: unknown
  /** For whoever may: never 401 or 403, or the row proves nothing. */
  good: Outcome
  /** For an administrator of another organisation. */
  foreign: Outcome
  /** For an agent of another department. */
  department: Outcome
}

const hidden = '404 conversations.not_found'
const noNumber = '404 numbers.not_found'
const test = 'test_aaaaaaaaaaaaaaaaaaaa'
const noToken = '409 numbers.token_unreadable'
const row = (access: Access, path: string, good: Outcome, foreign: Outcome, department = foreign): Row => ({
  access,
  path,
  good,
  foreign,
  department,
})

/** Every route that is not here fails the first test. */
const TABLE: Record<string, Row> = {
  'POST /api/session/renew': row('viewer', '/api/session/renew', '200', '403 sessions.agent_unknown', '200'),
  'GET /api/conversations': row('viewer', '/api/conversations', '200', '200 empty'),
  'GET /api/conversations/:id': row('viewer', `/api/conversations/${cv}`, '200', hidden),
  'GET /api/conversations/:id/sending': row('viewer', `/api/conversations/${cv}/sending`, '200', hidden),
  'GET /api/conversations/:id/messages': row('viewer', `/api/conversations/${cv}/messages`, '200', hidden),
  'GET /api/conversations/:id/changes': row('viewer', `/api/conversations/${cv}/changes?after=0`, '200', hidden),
  'GET /api/tickets/:ticketId/conversation': row('viewer', '/api/tickets/301/conversation', '200', '200 empty', hidden),
  'POST /api/conversations/:id/live-ticket': row('viewer', `/api/conversations/${cv}/live-ticket`, '200', hidden),
  'POST /api/conversations/:id/messages': {
    ...row('agent', `/api/conversations/${cv}/messages`, '422 messages.text_empty', hidden),
    body: { clientId: 'client-0001', kind: 'text', text: ' ' },
  },
  'POST /api/conversations/:id/messages/:messageId/retry': row(
    'agent',
    `/api/conversations/${cv}/messages/m999999/retry`,
    '404 messages.not_found',
    hidden,
  ),
  'POST /api/conversations/:id/messages/:messageId/cancel': row(
    'agent',
    `/api/conversations/${cv}/messages/m999999/cancel`,
    '404 messages.not_found',
    hidden,
  ),
  'POST /api/conversations/:id/messages/:messageId/settle': {
    ...row('agent', `/api/conversations/${cv}/messages/m999999/settle`, '404 messages.not_found', hidden),
    body: { outcome: 'arrived' },
  },
  ...CHANNELS,
  ...STARTS,
  'GET /api/dead-letters': row('admin', '/api/dead-letters', '200', '200 empty'),
  'POST /api/dead-letters/:id/replay': row(
    'administrator',
    '/api/dead-letters/1/replay',
    '202',
    '404 dead_letters.not_found',
  ),
  'GET /api/numbers': row('viewer', '/api/numbers', '200', '200 empty'),
  'GET /api/problems': row('admin', '/api/problems', '200', '200 empty'),
  'GET /api/alerts': row('administrator', '/api/alerts', '200', '200 empty'),
  'PUT /api/alerts': {
    ...row('administrator', '/api/alerts', '422 alerts.address_refused', '422 alerts.address_refused'),
    body: { url: 'https://127.0.0.1/alerts' },
  },
  'POST /api/numbers/:phoneNumberId/test': row('administrator', '/api/numbers/800100/test', '200', noNumber),
  'POST /api/tests/:testId': row('administrator', `/api/tests/${test}`, '200', '404 tests.not_found'),
  'GET /api/overview': row('admin', '/api/overview', '200', '200 empty'),
  'GET /api/numbers/:phoneNumberId/health': row('admin', '/api/numbers/800100/health', '200', noNumber),
  'POST /api/numbers/:phoneNumberId/check': row('administrator', '/api/numbers/800100/check', noToken, noNumber),
  'POST /api/numbers/:phoneNumberId/repair': row('administrator', '/api/numbers/800100/repair', noToken, noNumber),
  'GET /api/numbers/:phoneNumberId/counters': row(
    'viewer',
    '/api/numbers/800100/counters',
    '200',
    '404 numbers.not_found',
  ),
  'GET /api/setup': row('admin', '/api/setup', '200', '200 empty'),
  'POST /api/admin/desk/refresh': row(
    'administrator',
    '/api/admin/desk/refresh',
    '409 administration.not_connected',
    '409 administration.not_connected',
  ),
  'GET /api/audit': row('admin', '/api/audit', '200', '200 empty'),
  'POST /api/admin/disconnect': row('administrator', '/api/admin/disconnect', '200', '200'),
  ...SETUP_ROWS,
}

/** Routes that ask for something else than a session have their own tests below. */
const OTHERS: Partial<Record<Access, string[]>> = {
  public: [
    ...['GET /healthz', 'GET /openapi.json', 'POST /connect/facebook/result'],
    ...['GET /admin/sign-in', 'GET /oauth/zoho/callback', 'POST /admin/sign-in/confirm', 'POST /api/admin/session'],
  ],
  signature: ['', '/:path']
    .flatMap((end) => [`GET /webhooks/whatsapp${end}`, `POST /webhooks/whatsapp${end}`])
    .concat('POST /desk/callback'),
  install_key: ['POST /api/session'],
  operator: ['POST /operator/organisations'],
  // One ends every session, the other answers no JSON: both have tests of their own.
  administrator: ['POST /api/admin/install-key', 'GET /api/audit.csv'],
  socket_ticket: ['GET /api/conversations/:id/live'],
  signed_url: ['GET /api/media/:token', 'GET /api/channel-icons/:token', 'GET /connect/facebook'],
  sandbox: ['POST /__tick'],
}

const SESSION_ROLES = ['viewer', 'agent', 'admin'] as const
const entries = Object.entries(TABLE)
const installKeys = { first: 'a'.repeat(40), second: 'b'.repeat(40) }
const ken = {
  id: '1800000000601',
  name: 'Ken Mori',
  status: 'ACTIVE',
  isConfirmed: true,
  rolePermissionType: 'AgentPublic',
  departmentIds: ['100'],
}
const app = testApp({ 60000001: [ken] })

let scope: OrgScope
let foreign: OrgScope
const tokens: Record<string, string | null> = {}

beforeAll(async () => {
  scope = await seedOrganisation({
    orgId: 'org_aaaaaaaaaaaaaaaaaaaa',
    portalId: '60000001',
    installKey: installKeys.first,
    epoch: 2,
  })
  foreign = await seedOrganisation({
    orgId: 'org_bbbbbbbbbbbbbbbbbbbb',
    portalId: '60000002',
    installKey: installKeys.second,
  })
  await scope.db.prepare(`UPDATE organisations SET alert_url = 'https://a.example'`).run()
  await scope.db.prepare('UPDATE organisations SET alert_url = NULL WHERE id = ?1').bind(foreign.orgId).run()
  await seedNumber(scope, { phoneNumberId: '800100', departmentId: '100' })
  await seedSetupRows(scope)
  await env.CACHE.put(`templates:${scope.orgId}:700100`, JSON.stringify({ at: Date.now() + 3_600_000, templates: [] }))
  await seedContact(scope, { id: 'ct_aaaaaaaaaaaaaaaaaaaa', name: 'Sakura' })
  await seedConversation(scope, {
    id: cv,
    contactId: 'ct_aaaaaaaaaaaaaaaaaaaa',
    phoneNumberId: '800100',
    departmentId: '100',
    more: { ticket_id: '301', ticket_number: '101' },
  })
  const seq = await seedMessage(scope, cv)
  const ids = { org_id: scope.orgId, conversation_id: cv, department_id: '100' }
  await insert(scope.db, 'tickets', {
    ...ids,
    ticket_id: '301',
    ticket_number: '101',
    from_seq: seq,
    created_at: SEEDED_AT,
  })

  const problem = { org_id: scope.orgId, subject: '800100', kind: 'quality', level: 'bad', since: SEEDED_AT }
  await insert(scope.db, 'whole_way_tests', {
    id: test,
    org_id: scope.orgId,
    phone_number_id: '800100',
    code: 'KAIWA 234567',
    state: 'waiting',
    legs: JSON.stringify(noLegs()),
    started_by: ken.id,
    started_at: SEEDED_AT,
    expires_at: SEEDED_AT,
  })
  await insert(scope.db, 'problems', { ...problem, facts: '{"value":"RED","details":[]}' })
  await insert(scope.db, 'dead_letters', {
    id: 1,
    org_id: scope.orgId,
    phone_number_id: '800100',
    part: 1,
    unit: 1,
    reason: 'unreadable',
    body: '{}',
    received_at: SEEDED_AT,
  })

  const now = Date.now()
  const admin = { role: 'admin', departments: [] } as const
  Object.assign(tokens, {
    viewer: await tokenOf(scope, { role: 'viewer' }),
    agent: await tokenOf(scope, { role: 'agent' }),
    admin: await tokenOf(scope, admin),
    'no token': null,
    garbage: 'garbage.garbage.garbage',
    'an expired one': await tokenOf(scope, { ...admin, now: now - 15 * 60_000 - 1_000 }),
    'a wrong signature': await tokenOf(scope, { ...admin, key: otherKey }),
    'a stale epoch': await tokenOf(scope, { ...admin, epoch: 1 }),
    'an unknown shard': await tokenOf(scope, { ...admin, shard: 9 }),
    "another shard's database": await tokenOf(scope, { ...admin, shard: 1 }),
    'the install key': installKeys.first,
    'the operator token': env.OPERATOR_TOKEN ?? '',
    proof: await tokenOf(scope, { ...admin, isProof: true }),
    foreign: await tokenOf(foreign, { ...admin, agentId: '1800000009600' }),
    'foreign proof': await tokenOf(foreign, { ...admin, agentId: '1800000009600', isProof: true }),
    department: await tokenOf(scope, { role: 'agent', departments: ['101'] }),
  })
})

async function outcomeOf(response: Response): Promise<Outcome> {
  const text = await response.text()
  const body: unknown = text === '' ? {} : JSON.parse(text)
  const failure = errorBodySchema.safeParse(body)
  if (failure.success) return `${response.status} ${failure.data.error.code}`
  const nothing = z.union([
    z.looseObject({ items: z.tuple([]) }),
    z.looseObject({ conversation: z.null() }),
    z.looseObject({ numbers: z.tuple([]) }),
    z.looseObject({ url: z.null() }),
  ])
  return nothing.safeParse(body).success ? `${response.status} empty` : String(response.status)
}

const call = async (name: string, token: string | null | undefined) => {
  const { path, body } = TABLE[name] ?? { path: '/' }
  const method = name.split(' ')[0] ?? 'GET'
  return outcomeOf(await callApp(app, { method, path, token, body }))
}

describe('every route', () => {
  it('is declared, and has its row here', () => {
    const registered = new Set(
      app.routes.filter(({ method }) => method !== 'ALL').map(({ method, path }) => `${method} ${path}`),
    )
    const declared = new Map(listDeclarations().map(({ method, path, access }) => [`${method} ${path}`, access]))
    const rows = new Map(entries.map(([name, { access }]) => [name, access]))
    for (const [access, names] of Object.entries(OTHERS)) for (const name of names) rows.set(name, access as Access)
    expect(Object.fromEntries(rows)).toEqual(Object.fromEntries(declared))
    declared.delete('POST /__tick')
    expect([...registered].toSorted()).toEqual([...declared.keys()].toSorted())
    expect(app.routes.filter(({ method, path }) => method === 'ALL' && !path.endsWith('*'))).toEqual([])
  })

  it('that was added without being declared is not there, with or without a token', async () => {
    const careless = testApp()
    careless.get('/api/forgotten', (c) => c.text('secret'))
    careless.all('/api/everything/*', (c) => c.text('secret'))
    for (const path of [
      '/api/forgotten',
      '/api/everything/1',
      '/api/nothing',
      '/api',
      '/',
      '/__tick',
      '/api/session',
    ]) {
      for (const token of [null, tokens['admin']]) {
        const response = await callApp(careless, { path, token: token ?? null })
        expect({ path, outcome: await outcomeOf(response) }).toEqual({ path, outcome: '404 request.not_found' })
      }
    }
  })
})

describe.each(entries)('%s', (name, { access, good, foreign: seenByOthers, department }) => {
  it.each([
    ['no token', '401 sessions.missing'],
    ['garbage', '401 sessions.invalid'],
    ['an expired one', '401 sessions.expired'],
    ['a wrong signature', '401 sessions.invalid'],
    ['a stale epoch', '401 sessions.stale'],
    ['an unknown shard', '401 sessions.stale'],
    ["another shard's database", '401 sessions.stale'],
    ['the install key', '401 sessions.invalid'],
    ['the operator token', '401 sessions.invalid'],
  ])('refuses %s', async (who, expected) => {
    expect(await call(name, tokens[who])).toBe(expected)
  })

  it('shows nothing to another organisation and another department', async () => {
    expect(await call(name, tokens[access === 'administrator' ? 'foreign proof' : 'foreign'])).toBe(seenByOthers)
    // An agent's token stands for every role up to theirs; administrators have no department.
    if (!access.startsWith('admin')) expect(await call(name, tokens['department'])).toBe(department)
  })

  it('asks for its role and is content with it', async () => {
    const needed = SESSION_ROLES.findIndex((role) => access.startsWith(role))
    const enough = access === 'administrator' ? '403 sessions.proof_missing' : good
    for (const [rank, role] of SESSION_ROLES.entries()) {
      const expected = rank < needed ? '403 sessions.role_too_low' : enough
      expect({ role, outcome: await call(name, tokens[role]) }).toEqual({ role, outcome: expected })
    }
    // Whoever proved who they are may do all that an administrator's session may.
    if (access.startsWith('admin')) expect(await call(name, tokens['proof'])).toBe(good)
  })
})

describe('opening a session', () => {
  const body = { portalId: '60000001', userId: ken.id }
  const open = async (token: string | null | undefined, sent: unknown = body, headers = {}) =>
    outcomeOf(await callApp(app, { method: 'POST', path: '/api/session', token: token ?? null, body: sent, headers }))

  it('takes the install key of the very portal, and no other proof', async () => {
    expect(await open(installKeys.first)).toBe('200')
    expect(await open(null)).toBe('401 sessions.key_missing')
    expect(await open('c'.repeat(40))).toBe('401 sessions.key_unknown')
    expect(await open(tokens['admin'])).toBe('401 sessions.key_unknown')
    expect(await open(installKeys.second)).toBe('403 sessions.portal_mismatch')
    expect(await open(installKeys.first, { ...body, userId: '1800000009600' })).toBe('403 sessions.agent_unknown')
  })

  it('gives a token that opens the API', async () => {
    const form = { 'Content-Type': 'application/x-www-form-urlencoded' }
    const sent = new URLSearchParams(body).toString()
    const response = await callApp(app, {
      method: 'POST',
      path: '/api/session',
      token: installKeys.first,
      body: sent,
      headers: form,
    })
    const { token } = z.object({ token: z.string() }).parse(await response.json())
    expect(await call('GET /api/conversations/:id', token)).toBe('200')
  })
})

describe("the operator's route", () => {
  const connect = async (token: string | null, bindings = env) =>
    outcomeOf(await callApp(app, { method: 'POST', path: '/operator/organisations', token, body: {} }, bindings))

  it('takes the operator token only, and nothing where none is configured', async () => {
    expect(await connect(env.OPERATOR_TOKEN ?? '')).toBe('422 request.invalid')
    for (const wrong of [
      null,
      'x',
      `${env.OPERATOR_TOKEN}x`,
      tokens['admin'] ?? null,
      installKeys.first,
      'undefined',
      '',
    ]) {
      expect({ wrong, outcome: await connect(wrong) }).toEqual({ wrong, outcome: '401 operator.refused' })
    }
    const without = { ...env, OPERATOR_TOKEN: undefined }
    for (const token of [null, 'undefined', env.OPERATOR_TOKEN ?? '']) {
      expect(await connect(token, without)).toBe('401 operator.refused')
    }
  })
})

describe("Meta's webhooks", () => {
  const signature = `sha256=${'0'.repeat(64)}`
  it.each(['/webhooks/whatsapp', '/webhooks/whatsapp/somebody'])(
    '%s take a signature or verify token only',
    async (path) => {
      const query = '?hub.mode=subscribe&hub.challenge=1&hub.verify_token='
      const calls = [
        { path },
        { path: `${path}${query}wrong` },
        { path: `${path}${query}` },
        { method: 'POST', path, body: '{}' },
        { method: 'POST', path, body: '{}', headers: { 'X-Hub-Signature-256': signature } },
      ]
      for (const one of calls) {
        for (const token of [null, tokens['admin'] ?? null, env.META_VERIFY_TOKEN ?? '']) {
          const response = await callApp(app, { ...one, token })
          expect({ ...one, status: response.status }).toEqual({ ...one, status: 401 })
        }
      }
    },
  )
})

describe('secrets in addresses', () => {
  it.each([
    `/api/conversations/${cv}/live?ticket=0.org_aaaaaaaaaaaaaaaaaaaa.${'0'.repeat(40)}`,
    `/api/conversations/${cv}/live?ticket=9.org_aaaaaaaaaaaaaaaaaaaa.${'0'.repeat(40)}`,
    `/api/conversations/${cv}/live?ticket=garbage`,
    '/api/media/garbage',
    '/connect/facebook?ticket=garbage',
    `/api/media/0.org_aaaaaaaaaaaaaaaaaaaa.1.9999999999999.${'0'.repeat(64)}`,
  ])('%s is refused, whoever asks', async (path) => {
    const headers = path.includes('live') ? { Upgrade: 'websocket' } : {}
    for (const token of [null, tokens['admin'] ?? null]) {
      expect((await callApp(app, { path, token, headers })).status).toBe(401)
    }
  })
})

it('the tick is there in the sandbox only', async () => {
  const tick = { method: 'POST', path: '/__tick' }
  expect((await callApp(app, tick)).status).toBe(404)
  const sandbox = testApp({}, { runCron: async () => [] })
  expect((await callApp(sandbox, tick)).status).toBe(404)
})
