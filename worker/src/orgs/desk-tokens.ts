import type { AccessToken, OAuthFailure } from '../desk/oauth.ts'
import type { Clock } from '../platform/clock.ts'
import type { Result } from '../platform/errors.ts'
import { failed, ok } from '../platform/errors.ts'
import type { Logger } from '../platform/logger.ts'
import type { ConnectionRow } from './connections.repo.ts'
import { isTokenUsable, refreshAllowance, refreshBackoffMs } from './lease.model.ts'
import type { LeaseRefusal } from './lease.types.ts'

/** How often a revoked connection is read again, in case the word that Desk was connected anew got lost. */
const REVOKED_MS = 60_000
const THROTTLED_MS = 60_000

export type TokenPorts = {
  readConnection(): Promise<ConnectionRow | null>
  openRefreshToken(sealed: string): Promise<string>
  openAccessToken(sealed: string): Promise<string>
  /** Seals and keeps it, so that a restart spends no token request. Null forgets the one that is kept. */
  saveAccessToken(accessToken: string | null, expiresAt: number): Promise<void>
  markRevoked(sealedRefreshToken: string, reason: string): Promise<void>
  requestToken(refreshToken: string): Promise<Result<AccessToken, OAuthFailure>>
  readRefreshes(): Promise<number[]>
  writeRefreshes(refreshedAt: readonly number[]): Promise<void>
  clock: Clock
  random: () => number
  logger: Logger
}

type Token = { accessToken: string; expiresAt: number }

/** The one access token of an organisation: kept, refreshed by one request at a time, within Zoho's allowance. */
export class DeskTokens {
  readonly #ports: TokenPorts
  #connection: { row: ConnectionRow; token: Token | null; readAt: number } | null = null
  #refreshing: Promise<Result<Token, LeaseRefusal>> | null = null
  #failures = 0
  #notBefore = 0

  constructor(ports: TokenPorts) {
    this.#ports = ports
  }

  /** Desk was connected anew: what is known is read again. */
  forget(): void {
    this.#connection = null
    this.#failures = 0
    this.#notBefore = 0
  }

  /** Concurrent calls the connection's Desk allows. */
  async concurrency(): Promise<number> {
    return (await this.#load())?.row.concurrency ?? 1
  }

  async current(): Promise<Result<Token, LeaseRefusal>> {
    const { clock } = this.#ports
    const known = await this.#load()
    if (known === null || known.row.status !== 'connected')
      return failed({ reason: 'revoked', retryAt: clock() + REVOKED_MS })
    if (known.token !== null && isTokenUsable(known.token.expiresAt, clock())) return ok(known.token)
    this.#refreshing ??= this.#refresh(known.row).finally(() => {
      this.#refreshing = null
    })
    return this.#refreshing
  }

  /** A token that is no longer the current one changes nothing: somebody else reported it before. */
  async markInvalid(accessToken: string): Promise<void> {
    if (this.#connection?.token?.accessToken !== accessToken) return
    this.#connection.token = null
    await this.#ports.saveAccessToken(null, 0)
  }

  async #load() {
    const now = this.#ports.clock()
    const known = this.#connection
    if (known !== null && (known.row.status === 'connected' || known.readAt > now - REVOKED_MS)) return known
    const row = await this.#ports.readConnection()
    if (row === null) return null
    const token =
      row.access_token === null
        ? null
        : { accessToken: await this.#ports.openAccessToken(row.access_token), expiresAt: row.access_expires_at }
    // Another call may have read it meanwhile, and refreshed the token.
    if (this.#connection !== known && this.#connection !== null) return this.#connection
    this.#connection = { row, token, readAt: now }
    return this.#connection
  }

  async #refresh(row: ConnectionRow): Promise<Result<Token, LeaseRefusal>> {
    const { clock, logger } = this.#ports
    if (clock() < this.#notBefore) return failed({ reason: 'unavailable', retryAt: this.#notBefore })
    const { recent, allowedAt } = refreshAllowance(await this.#ports.readRefreshes(), clock())
    if (allowedAt > clock()) return failed({ reason: 'paused', retryAt: allowedAt })
    await this.#ports.writeRefreshes([...recent, clock()])
    const answer = await this.#ports.requestToken(await this.#ports.openRefreshToken(row.refresh_token))
    if (!answer.ok) {
      logger.warn('desk.token_refused', { kind: answer.error.kind, reason: answer.error.reason })
      return failed(await this.#refused(row, answer.error))
    }
    this.#failures = 0
    const token = { accessToken: answer.value.accessToken, expiresAt: clock() + answer.value.expiresInMs }
    if (this.#connection?.row === row) this.#connection.token = token
    await this.#ports.saveAccessToken(token.accessToken, token.expiresAt)
    return ok(token)
  }

  async #refused(row: ConnectionRow, failure: OAuthFailure): Promise<LeaseRefusal> {
    const { clock, random } = this.#ports
    switch (failure.kind) {
      case 'revoked':
        await this.#ports.markRevoked(row.refresh_token, failure.reason)
        this.#connection = null
        return { reason: 'revoked', retryAt: clock() + REVOKED_MS }
      case 'throttled':
        this.#notBefore = clock() + THROTTLED_MS
        return { reason: 'paused', retryAt: this.#notBefore }
      case 'misconfigured':
      case 'unavailable':
        this.#notBefore = clock() + refreshBackoffMs(this.#failures, random())
        this.#failures += 1
        return { reason: 'unavailable', retryAt: this.#notBefore }
    }
  }
}
