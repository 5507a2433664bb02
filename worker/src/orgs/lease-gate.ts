/** How long a permit holds its slot when nobody gives it back. */
export const LEASE_MS = 60_000

const SLOW_FOR_MS = 30_000
const FIRST_BREAK_MS = 500
const LONGEST_BREAK_MS = 8_000

type Waiter = { grant: (leaseId: string) => void }

export type GateTools = {
  now: () => number
  /** 0 to 1. */
  random: () => number
  newLeaseId: () => string
  /** Calls back once after that many milliseconds; returns what takes the call back. */
  after: (ms: number, run: () => void) => () => void
}

/**
 * Slots for the calls of one organisation that may run at the same time: first come, first served. Desk answers too many of them with
 * TOO_MANY_REQUESTS and no word about when to come again, so then everybody takes a break that doubles, and half the slots are used
 * for a while.
 */
export class LeaseGate {
  slots = 1
  readonly #tools: GateTools
  readonly #held = new Map<string, number>()
  readonly #waiting: Waiter[] = []
  #breakMs = 0
  #breakUntil = 0
  #slowUntil = 0
  #cancelTimer: (() => void) | null = null

  constructor(tools: GateTools) {
    this.#tools = tools
  }

  /** Resolves to a lease id, or to null when no slot came free within `waitMs`. */
  acquire(waitMs: number): Promise<string | null> {
    return new Promise((resolve) => {
      const giveUp = this.#tools.after(waitMs, () => {
        const index = this.#waiting.indexOf(waiter)
        if (index >= 0) this.#waiting.splice(index, 1)
        resolve(null)
      })
      const waiter: Waiter = {
        grant: (leaseId) => {
          giveUp()
          resolve(leaseId)
        },
      }
      this.#waiting.push(waiter)
      this.#serve()
    })
  }

  /** Gives a slot back; a lease that has expired has none. */
  release(leaseId: string): void {
    this.#held.delete(leaseId)
    this.#serve()
  }

  slowDown(): void {
    const now = this.#tools.now()
    const previous = now < this.#slowUntil ? this.#breakMs * 2 : FIRST_BREAK_MS
    this.#breakMs = Math.min(previous, LONGEST_BREAK_MS)
    this.#breakUntil = now + this.#breakMs * (0.75 + this.#tools.random() / 2)
    this.#slowUntil = now + SLOW_FOR_MS
  }

  #serve(): void {
    const now = this.#tools.now()
    for (const [leaseId, expiresAt] of this.#held) if (expiresAt <= now) this.#held.delete(leaseId)
    while (now >= this.#breakUntil && this.#held.size < this.#limit(now)) {
      const next = this.#waiting.shift()
      if (next === undefined) return
      const leaseId = this.#tools.newLeaseId()
      this.#held.set(leaseId, now + LEASE_MS)
      next.grant(leaseId)
    }
    this.#serveLater(now)
  }

  #limit(now: number): number {
    return now < this.#slowUntil ? Math.max(1, Math.floor(this.slots / 2)) : this.slots
  }

  /** Whoever waits is served when a break ends or a forgotten lease expires, and not only when a lease is given back. */
  #serveLater(now: number): void {
    this.#cancelTimer?.()
    this.#cancelTimer = null
    if (this.#waiting.length === 0) return
    const at = now < this.#breakUntil ? this.#breakUntil : Math.min(now + LEASE_MS, ...this.#held.values())
    this.#cancelTimer = this.#tools.after(Math.max(at - now, 1), () => this.#serve())
  }
}
