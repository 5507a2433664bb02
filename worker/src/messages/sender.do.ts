import { DurableObject } from 'cloudflare:workers'
import { z } from 'zod'
import { systemClock } from '../platform/clock.ts'
import type { Env } from '../platform/env.ts'
import { newId } from '../platform/ids.ts'
import { CallLeases } from './call-leases.ts'
import type { Allowance } from './sender.model.ts'
import { FULL_ALLOWANCE, pauseUntil, takePermits } from './sender.model.ts'

const busyUntilSchema = z.number().catch(0)

/**
 * One per number: hands out permits to send under Meta's throughput. It carries no message and keeps its allowance in memory: after an
 * eviction the number has been quiet for longer than the allowance takes to refill. Only a pause is kept, and until when calls may be
 * under way.
 */
export class Sender extends DurableObject<Env> {
  #allowance: Allowance = FULL_ALLOWANCE
  readonly #calls: CallLeases

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env)
    this.#calls = new CallLeases({
      now: Date.now,
      newId: () => newId('lease'),
      wait: (ms) => scheduler.wait(ms),
      readBusyUntil: () => busyUntilSchema.parse(ctx.storage.kv.get('busyUntil')),
      writeBusyUntil: (at) => ctx.storage.kv.put('busyUntil', at),
    })
    void ctx.blockConcurrencyWhile(async () => {
      this.#allowance = pauseUntil(FULL_ALLOWANCE, (await ctx.storage.get<number>('pausedUntil')) ?? 0)
    })
  }

  /** A permit for one call now, with the lease to give back after it; or none and the time (epoch milliseconds) to ask again. */
  take(): { granted: number; retryAt: number; leaseId: string | null } {
    const permit = takePermits(this.#allowance, 1, systemClock())
    this.#allowance = permit.allowance
    const leaseId = permit.granted > 0 ? this.#calls.begin() : null
    return { granted: permit.granted, retryAt: permit.retryAt, leaseId }
  }

  /** The call is over, or was never made. */
  release(leaseId: string): void {
    this.#calls.end(leaseId)
  }

  /** Resolves when no call is under way any more of those that were allowed before this was asked. */
  settled(): Promise<void> {
    return this.#calls.settled()
  }

  /** Meta asked this number to slow down. */
  async pause(until: number): Promise<void> {
    this.#allowance = pauseUntil(this.#allowance, until)
    await this.ctx.storage.put('pausedUntil', this.#allowance.pausedUntil)
  }
}
