import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import type { FacebookAttempt } from '../../../contract/index.ts'
import { facebookAttemptSchema, facebookWindowSchema } from '../../../contract/index.ts'
import { callApp, testApp, tokenOf } from '../../test/api.ts'
import { strictNetwork } from '../../test/network.ts'
import { rowsOf } from '../../test/rows.ts'
import { seedOrganisation } from '../../test/seed.ts'
import { open } from '../platform/crypto.ts'
import { readConfig } from '../platform/env.ts'
import type { OrgScope } from '../platform/scope.ts'
import { FakeGraph } from './graph.test-helpers.ts'
import { listAccountViews } from './views.ts'

const network = strictNetwork()
const app = testApp()
const bindings = { ...env, META_LOGIN_CONFIG_ID: '550100' }
let count = 0
let graph: FakeGraph
let scope: OrgScope
let token: string

beforeEach(async () => {
  count += 1
  graph = new FakeGraph()
  network.handle(graph.handle)
  scope = await someOrganisation('a')
  token = await adminOf(scope)
})

const someOrganisation = (letter: string) =>
  seedOrganisation({
    orgId: `org_${letter.repeat(16)}${String(count).padStart(4, '0')}`,
    portalId: `6${letter.codePointAt(0)}${count}`,
  })
const adminOf = (who: OrgScope) =>
  tokenOf(who, { role: 'admin', departments: [], isProof: true, agentId: '1800000000600', name: 'Ana Ito' })

async function openWindow(who = token, coexistence = false) {
  const response = await callApp(
    app,
    { method: 'POST', path: '/api/setup/facebook', token: who, body: { coexistence } },
    bindings,
  )
  return facebookWindowSchema.parse(await response.json())
}

const visit = (url: string) => callApp(app, { path: url.replace('https://kaiwa.test', '') }, bindings)
const pageOf = (html: string) => /"page":"([0-9a-z]{40})"/.exec(html)?.[1] ?? ''

async function report(page: string, body: { code?: string; event?: unknown }) {
  return callApp(app, { method: 'POST', path: '/connect/facebook/result', body: { page, ...body } }, bindings)
}

/** From the settings to the page of the window. */
async function enter(who = token, coexistence = false) {
  const { attemptId, url } = await openWindow(who, coexistence)
  return { attemptId, page: pageOf(await (await visit(url)).text()) }
}

async function finish(page: string, body: { code?: string; event?: unknown }): Promise<FacebookAttempt> {
  return facebookAttemptSchema.parse(await (await report(page, body)).json())
}

const finished = (wabaId: string, phoneNumberId?: string, event = 'FINISH') => ({
  type: 'WA_EMBEDDED_SIGNUP',
  event,
  data: { waba_id: wabaId, business_id: '600100', ...(phoneNumberId && { phone_number_id: phoneNumberId }) },
})

/** A customer of Meta's with one account and one number, and a code for its token. */
function customer(id = `70${count}`) {
  graph.addAccount(id)
  graph.addNumber(`80${count}01`, id)
  graph.grant(`token-${id}`, [id], { wabaIds: [id] })
  graph.codes.set(`code-${id}`, `token-${id}`)
  return { wabaId: id, phoneNumberId: `80${count}01`, code: `code-${id}` }
}

describe('the window', () => {
  it('opens once, for whoever has its ticket, and says which Zoho Desk it is for', async () => {
    const { url } = await openWindow()
    const first = await visit(url)
    const html = await first.text()
    expect(first.status).toBe(200)
    expect(html).toContain(scope.portalId)
    expect(html).toContain('https://connect.facebook.net/en_US/sdk.js')
    expect(first.headers.get('content-security-policy')).toMatch(/default-src 'none'.*frame-ancestors 'none'/)
    const second = await visit(url)
    expect(second.status).toBe(401)
    expect(pageOf(await second.text())).toBe('')
  })

  it('speaks Japanese where that is asked for', async () => {
    const { url } = await openWindow()
    expect(await (await visit(`${url}&locale=ja`)).text()).toContain('lang="ja"')
  })

  it('is opened by an administrator who proved it, where this way is set up', async () => {
    const body = {}
    const call = (who: string, on: typeof env = bindings) =>
      callApp(app, { method: 'POST', path: '/api/setup/facebook', token: who, body }, on)
    expect((await call(await tokenOf(scope, { role: 'admin' }))).status).toBe(403)
    expect((await call(token, env)).status).toBe(422)
  })

  it('takes results from its own page only', async () => {
    await enter()
    expect((await report('x'.repeat(40), { code: 'c' })).status).toBe(401)
  })
})

