import { env } from 'cloudflare:workers'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { setupViewSchema } from '../../../contract/index.ts'
import { callApp, tokenOf } from '../../test/api.ts'
import { strictNetwork } from '../../test/network.ts'
import { open } from '../platform/crypto.ts'
import { readConfig } from '../platform/env.ts'
import { shardDatabase } from '../platform/scope.ts'
import {
  acceptAtZoho,
  ana,
  app,
  browser,
  codeOf,
  confirmOf,
  errorCodeOf,
  openSession,
  openWindow,
  playZoho,
  problemOf,
  sessionOf,
  signIn,
  valueOf,
  verifierOf,
} from './zoho.test-helpers.ts'

const network = strictNetwork()
let zoho: ReturnType<typeof playZoho>
/** Each test has a portal of its own. */
let portal = 60_100_000
let admin = ana

beforeEach(() => {
  zoho = playZoho(network)
  portal += 1
  admin = { ...ana, portalId: String(portal) }
})

afterEach(() => {
  vi.restoreAllMocks()
})

const connect = () => sessionOf(zoho, admin, { purpose: 'connect' })
const setupOf = async (token: string) => callApp(app, { path: '/api/setup', token })

describe('connecting Desk', () => {
  it('makes the organisation of the portal, with departments and edition, and proves who did it', async () => {
    const session = await connect()
    expect(session).toMatchObject({
      administrator: { id: ana.id, name: 'Ana Ito' },
      portal: { id: admin.portalId, name: 'Example Parcels' },
    })
    expect(Date.parse(session.expiresAt) - Date.parse(session.now)).toBeLessThanOrEqual(30 * 60_000)
    const view = setupViewSchema.parse(await (await setupOf(session.token)).json())
    expect(view.desk).toEqual({
      state: 'connected',
      portalId: admin.portalId,
      portalName: 'Example Parcels',
      dataCentre: 'US',
      edition: 'ENTERPRISE',
      connectedBy: 'Ana Ito',
      departments: [
        { id: '100', name: 'Support' },
        { id: '101', name: 'Sales' },
      ],
      keyUsedAt: null,
      isKeyPlaced: false,
    })
  })

  it('asks for lasting access with consent, and keeps the token sealed', async () => {
    const at = await openWindow(browser(), { purpose: 'connect' })
    expect(`${at.origin}${at.pathname}`).toBe('https://accounts.zoho.com/oauth/v2/auth')
    expect(Object.fromEntries(at.searchParams)).toMatchObject({
      access_type: 'offline',
      prompt: 'consent',
      redirect_uri: 'https://kaiwa.test/oauth/zoho/callback',
      response_type: 'code',
    })
    await connect()
    const row = await env.DIRECTORY.prepare('SELECT id, shard FROM organisations WHERE portal_id = ?1')
      .bind(admin.portalId)
      .first<{ id: string; shard: number }>()
    const sealed = await shardDatabase(env, row?.shard ?? 9)
      .prepare('SELECT refresh_token FROM desk_connections WHERE org_id = ?1')
      .bind(row?.id ?? '')
      .first<string>('refresh_token')
    const token = await open(readConfig(env).ENCRYPTION_KEYS, `desk_refresh:${row?.id}`, sealed ?? '')
    expect(zoho.refreshTokens.has(token)).toBe(true)
  })

  it('again, as another administrator, keeps the organisation and its sessions and ends the old token', async () => {
    const first = await connect()
    const [formerToken = ''] = zoho.refreshTokens
    const bea = { ...admin, id: '1800000000699', name: 'Bea Roth' }
    const second = await sessionOf(zoho, bea, { purpose: 'connect' })
    expect(zoho.revoked).toEqual([formerToken])
    expect(zoho.refreshTokens.size).toBe(1)
    const view = setupViewSchema.parse(await (await setupOf(first.token)).json())
    expect(view.desk).toMatchObject({ state: 'connected', connectedBy: 'Bea Roth' })
    expect((await setupOf(second.token)).status).toBe(200)
  })

  it('needs access that lasts', async () => {
    const window = browser()
    const at = await openWindow(window, { purpose: 'connect', portalId: admin.portalId })
    at.searchParams.set('access_type', 'online')
    const { text } = await window.open(acceptAtZoho(zoho, at, admin))
    expect(problemOf(text)).toBe('no_lasting_access')
  })

  it('that is declined on our page ends the access it was given', async () => {
    const window = browser()
    const at = await openWindow(window, { purpose: 'connect', portalId: admin.portalId })
    const { text } = await window.open(acceptAtZoho(zoho, at, admin))
    expect(zoho.refreshTokens.size).toBe(1)
    const declined = await window.open('/admin/sign-in/confirm', { confirm: confirmOf(text), decision: 'cancel' })
    expect(problemOf(declined.text)).toBe('cancelled')
    expect(zoho.refreshTokens.size).toBe(0)
    const { results } = await env.DIRECTORY.prepare('SELECT id FROM organisations WHERE portal_id = ?1')
      .bind(admin.portalId)
      .all()
    expect(results).toEqual([])
  })
})

