import { DurableObject } from 'cloudflare:workers'
import { systemClock } from '../platform/clock.ts'
import type { Env } from '../platform/env.ts'
import type { Allowance } from './sender.model.ts'
import { FULL_ALLOWANCE, pauseUntil, takePermits } from './sender.model.ts'

/**
 * One per number: hands out permits to send under Meta's throughput. It carries no message and keeps its allowance in memory: after an
 * eviction the number has been quiet for longer than the allowance takes to refill. Only a pause is kept.
 */
export class Sender extends DurableObject<Env> {
  #allowance: Allowance = FULL_ALLOWANCE

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env)
    void ctx.blockConcurrencyWhile(async () => {
      this.#allowance = pauseUntil(FULL_ALLOWANCE, (await ctx.storage.get<number>('pausedUntil')) ?? 0)
    })
  }

  /** Up to `wanted` permits now, or none and the time (epoch milliseconds) to ask again. */
  take(wanted: number): { granted: number; retryAt: number } {
    const permit = takePermits(this.#allowance, wanted, systemClock())
    this.#allowance = permit.allowance
    return { granted: permit.granted, retryAt: permit.retryAt }
  }

  /** Meta asked this number to slow down. */
  async pause(until: number): Promise<void> {
    this.#allowance = pauseUntil(this.#allowance, until)
    await this.ctx.storage.put('pausedUntil', this.#allowance.pausedUntil)
  }
}
