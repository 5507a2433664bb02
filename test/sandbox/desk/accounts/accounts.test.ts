import { describe, expect, it } from 'vitest'
import { demoAgentIds, demoPortal, demoZoho, otherPortal } from '../../demo.ts'
import { DeskKit, textLike } from '../testkit.ts'

const REDIRECT = 'http://127.0.0.1:4301/oauth/callback'
const ana = { orgId: demoPortal.orgId, agentId: demoAgentIds.ana }
const SECOND_MS = 1_000

function authUrl(changes: Record<string, string> = {}): string {
  const query = new URLSearchParams({
    client_id: demoZoho.clientId,
    redirect_uri: REDIRECT,
    response_type: 'code',
    scope: 'Desk.tickets.READ,Desk.basic.READ',
    access_type: 'offline',
    state: 's-1',
    ...changes,
  })
  return `/oauth/v2/auth?${query}`
}

describe('consent page', () => {
  it('names scopes and who may sign in, in which portal', async () => {
    const page = await new DeskKit().send(authUrl(), {})
    expect(page.status).toBe(200)
    expect(page.text).toContain('Desk.tickets.READ')
    expect(page.text).toContain('Ana Ito')
    expect(page.text).toContain(`portal ${otherPortal.companyName}`)
    expect(page.text).not.toContain('Dan Old')
  })

  it.each([
    ['Invalid Client', { client_id: '1000.NOBODY' }],
    ['Invalid Response Type', { response_type: 'token' }],
    ['Invalid Redirect Uri', { redirect_uri: 'http://evil.example/callback' }],
    ['Scope does not exist', { scope: 'Mail.read' }],
    ['Invalid Access Type', { access_type: 'forever' }],
  ])('refuses with %s', async (reason, changes) => {
    const page = await new DeskKit().send(authUrl(changes), {})
    expect(page.status).toBe(400)
    expect(page.text).toContain(reason)
  })

  it('escapes what the caller put into the address', async () => {
    const page = await new DeskKit().send(authUrl({ state: '"><script>alert(1)</script>' }), {})
    expect(page.text).not.toContain('<script>alert')
  })

  it('names the data centre of the portal, and cuts the tie to its opener where it is set so', async () => {
    const kit = new DeskKit()
    expect((await kit.send(authUrl(), {})).headers.get('cross-origin-opener-policy')).toBeNull()
    await kit.control('settings', { dataCentre: 'JP', isolatedAccounts: true })
    expect((await kit.send(authUrl(), {})).headers.get('cross-origin-opener-policy')).toBe('same-origin')
    const form = { client_id: demoZoho.clientId, redirect_uri: REDIRECT, scope: 'Desk.basic.READ' }
    const signer = `${ana.orgId}/${ana.agentId}`
    const accepted = await kit.post('/oauth/v2/auth/decision', { ...form, signer, decision: 'accept' })
    expect(new URL(accepted.headers.get('location') ?? '').searchParams.get('location')).toBe('jp')
  })

  it('comes back with code, state, location and accounts-server, or with access_denied', async () => {
    const kit = new DeskKit()
    const form = { client_id: demoZoho.clientId, redirect_uri: REDIRECT, scope: 'Desk.basic.READ', state: 's-1' }
    const signer = `${ana.orgId}/${ana.agentId}`
    const accepted = await kit.post('/oauth/v2/auth/decision', { ...form, signer, decision: 'accept' })
    const target = new URL(accepted.headers.get('location') ?? '')
    expect(Object.fromEntries(target.searchParams)).toMatchObject({
      state: 's-1',
      location: 'us',
      'accounts-server': 'http://127.0.0.1:4302',
    })
    expect(target.searchParams.get('code')).toMatch(/^1000\./)
    const rejected = await kit.post('/oauth/v2/auth/decision', { ...form, signer, decision: 'reject' })
    expect(new URL(rejected.headers.get('location') ?? '').search).toBe('?state=s-1&error=access_denied')
  })
})

describe('grant codes', () => {
  async function code(kit: DeskKit): Promise<string> {
    const form = { client_id: demoZoho.clientId, redirect_uri: REDIRECT, scope: 'Desk.basic.READ' }
    const signer = `${ana.orgId}/${ana.agentId}`
    const answer = await kit.post('/oauth/v2/auth/decision', { ...form, signer, decision: 'accept' })
    return new URL(answer.headers.get('location') ?? '').searchParams.get('code') ?? ''
  }

  it('work once', async () => {
    const kit = new DeskKit()
    const granted = await code(kit)
    expect((await kit.exchange(granted, REDIRECT)).body.access_token).toMatch(/^1000\./)
    expect((await kit.exchange(granted, REDIRECT)).body).toEqual({ error: 'invalid_code' })
  })

  it('live for two minutes', async () => {
    const kit = new DeskKit()
    const granted = await code(kit)
    kit.clock.advance(120 * SECOND_MS)
    expect((await kit.exchange(granted, REDIRECT)).body).toEqual({ error: 'invalid_code' })
  })

  it('need the same redirect address', async () => {
    const kit = new DeskKit()
    const answer = await kit.exchange(await code(kit), `${REDIRECT}/other`)
    expect(answer.body).toEqual({ error: 'invalid_redirect_uri' })
  })

  it('answer refusals with 200, or with 400 where the settings say so', async () => {
    const kit = new DeskKit()
    expect((await kit.exchange('nothing', REDIRECT)).status).toBe(200)
    await kit.control('settings', { oauthErrorStatus: 400 })
    expect((await kit.exchange('nothing', REDIRECT)).status).toBe(400)
  })
})

