import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { accountViewSchema, claimAnswerSchema, errorBodySchema } from '../../../contract/index.ts'
import { callApp, testApp } from '../../test/api.ts'
import { strictNetwork } from '../../test/network.ts'
import { allRows, rowsOf } from '../../test/rows.ts'
import { hmacHex } from '../platform/crypto.ts'
import type { OrgScope } from '../platform/scope.ts'
import { objectNames } from '../platform/scope.ts'
import { FakeGraph } from './graph.test-helpers.ts'
import type { Outcome } from './onboarding.test-helpers.ts'
import { connected, outcomeOf, proofOf, someOrganisation } from './onboarding.test-helpers.ts'
import { listAccountViews } from './views.ts'

const network = strictNetwork()
const app = testApp()
const bindings = { ...env, META_SYSTEM_TOKEN: 'system-token' }
let count = 600
let graph: FakeGraph
let scope: OrgScope
let token: string
let waba: string

beforeEach(async () => {
  vi.restoreAllMocks()
  count += 1
  waba = `73${count}`
  graph = new FakeGraph()
  network.handle(graph.handle)
  scope = await someOrganisation()
  token = await proofOf(scope)
  graph.addAccount(waba)
})

const post = (path: string, body: unknown, who = token) =>
  callApp(app, { method: 'POST', path, token: who, body }, bindings)
const failed = async (response: Promise<Response>): Promise<Outcome> => outcomeOf(await response)

describe('an app of one’s own', () => {
  const own = (more = {}) => ({
    appId: '500200',
    appSecret: 'own-app-secret',
    token: 'own-token',
    wabaId: waba,
    ...more,
  })
  const connect = (more = {}, who = token) => post('/api/setup/own-app', own(more), who)
  beforeEach(() => {
    graph.appSecrets['500200'] = 'own-app-secret'
    graph.grant('own-token', [waba], { wabaIds: [waba], appId: '500200' })
    graph.addNumber(`83${count}`, waba)
  })

  it('is given a webhook address and verify token of its own, which take its signature', async () => {
    const view = accountViewSchema.parse(await (await connect()).json())
    expect(view).toMatchObject({
      how: 'own_app',
      failure: null,
    })
    expect(view.ownWebhook?.url).toMatch(/\/webhooks\/whatsapp\/[a-z0-9]{40}$/)
    const path = new URL(view.ownWebhook?.url ?? '').pathname
    expect(graph.overrides.get(waba)).toBe(`https://kaiwa.test${path}`)
    const hello = `?hub.mode=subscribe&hub.challenge=42&hub.verify_token=${view.ownWebhook?.verifyToken}`
    expect(await (await callApp(app, { path: `${path}${hello}` })).text()).toBe('42')
    const body = JSON.stringify({ object: 'whatsapp_business_account', entry: [] })
    const send = async (secret: string) => {
      const headers = { 'X-Hub-Signature-256': `sha256=${await hmacHex(secret, body)}` }
      return (await callApp(app, { method: 'POST', path, body, headers })).status
    }
    expect([await send('own-app-secret'), await send('test-app-secret')]).toEqual([200, 401])
    const routes = await allRows(env.DIRECTORY, 'account_routes')
    expect(routes.find((row) => row['waba_id'] === waba)?.['app_path']).toBe(path.split('/').at(-1))
  })

  it('keeps its address when it is connected again, or twice at once', async () => {
    const urls = await Promise.all([connect(), connect()])
    const views = await Promise.all(urls.map(async (answer) => accountViewSchema.parse(await answer.json()).ownWebhook))
    const again = accountViewSchema.parse(await (await connect()).json()).ownWebhook
    expect(views).toEqual([again, again])
    expect((await allRows(env.DIRECTORY, 'meta_apps')).filter((row) => row['org_id'] === scope.orgId)).toHaveLength(1)
  })

  it.each([
    ['a wrong secret', { appSecret: 'another-secret' }, 'app_secret_wrong'],
    ['a token of another app', { token: 'foreign-token' }, 'token_invalid'],
    ['a token without a permission', { token: 'small-token' }, 'permission_missing'],
    ['an account the token is not for', { wabaId: '799998' }, 'wrong_account'],
  ])('is refused with %s', async (_, more, key) => {
    graph.grant('foreign-token', [waba], { appId: '500300' })
    graph.grant('small-token', [waba], { appId: '500200', scopes: ['whatsapp_business_management'] })
    expect(await failed(connect(more))).toMatchObject({ status: 422, code: `setup.${key}`, failure: key })
    expect(await rowsOf(scope, 'accounts')).toEqual([])
  })

  it('without a default address stands with its failure, and its address to paste', async () => {
    graph.defaultCallback = null
    const view = accountViewSchema.parse(await (await connect()).json())
    expect(view).toMatchObject({
      failure: { step: 'subscribe', key: 'subscription_refused' },
    })
    expect(view.ownWebhook).toBeDefined()
  })

  it('shows its verify token to a proof alone', async () => {
    await connect()
    expect((await listAccountViews(env, scope, false))[0]).not.toHaveProperty('ownWebhook')
  })
})

