import { DurableObject } from 'cloudflare:workers'
import { z } from 'zod'
import { refreshAccessToken } from '../desk/oauth.ts'
import { syncClock, systemClock } from '../platform/clock.ts'
import { open, seal } from '../platform/crypto.ts'
import { dataCentre } from '../platform/data-centres.ts'
import type { Env } from '../platform/env.ts'
import { readConfig } from '../platform/env.ts'
import { failed, ok } from '../platform/errors.ts'
import { newId } from '../platform/ids.ts'
import { logger } from '../platform/logger.ts'
import { parseObjectName } from '../platform/scope.ts'
import type { OrgScope } from '../platform/scope.ts'
import { createConnectionsRepo } from './connections.repo.ts'
import { DeskTokens } from './desk-tokens.ts'
import { LEASE_MS, LeaseGate } from './lease-gate.ts'
import { slotsOf } from './lease.model.ts'
import type { LeaseAnswer, LeaseOutcome, OrgLeases } from './lease.types.ts'
import { loadScope } from './orgs.repo.ts'
import { sealContexts } from './seal-contexts.ts'

/** How long a caller waits for a slot before it is told to come again. */
const WAIT_MS = 10_000

const refreshesSchema = z.array(z.number()).catch([])
const pauseSchema = z.number().catch(0)

/**
 * The gate to one organisation's Desk: access token, concurrent calls, pauses. It gives permits and carries no loads. What must
 * survive a restart is in D1 (tokens, revocation) or its own storage (pause, token requests made).
 */
export class Org extends DurableObject<Env> implements OrgLeases {
  readonly #gate = new LeaseGate({
    now: Date.now,
    random: Math.random,
    newLeaseId: () => newId('lease'),
    after: (ms, run) => {
      const timer = setTimeout(run, ms)
      return () => clearTimeout(timer)
    },
  })
  #tokens: Promise<DeskTokens> | null = null

  async lease({ credits }: { credits: number }): Promise<LeaseAnswer> {
    await syncClock(readConfig(this.env).CLOCK_URL)
    const pausedUntil = pauseSchema.parse(await this.ctx.storage.get('pausedUntil'))
    if (pausedUntil > systemClock()) return failed({ reason: 'paused', retryAt: pausedUntil })
    const tokens = await this.#loadTokens()
    const token = await tokens.current()
    if (!token.ok) return token
    this.#gate.slots = slotsOf(await tokens.concurrency())
    const leaseId = await this.#gate.acquire(WAIT_MS)
    if (leaseId === null) {
      logger.warn('desk.no_slot', { org: this.ctx.id.name ?? null, credits })
      return failed({ reason: 'busy', retryAt: systemClock() + 1_000 })
    }
    return ok({ leaseId, accessToken: token.value.accessToken, expiresAt: systemClock() + LEASE_MS })
  }

  async release(leaseId: string, outcome: LeaseOutcome): Promise<void> {
    if (outcome.kind === 'busy') this.#gate.slowDown()
    this.#gate.release(leaseId)
    if (outcome.kind === 'paused' && outcome.retryAt !== undefined) {
      await this.ctx.storage.put('pausedUntil', outcome.retryAt)
      logger.warn('desk.paused', { org: this.ctx.id.name ?? null, until: outcome.retryAt })
    }
  }

  async markInvalid(accessToken: string): Promise<void> {
    await (await this.#loadTokens()).markInvalid(accessToken)
  }

  /** Desk was connected anew: pauses and tokens of the old connection are forgotten. */
  async reload(): Promise<void> {
    await this.ctx.storage.deleteAll()
    if (this.#tokens !== null) (await this.#tokens).forget()
  }

  #loadTokens(): Promise<DeskTokens> {
    this.#tokens ??= this.#createTokens().catch((error: unknown) => {
      this.#tokens = null
      throw error
    })
    return this.#tokens
  }

  async #createTokens(): Promise<DeskTokens> {
    const { shard, orgId } = parseObjectName(this.ctx.id.name)
    const scope: OrgScope = await loadScope(this.env, shard, orgId)
    const config = readConfig(this.env)
    const repo = createConnectionsRepo(scope)
    const { ENCRYPTION_KEYS: keys } = config
    const contexts = sealContexts(orgId)
    const client = {
      accountsOrigin: dataCentre(scope.dataCentre, config).accounts,
      clientId: config.ZOHO_CLIENT_ID,
      clientSecret: config.ZOHO_CLIENT_SECRET,
    }
    return new DeskTokens({
      readConnection: () => repo.read(),
      openRefreshToken: (sealed) => open(keys, contexts.deskRefresh, sealed),
      openAccessToken: (sealed) => open(keys, contexts.deskAccess, sealed),
      saveAccessToken: async (accessToken, expiresAt) =>
        repo.saveAccessToken(
          accessToken === null ? null : await seal(keys, contexts.deskAccess, accessToken),
          expiresAt,
        ),
      markRevoked: (sealed, reason) => repo.markRevoked(sealed, reason, systemClock()),
      requestToken: (refreshToken) => refreshAccessToken(client, refreshToken),
      readRefreshes: async () => refreshesSchema.parse(await this.ctx.storage.get('refreshes')),
      writeRefreshes: (refreshedAt) => this.ctx.storage.put('refreshes', refreshedAt),
      clock: systemClock,
      random: Math.random,
      logger,
    })
  }
}
