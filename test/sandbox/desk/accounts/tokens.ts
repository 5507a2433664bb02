import { randomBytes } from 'node:crypto'
import type { DeskSettings } from '../settings.ts'
import type { AccessToken, AccountsState, Grant, GrantCode, RefreshToken } from '../state.ts'

const CODE_TTL_MS = 2 * 60_000
const TEN_MINUTES_MS = 10 * 60_000
const MINUTE_MS = 60_000

/** What Zoho's token endpoint answers when it refuses; "Access Denied" is its throttle. */
export type TokenError =
  | 'invalid_code'
  | 'invalid_client'
  | 'invalid_client_secret'
  | 'invalid_redirect_uri'
  | 'Access Denied'

export type TokenAnswer =
  | { ok: true; accessToken: string; refreshToken: string | null }
  | { ok: false; error: TokenError }

/** A grant code: single use, two minutes. */
export function issueCode(
  accounts: AccountsState,
  grant: Grant & { redirectUri: string; givesRefreshToken: boolean },
  now: number,
): string {
  const code = randomToken()
  const kept = Object.entries(accounts.codes).filter(([, entry]) => entry.expiresAt > now)
  const entry: GrantCode = { ...grant, expiresAt: now + CODE_TTL_MS }
  accounts.codes = Object.fromEntries([...kept, [code, entry]])
  return code
}

/** Zoho leaves the refresh token out when this user gave this client one before and `prompt=consent` is missing. */
export function hasRefreshToken(accounts: AccountsState, clientId: string, agentId: string): boolean {
  return Object.values(accounts.refreshTokens).some((token) => isOf(token, clientId, agentId))
}

export function exchangeCode(
  accounts: AccountsState,
  request: { code: string; clientId: string; redirectUri: string },
  settings: DeskSettings,
  now: number,
): TokenAnswer {
  const grant = accounts.codes[request.code]
  if (grant === undefined || grant.clientId !== request.clientId) return { ok: false, error: 'invalid_code' }
  if (grant.redirectUri !== request.redirectUri) return { ok: false, error: 'invalid_redirect_uri' }
  delete accounts.codes[request.code]
  if (grant.expiresAt <= now) return { ok: false, error: 'invalid_code' }
  if (!grant.givesRefreshToken) {
    return { ok: true, accessToken: issueAccessToken(accounts, grant, null, settings, now), refreshToken: null }
  }
  const recent = Object.values(accounts.refreshTokens).filter(
    (token) => isOf(token, grant.clientId, grant.agentId) && token.createdAt > now - MINUTE_MS,
  )
  if (recent.length >= settings.refreshTokensPerMinute) return { ok: false, error: 'Access Denied' }
  const refreshToken = issueRefreshToken(accounts, grant, settings, now)
  return { ok: true, accessToken: issueAccessToken(accounts, grant, refreshToken, settings, now), refreshToken }
}

/** A refresh gives an access token and never another refresh token. */
export function refresh(
  accounts: AccountsState,
  request: { refreshToken: string; clientId: string },
  settings: DeskSettings,
  now: number,
): TokenAnswer {
  const token = accounts.refreshTokens[request.refreshToken]
  if (token === undefined || token.clientId !== request.clientId) return { ok: false, error: 'invalid_code' }
  token.issued = token.issued.filter((at) => at > now - TEN_MINUTES_MS)
  if (token.issued.length >= settings.accessTokensPer10Min) return { ok: false, error: 'Access Denied' }
  token.issued.push(now)
  return {
    ok: true,
    accessToken: issueAccessToken(accounts, token, request.refreshToken, settings, now),
    refreshToken: null,
  }
}

/** Revoking a refresh token takes its access tokens with it. Answers whether the token existed. */
export function revoke(accounts: AccountsState, token: string): boolean {
  if (accounts.accessTokens[token] !== undefined) {
    delete accounts.accessTokens[token]
    return true
  }
  if (accounts.refreshTokens[token] === undefined) return false
  dropRefreshToken(accounts, token)
  return true
}

/** All that an agent granted is gone, as when the administrator removes the connected app. */
export function revokeAll(accounts: AccountsState, isMeant: (grant: Grant) => boolean): void {
  for (const [token, entry] of Object.entries(accounts.refreshTokens)) {
    if (isMeant(entry)) dropRefreshToken(accounts, token)
  }
  for (const [token, entry] of Object.entries(accounts.accessTokens)) {
    if (isMeant(entry)) delete accounts.accessTokens[token]
  }
}

/** The token's grant while it lives. */
export function readAccessToken(accounts: AccountsState, token: string, now: number): AccessToken | undefined {
  const entry = accounts.accessTokens[token]
  return entry !== undefined && entry.expiresAt > now ? entry : undefined
}

function issueRefreshToken(accounts: AccountsState, grant: Grant, settings: DeskSettings, now: number): string {
  const theirs = Object.entries(accounts.refreshTokens)
    .filter(([, token]) => isOf(token, grant.clientId, grant.agentId))
    .toSorted(([, left], [, right]) => left.createdAt - right.createdAt)
  const surplus = theirs.length + 1 - settings.refreshTokensPerUser
  for (const [oldest] of theirs.slice(0, Math.max(0, surplus))) dropRefreshToken(accounts, oldest)
  const token = randomToken()
  const entry: RefreshToken = { ...grantOf(grant), createdAt: now, issued: [] }
  accounts.refreshTokens[token] = entry
  return token
}

function issueAccessToken(
  accounts: AccountsState,
  grant: Grant,
  refreshToken: string | null,
  settings: DeskSettings,
  now: number,
): string {
  for (const [token, entry] of Object.entries(accounts.accessTokens)) {
    if (entry.expiresAt <= now) delete accounts.accessTokens[token]
  }
  if (refreshToken !== null) {
    const live = Object.entries(accounts.accessTokens).filter(([, entry]) => entry.refreshToken === refreshToken)
    live.sort(([, left], [, right]) => left.createdAt - right.createdAt)
    const surplus = live.length + 1 - settings.liveAccessTokens
    for (const [oldest] of live.slice(0, Math.max(0, surplus))) delete accounts.accessTokens[oldest]
  }
  const token = randomToken()
  const expiresAt = now + settings.accessTokenTtlMs
  accounts.accessTokens[token] = { ...grantOf(grant), refreshToken, createdAt: now, expiresAt }
  return token
}

function dropRefreshToken(accounts: AccountsState, refreshToken: string): void {
  delete accounts.refreshTokens[refreshToken]
  for (const [token, entry] of Object.entries(accounts.accessTokens)) {
    if (entry.refreshToken === refreshToken) delete accounts.accessTokens[token]
  }
}

function isOf(grant: Grant, clientId: string, agentId: string): boolean {
  return grant.clientId === clientId && grant.agentId === agentId
}

function grantOf({ clientId, orgId, agentId, scopes }: Grant): Grant {
  return { clientId, orgId, agentId, scopes: [...scopes] }
}

function randomToken(): string {
  return `1000.${randomBytes(16).toString('hex')}.${randomBytes(16).toString('hex')}`
}
