import { DurableObject } from 'cloudflare:workers'
import { syncClock } from '../platform/clock.ts'
import type { Env } from '../platform/env.ts'
import { readConfig } from '../platform/env.ts'
import { logger } from '../platform/logger.ts'
import { addDoorCounts } from './directory.repo.ts'
import { Drain } from './drain.usecases.ts'
import type { PartInput } from './ingest.types.ts'
import type { LaneRepo } from './lane.repo.ts'
import { createLaneRepo } from './lane.repo.ts'
import { createDrainPorts } from './lane.ports.ts'

/** After a crash a lane comes back by itself within this time, without anybody calling it. */
const SAFETY_MS = 10_000
const UNCLAIMED_RETRY_MS = 3_600_000
const ALARM_MS = 30_000
const FLUSH_MS = 60_000
const MAX_PAUSE_MS = 60_000

/**
 * One number's events (or one account's, or those that name neither) on their way to D1, in order. `append` stores and returns; the
 * lane drains itself at once, and what comes in while it does is drained together next. The one named `unrouted` also keeps count of
 * refused webhooks.
 */
export class Lane extends DurableObject<Env> {
  readonly #repo: LaneRepo
  readonly #drain: Drain
  #running: Promise<void> | null = null
  #alarmAt = 0
  #pausedUntil = 0
  #failures = 0
  #flushedAt = 0

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env)
    this.#repo = createLaneRepo(ctx.storage.sql, Date.now())
    this.#drain = new Drain(createDrainPorts(env, ctx.id.name ?? '', this.#repo))
  }

  /** Resolves once the part is stored: Durable Objects hold answers back until what was written is safe. */
  append(part: PartInput): void {
    this.#repo.add(part)
    this.#arm(Date.now() + SAFETY_MS)
    this.#start()
  }

  /** Somebody thinks there may be something to do now: cron, or the number has just been connected. */
  touch(): void {
    this.#pausedUntil = 0
    this.#start()
  }

  /** What has come in and is not in D1 yet. */
  backlog(): { units: number } {
    return { units: this.#repo.countUnits(this.#drain.place) }
  }

  /** Resolves when there is nothing left to do now. */
  async settle(): Promise<void> {
    this.#start()
    while (this.#running !== null) await this.#running
  }

  /** Adds to the counts of refused webhooks, which reach D1 at most once a minute. */
  countRefusals(counts: [string, number][]): void {
    this.#repo.addRefusals(counts)
    this.#arm(Date.now() + FLUSH_MS)
    this.#start()
  }

  /** Writes the counts of refused webhooks now. */
  async flushRefusals(): Promise<void> {
    this.#flushedAt = Date.now()
    const counts = this.#repo.takeRefusals()
    try {
      await addDoorCounts(this.env.DIRECTORY, counts)
    } catch (error) {
      this.#repo.addRefusals(counts)
      throw error
    }
  }

  override async alarm(): Promise<void> {
    this.#alarmAt = 0
    try {
      if (!this.#repo.isEmpty()) {
        this.#arm(Date.now() + SAFETY_MS)
        this.#pausedUntil = 0
        // Under steady load a lane is never empty, and an alarm must end; the drain goes on without it.
        await Promise.race([this.settle(), scheduler.wait(ALARM_MS)])
      }
      await this.#flushIfDue()
    } catch (error) {
      logger.error('lane.alarm_failed', error, { lane: this.ctx.id.name })
      this.#arm(Date.now() + FLUSH_MS)
    }
  }

  async #flushIfDue(): Promise<void> {
    if (!this.#repo.hasRefusals()) return
    if (Date.now() - this.#flushedAt >= FLUSH_MS) await this.flushRefusals()
    else this.#arm(this.#flushedAt + FLUSH_MS)
  }

  #start(): void {
    if (this.#running !== null || Date.now() < this.#pausedUntil || this.#repo.isEmpty()) return
    this.#running = this.#work().finally(() => {
      this.#running = null
    })
  }

  async #work(): Promise<void> {
    try {
      await syncClock(readConfig(this.env).CLOCK_URL)
      const outcome = await this.#drain.run()
      this.#failures = 0
      if (outcome === 'unclaimed') this.#rearm(Date.now() + UNCLAIMED_RETRY_MS)
    } catch (error) {
      this.#failures += 1
      this.#pausedUntil = Date.now() + Math.min(500 * 2 ** this.#failures, MAX_PAUSE_MS)
      logger.error('lane.paused', error, { lane: this.ctx.id.name, failures: this.#failures })
      this.#rearm(this.#pausedUntil)
    }
  }

  /** Makes sure of an alarm no later than this. */
  #arm(at: number): void {
    if (this.#alarmAt > Date.now() && this.#alarmAt <= at) return
    this.#rearm(at)
  }

  #rearm(at: number): void {
    this.#alarmAt = at
    // Storage keeps writes in order and holds answers back until they are safe; there is nothing to wait for.
    void this.ctx.storage.setAlarm(at)
  }
}