describe('hosted signup', () => {
  let business: string
  const number = () => `84${count}`
  const claim = (who = token, more = {}) => post('/api/setup/claim', { wabaId: waba, ...more }, who)
  const confirm = (code: string, who = token) => post('/api/setup/claim/confirm', { wabaId: waba, code }, who)
  const shared = async (appPath = '') => {
    const lane = env.LANE.getByName(objectNames.lane.account(waba))
    const info = { waba_id: waba, owner_business_id: business }
    const value = { event: 'PARTNER_ADDED', waba_info: info }
    const entry = [{ id: '600500', changes: [{ field: 'account_update', value }] }]
    const body = JSON.stringify({ object: 'whatsapp_business_account', entry })
    await lane.append({ receivedAt: Date.now(), appPath, units: 1, body, blobKey: null, replayOf: null })
    await lane.settle()
  }
  beforeEach(() => {
    business = `60${count}`
    graph.addAccount(waba, { owner_business_info: { id: business } })
    graph.grant(`customer-${business}`, [waba])
    graph.grant('system-token', [])
    graph.addNumber(number(), waba)
  })

  it('is claimed by the code that Meta sends to its number, and connected once', async () => {
    await shared()
    const answer = claimAnswerSchema.parse(await (await claim()).json())
    expect(answer.aboutText).toBeNull()
    expect((await claim()).status).toBe(200)
    expect(graph.count(/request_code/)).toBe(1)
    expect(await failed(confirm('000000'))).toMatchObject({ code: 'setup.code_wrong' })
    const view = accountViewSchema.parse(await (await confirm(graph.sentCode)).json())
    expect(view).toMatchObject({ wabaId: waba, how: 'hosted' })
    expect((await confirm(graph.sentCode)).status).toBe(200)
    expect(graph.count(/verify_code/)).toBe(2)
    expect((await rowsOf(scope, 'numbers'))[0]).toMatchObject({ code_status: 'VERIFIED' })
  })

  it('is claimed by its public profile where the number gets no code', async () => {
    await shared()
    graph.addNumber(number(), waba, { code_verification_status: 'VERIFIED', status: 'CONNECTED' })
    const { aboutText } = claimAnswerSchema.parse(await (await claim()).json())
    const code = /^Kaiwa (\d{6})$/.exec(aboutText ?? '')?.[1] ?? ''
    expect(await failed(confirm(code))).toMatchObject({ code: 'setup.code_wrong' })
    const verified = { code_verification_status: 'VERIFIED', status: 'CONNECTED' }
    graph.addNumber(number(), waba, { ...verified, profile: { about: `We deliver. ${aboutText}` } })
    expect(await failed(confirm('000000'))).toMatchObject({ code: 'setup.code_wrong' })
    expect((await confirm(code)).status).toBe(200)
    expect(graph.count(/request_code|verify_code/)).toBe(0)
  })

  it('by two organisations at once: one claims, and nobody gets the other’s account', async () => {
    await shared()
    const other = await someOrganisation()
    const theirs = await proofOf(other)
    const [first, second] = await Promise.all([claim(), claim(theirs)])
    expect(new Set([first.status, second.status])).toEqual(new Set([200, 409]))
    const [winner, loser] = first.status === 200 ? [token, theirs] : [theirs, token]
    expect(await failed(confirm(graph.sentCode, loser))).toMatchObject({ code: 'setup.code_too_old' })
    expect(await failed(claim(loser))).toMatchObject({ code: 'setup.claim_busy' })
    expect((await confirm(graph.sentCode, winner)).status).toBe(200)
    expect(await failed(claim(loser))).toMatchObject({ code: 'setup.account_taken' })
    expect(await failed(confirm(graph.sentCode, loser))).toMatchObject({ code: 'setup.account_taken' })
    const owned = [...(await rowsOf(scope, 'accounts')), ...(await rowsOf(other, 'accounts'))]
    expect(owned).toHaveLength(1)
  })

  it('has five tries, and a claim that ended lets the next one in', async () => {
    await shared()
    await claim()
    for (let tries = 0; tries < 5; tries += 1) await confirm('000000')
    expect(await failed(confirm(graph.sentCode))).toMatchObject({ code: 'setup.too_many_tries' })
    const later = Date.now() + 11 * 60_000
    vi.spyOn(Date, 'now').mockReturnValue(later)
    const other = await someOrganisation()
    const theirs = await proofOf(other)
    expect((await claim(theirs)).status).toBe(200)
    expect((await confirm(graph.sentCode, theirs)).status).toBe(200)
  })

  it('cannot be kept from its owner by whoever claims it again and again', async () => {
    await shared()
    // From midnight on: none of the waits below crosses it.
    const midnight = Math.ceil(Date.now() / 86_400_000) * 86_400_000
    let now = midnight
    const clock = vi.spyOn(Date, 'now').mockReturnValue(now)
    const after = (minutes: number): void => {
      now += minutes * 60_000
      clock.mockReturnValue(now)
    }
    const claimAs = async (who: OrgScope) => claim(await proofOf(who))
    const stranger = await someOrganisation()
    expect((await claimAs(stranger)).status).toBe(200)
    // While nobody else asks, a claim that ended may begin anew.
    after(10)
    expect((await claimAs(stranger)).status).toBe(200)
    // The owner asks meanwhile: the stranger's next turn is theirs.
    expect(await failed(claimAs(scope))).toMatchObject({ code: 'setup.claim_busy' })
    after(10)
    expect(await failed(claimAs(stranger))).toMatchObject({ code: 'setup.claim_busy' })
    after(9)
    expect(await failed(claimAs(stranger))).toMatchObject({ code: 'setup.claim_busy' })
    expect((await claimAs(scope)).status).toBe(200)
    // Three a day, also where several are asked for at once.
    after(11)
    const both = await Promise.all([claimAs(stranger), claimAs(stranger)])
    expect(both.map(({ status }) => status)).toEqual([200, 200])
    after(11)
    const { error } = errorBodySchema.parse(await (await claimAs(stranger)).json())
    const tomorrow = new Date(midnight + 86_400_000).toISOString()
    expect(error).toMatchObject({ code: 'setup.too_many_codes', details: { action: 'wait', retryAt: tomorrow } })
    expect((await claimAs(scope)).status).toBe(200)
    expect(
      (await post('/api/setup/claim/confirm', { wabaId: waba, code: graph.sentCode }, await proofOf(scope))).status,
    ).toBe(200)
  })

  it('of an account nobody shared, or that another app signed for, is refused', async () => {
    await shared('somebody')
    expect(await failed(claim())).toMatchObject({ status: 404, code: 'setup.claim_unknown' })
  })

  it('of an account that is connected already is refused', async () => {
    await shared()
    await connected(graph, await someOrganisation(), waba)
    expect(await failed(claim())).toMatchObject({ code: 'setup.account_taken' })
  })

  it('goes on after Meta was away', async () => {
    await shared()
    graph.drop(/system_user_access_tokens/)
    expect(await failed(claim())).toMatchObject({ code: 'setup.meta_down' })
    graph.refuse(/request_code/, 2)
    expect(await failed(claim())).toMatchObject({ code: 'setup.meta_down' })
    graph.lose(/request_code/)
    expect((await claim()).status).toBe(200)
    graph.drop(/GET .*phone_numbers/)
    const answer = await confirm(graph.sentCode)
    expect(answer.status).toBe(503)
    expect((await confirm(graph.sentCode)).status).toBe(200)
    expect(await rowsOf(scope, 'accounts')).toHaveLength(1)
  })
})