describe('a proof', () => {
  it('asks for nothing that lasts and keeps no token', async () => {
    await connect()
    const at = await openWindow(browser(), { portalId: admin.portalId })
    expect(Object.fromEntries(at.searchParams)).toMatchObject({
      access_type: 'online',
      scope: 'Desk.basic.READ,Desk.settings.READ',
    })
    expect(at.searchParams.has('prompt')).toBe(false)
    const tokens = zoho.refreshTokens.size
    const session = await sessionOf(zoho, admin)
    expect(zoho.refreshTokens.size).toBe(tokens)
    expect((await callApp(app, { method: 'POST', path: '/api/admin/disconnect', token: session.token })).status).toBe(
      200,
    )
  })

  it('of 25 administrators leaves the connection as it is', async () => {
    await connect()
    const [token] = zoho.refreshTokens
    for (let count = 0; count < 25; count += 1) {
      await sessionOf(zoho, { ...admin, id: String(1_800_000_001_000 + count) })
    }
    expect([...zoho.refreshTokens]).toEqual([token])
    expect(zoho.revoked).toEqual([])
  })

  it('needs a Desk that is connected', async () => {
    const window = browser()
    const at = await openWindow(window, { portalId: admin.portalId })
    const { text, response } = await window.open(acceptAtZoho(zoho, at, admin))
    expect({ problem: problemOf(text), status: response.status }).toEqual({ problem: 'not_connected', status: 200 })
  })

  it('is of no use to another organisation', async () => {
    const first = await connect()
    portal += 1
    const other = await sessionOf(zoho, { ...admin, portalId: String(portal), name: 'Other' }, { purpose: 'connect' })
    const view = setupViewSchema.parse(await (await setupOf(other.token)).json())
    expect(view.desk.portalId).toBe(String(portal))
    expect(setupViewSchema.parse(await (await setupOf(first.token)).json()).desk.portalId).toBe(admin.portalId)
  })
})

describe('whoever signs in', () => {
  it.each([
    ['an agent', { rolePermissionType: 'AgentPublic' }, 'not_admin'],
    ['a light agent', { rolePermissionType: 'Light' }, 'not_admin'],
    ['an administrator of another portal', { portalId: '69999999' }, 'wrong_portal'],
    ['a disabled administrator', { status: 'DISABLED' }, 'not_active'],
    ['one whom Desk calls no administrator of the portal', { isAdminInOrg: false }, 'not_admin'],
  ])('as %s reads why not, and nothing is kept', async (_, change, problem) => {
    for (const purpose of ['connect', 'proof']) {
      const window = browser()
      const at = await openWindow(window, { purpose, portalId: admin.portalId })
      const { text, response } = await window.open(acceptAtZoho(zoho, at, { ...admin, ...change }))
      expect({ problem: problemOf(text), status: response.status }).toEqual({ problem, status: 403 })
      expect(confirmOf(text)).toBe('')
    }
    expect(zoho.refreshTokens.size).toBe(0)
  })

  it('as the wrong person can sign in again in the same window', async () => {
    await connect()
    const window = browser()
    const at = await openWindow(window, { portalId: admin.portalId })
    const refused = await window.open(acceptAtZoho(zoho, at, { ...admin, rolePermissionType: 'AgentPublic' }))
    const again = valueOf(refused.text, /href="([^"]+)"/).replaceAll('&amp;', '&')
    const { response } = await window.open(again)
    const next = new URL(response.headers.get('Location') ?? '')
    const { text } = await window.open(acceptAtZoho(zoho, next, admin))
    const done = await window.open('/admin/sign-in/confirm', { confirm: confirmOf(text), decision: 'continue' })
    expect((await openSession(codeOf(done.text))).status).toBe(200)
  })

  it('and denies access at Zoho reads so', async () => {
    const window = browser()
    const at = await openWindow(window)
    const { text } = await window.open(`/oauth/zoho/callback?error=access_denied&state=${at.searchParams.get('state')}`)
    expect(problemOf(text)).toBe('denied')
  })

  it('is asked at the accounts server and Desk of their own data centre, by our own table', async () => {
    const window = browser()
    const at = await openWindow(window, { purpose: 'connect', portalId: admin.portalId })
    await window.open(acceptAtZoho(zoho, at, admin, 'eu'))
    const asked = network.requests.map((request) => new URL(request.url).origin)
    expect(new Set(asked)).toEqual(new Set(['https://accounts.zoho.eu', 'https://desk.zoho.eu']))
  })

  it('in a data centre that we do not know reads so, and no server is asked', async () => {
    const window = browser()
    const { text } = await window.open(acceptAtZoho(zoho, await openWindow(window), admin, 'evil'))
    expect(problemOf(text)).toBe('wrong_data_centre')
    expect(network.requests).toEqual([])
  })

  it('while Zoho fails reads that nothing was changed', async () => {
    network.handle((_, url) => (url.hostname.startsWith('desk.') ? new Response('down', { status: 500 }) : undefined))
    const window = browser()
    const at = await openWindow(window, { purpose: 'connect' })
    const { text, response } = await window.open(acceptAtZoho(zoho, at, admin))
    expect({ problem: problemOf(text), status: response.status }).toEqual({ problem: 'unavailable', status: 503 })
    expect(zoho.refreshTokens.size).toBe(0)
  })
})