describe('tokens', () => {
  it('give a refresh token for offline access only, and again only with prompt=consent', async () => {
    const kit = new DeskKit()
    expect((await kit.signIn(ana, { accessType: 'online' })).body).not.toHaveProperty('refresh_token')
    expect((await kit.signIn(ana, { prompt: 'consent' })).body).toHaveProperty('refresh_token')
    expect((await kit.signIn(ana, { prompt: '' })).body).not.toHaveProperty('refresh_token')
  })

  it('answer as Zoho does, without a second refresh token', async () => {
    const answer = await new DeskKit().refresh()
    expect(answer.body).toEqual({
      access_token: textLike(/^1000\./),
      api_domain: 'https://www.zohoapis.com',
      token_type: 'Bearer',
      expires_in: 3600,
    })
  })

  it.each([
    ['invalid_client', { client_id: '1000.NOBODY' }],
    ['invalid_client_secret', { client_secret: 'wrong' }],
    ['invalid_code', { refresh_token: '1000.unknown' }],
    ['invalid_code', { grant_type: 'password' }],
  ])('refuse with %s for %o', async (error, changes) => {
    const answer = await new DeskKit().post('/oauth/v2/token', {
      grant_type: 'refresh_token',
      client_id: demoZoho.clientId,
      client_secret: demoZoho.clientSecret,
      refresh_token: demoZoho.refreshToken,
      ...changes,
    })
    expect(answer.body).toEqual({ error })
  })

  it('are throttled: ten per refresh token in ten minutes', async () => {
    const kit = new DeskKit()
    for (let count = 0; count < 10; count += 1) expect((await kit.refresh()).status).toBe(200)
    const refused = await kit.refresh()
    expect(refused.status).toBe(400)
    expect(refused.body.error).toBe('Access Denied')
    kit.clock.advance(600 * SECOND_MS)
    expect((await kit.refresh()).status).toBe(200)
  })

  it('are throttled: five refresh tokens of a user in a minute', async () => {
    const kit = new DeskKit()
    for (let count = 0; count < 5; count += 1) expect((await kit.signIn(ana)).body).toHaveProperty('refresh_token')
    expect((await kit.signIn(ana)).body.error).toBe('Access Denied')
  })

  it('drop the oldest of twenty refresh tokens, and its access tokens with it', async () => {
    const kit = new DeskKit()
    await kit.refresh()
    const oldAccess = kit.token
    for (let count = 0; count < 20; count += 1) {
      kit.clock.advance(60 * SECOND_MS)
      await kit.signIn(ana)
    }
    expect((await kit.refresh()).body).toEqual({ error: 'invalid_code' })
    const call = await kit.api('GET', '/myinfo', undefined, { Authorization: `Zoho-oauthtoken ${oldAccess}` })
    expect(call.body.errorCode).toBe('INVALID_OAUTH')
  })

  it('end after an hour', async () => {
    const kit = await DeskKit.signedIn()
    kit.clock.advance(3_599 * SECOND_MS)
    expect((await kit.api('GET', '/myinfo')).status).toBe(200)
    kit.clock.advance(SECOND_MS)
    expect((await kit.api('GET', '/myinfo')).body.errorCode).toBe('INVALID_OAUTH')
  })

  it('leave only the newest ten of a refresh token alive', async () => {
    const kit = new DeskKit()
    await kit.refresh()
    const first = kit.token
    kit.clock.advance(600 * SECOND_MS)
    for (let count = 0; count < 10; count += 1) await kit.refresh()
    expect((await kit.api('GET', '/myinfo')).status).toBe(200)
    const call = await kit.api('GET', '/myinfo', undefined, { Authorization: `Zoho-oauthtoken ${first}` })
    expect(call.status).toBe(401)
  })
})

describe('revocation', () => {
  it('ends a refresh token with all its access tokens', async () => {
    const kit = await DeskKit.signedIn()
    const answer = await kit.send(`/oauth/v2/token/revoke?token=${demoZoho.refreshToken}`, { method: 'POST' })
    expect(answer.body).toEqual({ status: 'success' })
    expect((await kit.api('GET', '/myinfo')).body.errorCode).toBe('INVALID_OAUTH')
    expect((await kit.refresh()).body).toEqual({ error: 'invalid_code' })
  })

  it('refuses a token that does not exist', async () => {
    const answer = await new DeskKit().send('/oauth/v2/token/revoke?token=x', { method: 'POST' })
    expect(answer.body).toEqual({ error: 'invalid_token' })
  })

  it('is played for a whole organisation and leaves the others alone', async () => {
    const kit = await DeskKit.signedIn()
    await kit.control('revoke', { orgId: demoPortal.orgId })
    expect((await kit.api('GET', '/myinfo')).status).toBe(401)
    expect((await kit.refresh(demoZoho.otherRefreshToken)).body).toHaveProperty('access_token')
  })
})
