import { z } from 'zod'
import { failed, ok } from '../platform/errors.ts'
import type { Result } from '../platform/errors.ts'
import type { Fetcher } from '../platform/http.ts'
import { call, parseJson } from '../platform/http.ts'

/** Our OAuth client at Zoho, and the accounts server of the user's data centre. */
export type OAuthClient = { accountsOrigin: string; clientId: string; clientSecret: string }

export type AccessToken = { accessToken: string; expiresInMs: number }

/**
 * `revoked`: the refresh token or code is worth nothing. `throttled`: too many token requests, nothing is wrong with the grant.
 * `misconfigured`: our client is not accepted. `unavailable`: no usable answer.
 */
export type OAuthFailure = { kind: 'revoked' | 'throttled' | 'misconfigured' | 'unavailable'; reason: string }

const TIMEOUT_MS = 15_000

const answerSchema = z.looseObject({
  access_token: z.string().min(1).optional(),
  refresh_token: z.string().min(1).optional(),
  expires_in: z.coerce.number().positive().catch(3_600),
  error: z.string().optional(),
})

/** Words of the token endpoint, which answers errors with status 200 or 400. */
const FAILURES: Record<string, OAuthFailure['kind']> = {
  invalid_code: 'revoked',
  invalid_grant: 'revoked',
  invalid_token: 'revoked',
  'Access Denied': 'throttled',
  access_denied: 'throttled',
  invalid_client: 'misconfigured',
  invalid_client_secret: 'misconfigured',
  invalid_redirect_uri: 'misconfigured',
}

/** A new access token. Zoho gives 10 in 10 minutes per refresh token, and no new refresh token with it. */
export async function refreshAccessToken(
  client: OAuthClient,
  refreshToken: string,
  fetcher?: Fetcher,
): Promise<Result<AccessToken, OAuthFailure>> {
  const answer = await requestToken(client, { grant_type: 'refresh_token', refresh_token: refreshToken }, fetcher)
  if (!answer.ok) return answer
  return ok({ accessToken: answer.value.accessToken, expiresInMs: answer.value.expiresInMs })
}

/** Where somebody signs in and consents. An `offline` grant asks for consent each time: without it Zoho gives no refresh token again. */
export function authoriseUrl(
  { accountsOrigin, clientId }: Pick<OAuthClient, 'accountsOrigin' | 'clientId'>,
  ask: { scopes: readonly string[]; redirectUri: string; state: string; access: 'online' | 'offline' },
): string {
  const url = new URL('/oauth/v2/auth', accountsOrigin)
  url.search = new URLSearchParams({
    scope: ask.scopes.join(','),
    client_id: clientId,
    response_type: 'code',
    access_type: ask.access,
    redirect_uri: ask.redirectUri,
    state: ask.state,
    ...(ask.access === 'offline' ? { prompt: 'consent' } : {}),
  }).toString()
  return url.toString()
}

/** Exchanges the code of a sign-in, which lives two minutes. A sign-in that was not offline brings no refresh token. */
export function exchangeCode(
  client: OAuthClient,
  grant: { code: string; redirectUri: string },
  fetcher?: Fetcher,
): Promise<Result<AccessToken & { refreshToken: string | null }, OAuthFailure>> {
  return requestToken(
    client,
    { grant_type: 'authorization_code', code: grant.code, redirect_uri: grant.redirectUri },
    fetcher,
  )
}

/** Ends a refresh token with its access tokens. The token goes in the query: Zoho names no other place for it. False where Zoho did not confirm it: it may live on until its user ends it. */
export async function revokeToken(
  { accountsOrigin }: Pick<OAuthClient, 'accountsOrigin'>,
  refreshToken: string,
  fetcher?: Fetcher,
): Promise<boolean> {
  const query = new URLSearchParams({ token: refreshToken }).toString()
  const sent = await call(`${accountsOrigin}/oauth/v2/token/revoke?${query}`, { method: 'POST' }, TIMEOUT_MS, fetcher)
  return (
    sent.ok && sent.value.status === 200 && answerSchema.safeParse(parseJson(sent.value.text)).data?.error === undefined
  )
}

async function requestToken(
  client: OAuthClient,
  grant: Record<string, string>,
  fetcher: Fetcher | undefined,
): Promise<Result<AccessToken & { refreshToken: string | null }, OAuthFailure>> {
  // In the body rather than the query: addresses end up in logs.
  const body = new URLSearchParams({ ...grant, client_id: client.clientId, client_secret: client.clientSecret })
  const sent = await call(`${client.accountsOrigin}/oauth/v2/token`, { method: 'POST', body }, TIMEOUT_MS, fetcher)
  if (!sent.ok) return failed({ kind: 'unavailable', reason: sent.error.reason })
  const parsed = answerSchema.safeParse(parseJson(sent.value.text))
  if (!parsed.success) return failed({ kind: 'unavailable', reason: `http_${sent.value.status}` })
  const { access_token: accessToken, refresh_token: refreshToken, expires_in: expiresIn, error } = parsed.data
  if (accessToken !== undefined)
    return ok({ accessToken, refreshToken: refreshToken ?? null, expiresInMs: expiresIn * 1_000 })
  const kind = error === undefined ? undefined : FAILURES[error]
  return failed({ kind: kind ?? 'unavailable', reason: error ?? `http_${sent.value.status}` })
}