describe('the code', () => {
  it('is exchanged at once: account and numbers are kept, the app is subscribed, the first verified number is noted', async () => {
    const { wabaId, phoneNumberId, code } = customer()
    graph.addNumber(`80${count}02`, wabaId, { code_verification_status: 'VERIFIED', status: 'CONNECTED' })
    const { page, attemptId } = await enter()
    const attempt = await finish(page, { code, event: finished(wabaId, phoneNumberId) })
    expect(attempt).toMatchObject({ attemptId, state: 'done', wabaId, phoneNumberId, failure: null })

    const [account] = await rowsOf(scope, 'accounts')
    expect(account).toMatchObject({
      name: `Account ${wabaId}`,
      how: 'embedded',
      business_verification: 'unverified',
      review_status: 'pending',
      payment: 'missing',
      failure: null,
      subscription: '{"apps":["500100"]}',
    })
    const keys = readConfig(env).ENCRYPTION_KEYS
    const context = `meta_account_token:${scope.orgId}:${wabaId}`
    expect(await open(keys, context, String(account?.['token']))).toBe(`token-${wabaId}`)
    const numbers = await rowsOf(scope, 'numbers', 'phone_number_id')
    expect(numbers.map((row) => [row['phone_number_id'], row['registered_at'] !== null])).toEqual([
      [phoneNumberId, false],
      [`80${count}02`, true],
    ])
    expect(await open(keys, `meta_token:${scope.orgId}:${phoneNumberId}`, String(numbers[0]?.['token']))).toBe(
      `token-${wabaId}`,
    )
    const trial = await scope.db
      .prepare('SELECT trial_number FROM organisations WHERE id = ?')
      .bind(scope.orgId)
      .first()
    expect(trial).toEqual({ trial_number: `80${count}02` })
    expect(graph.subscribed).toEqual(new Set([wabaId]))
    expect(graph.overrides.size).toBe(0)
    expect((await rowsOf(scope, 'audit_entries')).map((row) => row['action'])).toEqual(['account.connected'])
  })

  it('that comes twice, or two at once, is taken once', async () => {
    const { wabaId, code } = customer()
    const { page } = await enter()
    const body = { code, event: finished(wabaId) }
    await Promise.all([finish(page, body), finish(page, body), finish(page, body)])
    expect(await finish(page, body)).toMatchObject({ state: 'done', wabaId })
    expect(graph.count(/oauth/)).toBe(1)
  })

  it('whose answer was lost is tried once more; if it was used up, the person presses again', async () => {
    const { wabaId, code } = customer()
    const { page } = await enter()
    graph.drop(/oauth/)
    expect(await finish(page, { code, event: finished(wabaId) })).toMatchObject({ state: 'done' })

    graph.codes.set('second', `token-${wabaId}`)
    const again = await enter()
    graph.lose(/oauth/)
    const failed = await finish(again.page, { code: 'second', event: finished(wabaId) })
    expect(failed).toMatchObject({ state: 'failed', failure: { key: 'code_expired', action: 'retry' } })
    graph.codes.set('third', `token-${wabaId}`)
    expect(await finish(again.page, { code: 'third', event: finished(wabaId) })).toMatchObject({ state: 'done' })
  })

  it('counts without the dialog’s word: the newest account of the token is the one', async () => {
    const { wabaId, code } = customer()
    const { page } = await enter()
    expect(await finish(page, { code })).toMatchObject({ state: 'done', wabaId })
  })

  it.each([
    ['an account the token is not for', { wabaIds: ['1'] }, 'wrong_account'],
    ['a token of another app', { appId: '999' }, 'token_invalid'],
    ['a permission that was not given', { scopes: ['whatsapp_business_management'] }, 'permission_missing'],
  ])('is refused with %s', async (_, claims, key) => {
    const { wabaId, code } = customer()
    graph.grant(`token-${wabaId}`, [wabaId], claims)
    const { page } = await enter()
    expect(await finish(page, { code, event: finished(wabaId) })).toMatchObject({ state: 'failed', failure: { key } })
    expect(await rowsOf(scope, 'accounts')).toEqual([])
  })

  it('is refused for an account the token cannot read, whatever the dialog said', async () => {
    const { wabaId, code } = customer()
    graph.grant(`token-${wabaId}`, [wabaId])
    graph.addAccount('799999')
    const { page } = await enter()
    const attempt = await finish(page, { code, event: finished('799999') })
    expect(attempt).toMatchObject({ state: 'failed', failure: { key: 'wrong_account' } })
  })

  it('for an account of another organisation changes nothing', async () => {
    const { wabaId, code } = customer()
    const other = await someOrganisation('b')
    const theirs = await enter(await adminOf(other))
    graph.codes.set('theirs', `token-${wabaId}`)
    const [mine, taken] = await Promise.all([
      enter().then(({ page }) => finish(page, { code, event: finished(wabaId) })),
      finish(theirs.page, { code: 'theirs', event: finished(wabaId) }),
    ])
    const states = [mine, taken].map(({ state, failure }) => failure?.key ?? state)
    expect(states.toSorted()).toEqual(['account_taken', 'done'])
    const owned = [...(await rowsOf(scope, 'accounts')), ...(await rowsOf(other, 'accounts'))]
    expect(owned).toHaveLength(1)
  })
})