describe('a window', () => {
  it('opens for complete addresses only', async () => {
    for (const path of [
      '/admin/sign-in',
      '/admin/sign-in?challenge=short&portalId=1&dataCentre=US&purpose=proof',
      `/admin/sign-in?challenge=${'a'.repeat(43)}&portalId=1&dataCentre=XX&purpose=proof`,
      `/admin/sign-in?challenge=${'a'.repeat(43)}&portalId=../1&dataCentre=US&purpose=proof`,
      `/admin/sign-in?challenge=${'a'.repeat(43)}&portalId=1&dataCentre=US&purpose=everything`,
    ]) {
      const { response, text } = await browser().open(path)
      expect({ path, status: response.status, problem: problemOf(text) }).toEqual({
        path,
        status: 400,
        problem: 'bad_link',
      })
    }
  })

  it('is tied to its browser by a cookie that no script and no neighbour can touch', async () => {
    const { response } = await browser().open(
      `/admin/sign-in?challenge=${'a'.repeat(43)}&portalId=1&dataCentre=US&purpose=proof`,
    )
    expect(response.headers.get('Set-Cookie')).toMatch(
      /^__Host-kaiwa_sign_in=[0-9a-z]{40}; Max-Age=900; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
    )
  })

  it('comes back once, in the browser that opened it, within ten minutes', async () => {
    await connect()
    const window = browser()
    const at = await openWindow(window, { portalId: admin.portalId })
    const other = browser()
    await openWindow(other)
    expect(problemOf((await other.open(acceptAtZoho(zoho, at, admin))).text)).toBe('expired')
    expect(problemOf((await browser().open(acceptAtZoho(zoho, at, admin))).text)).toBe('expired')
    expect(confirmOf((await window.open(acceptAtZoho(zoho, at, admin))).text)).not.toBe('')
    expect(problemOf((await window.open(acceptAtZoho(zoho, at, admin))).text)).toBe('expired')
    const forged = new URL(at)
    forged.searchParams.set('state', 'a'.repeat(40))
    expect(problemOf((await window.open(acceptAtZoho(zoho, forged, admin))).text)).toBe('expired')

    const late = await openWindow(window, { portalId: admin.portalId })
    vi.spyOn(Date, 'now').mockReturnValue(Date.now() + 10 * 60_000)
    expect(problemOf((await window.open(acceptAtZoho(zoho, late, admin))).text)).toBe('expired')
  })

  it('stands beside another one of the same browser', async () => {
    await connect()
    const tabs = browser()
    const first = await openWindow(tabs, { portalId: admin.portalId })
    const second = await openWindow(tabs, { portalId: admin.portalId })
    for (const at of [first, second]) {
      expect(confirmOf((await tabs.open(acceptAtZoho(zoho, at, admin))).text)).not.toBe('')
    }
  })

  it('is confirmed once, in its own browser', async () => {
    await connect()
    const window = browser()
    const { text } = await window.open(
      acceptAtZoho(zoho, await openWindow(window, { portalId: admin.portalId }), admin),
    )
    const form = { confirm: confirmOf(text), decision: 'continue' }
    const other = browser()
    await openWindow(other)
    for (const stranger of [browser(), other]) {
      expect(problemOf((await stranger.open('/admin/sign-in/confirm', form)).text)).toBe('expired')
    }
    const twice = await Promise.all([1, 2].map(() => window.open('/admin/sign-in/confirm', form)))
    expect(twice.map((answer) => (codeOf(answer.text) === '' ? problemOf(answer.text) : 'code')).toSorted()).toEqual([
      'code',
      'expired',
    ])
    const wrong = { confirm: 'a'.repeat(40), decision: 'continue' }
    expect(problemOf((await window.open('/admin/sign-in/confirm', wrong)).text)).toBe('expired')
  })

  it('says whom it is about, and shows what came from Desk as text', async () => {
    const person = { ...admin, name: '<img src=x onerror=alert(1)>', companyName: '"><script>alert(2)</script>' }
    const window = browser()
    const at = await openWindow(window, { purpose: 'connect', portalId: admin.portalId, locale: 'ja_JP' })
    const { text, response } = await window.open(acceptAtZoho(zoho, at, person))
    expect(text).toContain('<html lang="ja">')
    expect(text).toContain('Zoho DeskをKaiwaに接続する')
    expect(text).toContain('&lt;img src=x onerror=alert(1)&gt;')
    expect(text).not.toContain('<script>alert')
    const policy = response.headers.get('Content-Security-Policy') ?? ''
    expect(policy).toMatch(
      /^default-src 'none'; style-src 'nonce-\w{40}'; script-src 'nonce-\w{40}'; form-action 'self'/,
    )
    expect(policy).toContain("frame-ancestors 'none'")
    expect(response.headers.get('Referrer-Policy')).toBe('no-referrer')
    expect(response.headers.get('Cache-Control')).toBe('no-store')
  })

  it.each([
    ['https://kaiwa.test', true],
    ['https://abc.sigmausercontent.com', true],
    ['https://desk.zoho.eu', true],
    ['https://evil.example', false],
    ['https://evilsigmausercontent.com', false],
    ['https://desk.zoho.com.evil.example', false],
    ['http://desk.zoho.com', false],
    ['http://127.0.0.1:4303', false],
    ['*', false],
    ['null', false],
  ])('of %s is posted its code: %s', async (origin, isTold) => {
    await connect()
    const window = browser()
    const at = await openWindow(window, { portalId: admin.portalId, origin })
    const { text } = await window.open(acceptAtZoho(zoho, at, admin))
    const done = await window.open('/admin/sign-in/confirm', { confirm: confirmOf(text), decision: 'continue' })
    expect(codeOf(done.text)).not.toBe('')
    expect(done.text.includes('postMessage')).toBe(isTold)
    if (isTold) expect(done.text).toContain(`"source":"kaiwa.sign_in","code":"${codeOf(done.text)}"}, "${origin}")`)
  })
})

