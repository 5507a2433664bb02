import type { Context, Hono } from 'hono'
import { demoZoho } from '../../demo.ts'
import { findAgent, nameOf } from '../context.ts'
import type { DeskContext } from '../context.ts'
import { consentPage, oauthErrorPage } from './consent-page.ts'
import type { Signer } from './consent-page.ts'
import { exchangeCode, hasRefreshToken, issueCode, refresh, revoke } from './tokens.ts'
import type { TokenAnswer } from './tokens.ts'

const CLIENTS: Record<string, { name: string; secret: string }> = {
  [demoZoho.clientId]: { name: 'Kaiwa', secret: demoZoho.clientSecret },
}
const SCOPE = /^Desk\.[A-Za-z]+(\.[A-Za-z]+)?\.(ALL|READ|CREATE|UPDATE|DELETE|WRITE)$/i
const THROTTLED = 'You have made too many requests continuously. Please try again after some time.'

type Params = Record<string, string>

/**
 * Zoho's accounts server: the consent page, tokens and their revocation. Sandbox-only: the person who signs in is
 * chosen on the page. `workerOrigin` is where the OAuth client's redirect addresses lie.
 */
export function addAccountsRoutes(app: Hono, desk: DeskContext, workerOrigin: string): void {
  app.use('/oauth/v2/auth', async (c, next) => {
    await next()
    if (desk.state.settings.isolatedAccounts) c.header('cross-origin-opener-policy', 'same-origin')
  })
  app.get('/oauth/v2/auth', async (c) => {
    const query = c.req.query()
    const problem = authProblem(desk, query, workerOrigin)
    if (problem !== undefined) return c.html(oauthErrorPage('OAuth error', problem), 400)
    const request = {
      clientId: query.client_id ?? '',
      clientName: CLIENTS[query.client_id ?? '']?.name ?? '',
      redirectUri: query.redirect_uri ?? '',
      state: query.state ?? '',
      scopes: splitScopes(query.scope),
      accessType: query.access_type ?? 'online',
      prompt: query.prompt ?? '',
    }
    return c.html(consentPage(request, signersOf(desk)))
  })
  app.post('/oauth/v2/auth/decision', async (c) => {
    const form = await readParams(c)
    const problem = authProblem(desk, { ...form, response_type: 'code' }, workerOrigin)
    if (problem !== undefined) return c.html(oauthErrorPage('OAuth error', problem), 400)
    return c.redirect(decisionTarget(desk, form))
  })
  app.post('/oauth/v2/token', async (c) => {
    const params = await readParams(c)
    const answer = tokenAnswer(desk, params)
    desk.save()
    if (answer.ok) return c.json(tokenBody(answer, desk.state.settings.accessTokenTtlMs))
    if (answer.error !== 'Access Denied') return c.json({ error: answer.error }, desk.state.settings.oauthErrorStatus)
    return c.json({ error: answer.error, error_description: THROTTLED, status: 'failure' }, 400)
  })
  app.post('/oauth/v2/token/revoke', (c) => {
    const isKnown = revoke(desk.state.accounts, c.req.query('token') ?? '')
    desk.save()
    return isKnown
      ? c.json({ status: 'success' })
      : c.json({ error: 'invalid_token' }, desk.state.settings.oauthErrorStatus)
  })
}

function authProblem(desk: DeskContext, params: Params, workerOrigin: string): string | undefined {
  const scopes = splitScopes(params.scope)
  if (CLIENTS[params.client_id ?? ''] === undefined) return 'Invalid Client'
  if (params.response_type !== 'code') return 'Invalid Response Type'
  if (!isRegistered(desk, params.redirect_uri ?? '', workerOrigin)) return 'Invalid Redirect Uri'
  if (scopes.length === 0 || !scopes.every((scope) => SCOPE.test(scope))) return 'Scope does not exist'
  if (!['online', 'offline'].includes(params.access_type ?? 'online')) return 'Invalid Access Type'
  return undefined
}