describe('what can go wrong on the way', () => {
  it('is a subscription that Meta refuses: it stands on the account, which is connected', async () => {
    const { wabaId, code } = customer()
    graph.refuse(/POST .*subscribed_apps/, 2200)
    const { page } = await enter()
    expect(await finish(page, { code, event: finished(wabaId) })).toMatchObject({ state: 'done' })
    const [view] = await listAccountViews(env, scope, false)
    expect(view?.failure).toMatchObject({ step: 'subscribe', key: 'subscription_refused', metaCode: 2200 })
  })

  it('is an app whose webhooks go elsewhere: the account’s are sent to us', async () => {
    const { wabaId, code } = customer()
    graph.defaultCallback = 'https://elsewhere.example/hook'
    const { page } = await enter()
    await finish(page, { code, event: finished(wabaId) })
    expect(graph.overrides.get(wabaId)).toBe('https://kaiwa.test/webhooks/whatsapp')
  })

  it('is leaving Facebook: where, and that nothing was connected; then it can be tried in the same window', async () => {
    const { wabaId, code } = customer()
    const { page } = await enter()
    const left = { type: 'WA_EMBEDDED_SIGNUP', event: 'CANCEL', data: { current_step: 'PHONE_NUMBER_SETUP' } }
    expect(await finish(page, { event: left })).toMatchObject({ state: 'cancelled', leftAt: 'PHONE_NUMBER_SETUP' })
    const told = { type: 'WA_EMBEDDED_SIGNUP', event: 'CANCEL', data: { error_message: 'No idea', error_id: '1' } }
    expect(await finish(page, { event: told })).toMatchObject({ state: 'failed', failure: { details: 'No idea' } })
    expect(await finish(page, { code, event: finished(wabaId) })).toMatchObject({ state: 'done' })
    expect(await finish(page, { event: left })).toMatchObject({ state: 'done' })
  })

  it('is shown to the organisation’s own administrators', async () => {
    const { attemptId } = await enter()
    const read = async (who: string) =>
      (await callApp(app, { path: `/api/setup/facebook/${attemptId}`, token: who }, bindings)).status
    expect(await read(token)).toBe(200)
    expect(await read(await adminOf(await someOrganisation('b')))).toBe(404)
  })
})

it('a number that stays in the Business app is neither verified nor registered here', async () => {
  const { wabaId, phoneNumberId, code } = customer()
  const { page } = await enter(token, true)
  const event = finished(wabaId, undefined, 'FINISH_WHATSAPP_BUSINESS_APP_ONBOARDING')
  expect(await finish(page, { code, event })).toMatchObject({ state: 'done' })
  const [number] = await rowsOf(scope, 'numbers')
  expect(number).toMatchObject({ phone_number_id: phoneNumberId, is_coexistent: 1 })
  // Meta gives contacts and history within 24 hours only, so they are asked for at once.
  expect(graph.count(/smb_app_data/)).toBe(2)
  expect(await rowsOf(scope, 'archives')).toMatchObject([{ phone_number_id: phoneNumberId, progress: null }])
})