describe('the code of a window', () => {
  it('is worth one session, to the page with the verifier', async () => {
    await connect()
    const code = await signIn(zoho, admin)
    expect((await openSession(code)).status).toBe(200)
    const again = await openSession(code)
    expect({ status: again.status, code: await errorCodeOf(again) }).toEqual({
      status: 401,
      code: 'administration.code_refused',
    })
  })

  it('is spent by a wrong verifier', async () => {
    await connect()
    const code = await signIn(zoho, admin)
    expect(await errorCodeOf(await openSession(code, verifierOf('eve')))).toBe('administration.code_refused')
    expect(await errorCodeOf(await openSession(code))).toBe('administration.code_refused')
  })

  it('lives for 60 seconds', async () => {
    await connect()
    const start = Date.now()
    const clock = vi.spyOn(Date, 'now').mockReturnValue(start)
    const [inTime, late] = [await signIn(zoho, admin), await signIn(zoho, admin)]
    clock.mockReturnValue(start + 59_999)
    expect((await openSession(inTime)).status).toBe(200)
    clock.mockReturnValue(start + 60_000)
    expect(await errorCodeOf(await openSession(late))).toBe('administration.code_refused')
  })

  it('that somebody makes up is worth nothing', async () => {
    expect(await errorCodeOf(await openSession('a'.repeat(40)))).toBe('administration.code_refused')
    expect(await errorCodeOf(await openSession('x'))).toBe('request.invalid')
    expect(await errorCodeOf(await openSession('a'.repeat(40), 'short'))).toBe('request.invalid')
  })

  it('is no session token, and a session is no proof', async () => {
    const session = await connect()
    const { portal: of } = session
    const row = await env.DIRECTORY.prepare('SELECT id, shard, epoch FROM organisations WHERE portal_id = ?1')
      .bind(of.id)
      .first<{ id: string; shard: number; epoch: number }>()
    const { id: orgId = '', shard = 0, epoch = 0 } = row ?? {}
    const scope = { orgId, portalId: of.id, dataCentre: 'US', shard, epoch, db: shardDatabase(env, shard) }
    const outcome = async (token: string) => {
      const response = await callApp(app, { method: 'POST', path: '/api/admin/disconnect', token })
      return response.ok ? '200' : errorCodeOf(response)
    }
    expect(await outcome(await signIn(zoho, admin))).toBe('sessions.invalid')
    expect(await outcome(await tokenOf(scope, { role: 'admin' }))).toBe('sessions.proof_missing')
    expect(await outcome(await tokenOf(scope, { role: 'agent', isProof: true }))).toBe('sessions.role_too_low')
    expect(await outcome(session.token)).toBe('200')
  })
})