function decisionTarget(desk: DeskContext, form: Params): string {
  const target = new URL(form.redirect_uri ?? '')
  const [orgId = '', agentId = ''] = (form.signer ?? '').split('/')
  const portal = desk.state.portals[orgId]
  if (form.state !== undefined && form.state !== '') target.searchParams.set('state', form.state)
  if (form.decision !== 'accept' || portal === undefined || findAgent(portal, agentId) === undefined) {
    target.searchParams.set('error', 'access_denied')
    return target.toString()
  }
  const clientId = form.client_id ?? ''
  const isAgain = hasRefreshToken(desk.state.accounts, clientId, agentId)
  const isConsentAsked = (form.prompt ?? '').split(/[ ,]/).includes('consent')
  const code = issueCode(
    desk.state.accounts,
    {
      clientId,
      orgId,
      agentId,
      scopes: splitScopes(form.scope),
      redirectUri: form.redirect_uri ?? '',
      givesRefreshToken: form.access_type === 'offline' && (isConsentAsked || !isAgain),
    },
    desk.clock.now(),
  )
  desk.save()
  target.searchParams.set('code', code)
  target.searchParams.set('location', desk.state.settings.dataCentre.toLowerCase())
  target.searchParams.set('accounts-server', desk.origin)
  return target.toString()
}

function tokenAnswer(desk: DeskContext, params: Params): TokenAnswer {
  const { accounts, settings } = desk.state
  const clientId = params.client_id ?? ''
  const client = CLIENTS[clientId]
  if (client === undefined) return { ok: false, error: 'invalid_client' }
  if (params.client_secret !== client.secret) return { ok: false, error: 'invalid_client_secret' }
  const now = desk.clock.now()
  if (params.grant_type === 'refresh_token') {
    return refresh(accounts, { refreshToken: params.refresh_token ?? '', clientId }, settings, now)
  }
  if (params.grant_type !== 'authorization_code') return { ok: false, error: 'invalid_code' }
  return exchangeCode(
    accounts,
    { code: params.code ?? '', clientId, redirectUri: params.redirect_uri ?? '' },
    settings,
    now,
  )
}

function tokenBody(answer: TokenAnswer & { ok: true }, ttlMs: number): Record<string, unknown> {
  return {
    access_token: answer.accessToken,
    ...(answer.refreshToken === null ? {} : { refresh_token: answer.refreshToken }),
    // A generic host, not Desk's: the data centre never comes from here.
    api_domain: 'https://www.zohoapis.com',
    token_type: 'Bearer',
    expires_in: Math.floor(ttlMs / 1_000),
  }
}

function isRegistered(desk: DeskContext, redirectUri: string, workerOrigin: string): boolean {
  if (!URL.canParse(redirectUri)) return false
  const registered = desk.state.settings.redirectUris
  return registered === null ? new URL(redirectUri).origin === workerOrigin : registered.includes(redirectUri)
}

function signersOf(desk: DeskContext): Signer[] {
  return Object.values(desk.state.portals).flatMap((portal) =>
    portal.agents
      .filter((agent) => agent.status === 'ACTIVE')
      .map((agent) => ({
        agentId: agent.id,
        orgId: portal.orgId,
        name: nameOf(agent),
        email: agent.email,
        role: agent.rolePermissionType,
        companyName: portal.companyName,
      })),
  )
}

function splitScopes(scope: string | undefined): string[] {
  return (scope ?? '').split(/[ ,]+/).filter((part) => part !== '')
}

/** Zoho takes parameters in the query or in a form body. */
async function readParams(c: Context): Promise<Params> {
  const isForm = /form-urlencoded|multipart/.test(c.req.header('content-type') ?? '')
  const form = isForm ? await c.req.parseBody() : {}
  const texts = Object.entries(form).filter((entry): entry is [string, string] => typeof entry[1] === 'string')
  return { ...c.req.query(), ...Object.fromEntries(texts) }
}
