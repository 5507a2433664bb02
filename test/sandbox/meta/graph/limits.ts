const PAIR_INTERVAL_MS = 6_000
const PAIR_BURST = 45

type Pair = { burstFrom: number; inBurst: number; freeAt: number }

/**
 * Meta's pair limit: one message in 6 seconds to one person; up to 45 within 6 seconds are borrowed from later, so that
 * after n messages nothing goes for n times 6 seconds. Times are epoch milliseconds.
 */
export class PairLimit {
  readonly #pairs = new Map<string, Pair>()

  /** Whether another message may go now. */
  isFree(key: string, now: number): boolean {
    const pair = this.#pairs.get(key)
    if (pair === undefined || now >= pair.freeAt) return true
    return now < pair.burstFrom + PAIR_INTERVAL_MS && pair.inBurst < PAIR_BURST
  }

  /** Counts a message that was accepted. */
  count(key: string, now: number): void {
    const pair = this.#pairs.get(key)
    if (pair === undefined || now >= pair.freeAt) {
      this.#pairs.set(key, { burstFrom: now, inBurst: 1, freeAt: now + PAIR_INTERVAL_MS })
      return
    }
    pair.inBurst += 1
    pair.freeAt += PAIR_INTERVAL_MS
  }
}

/** How often something happened lately; keys are numbers or accounts, times epoch milliseconds. */
export class Rate {
  readonly #windowMs: number
  readonly #seen = new Map<string, number[]>()

  constructor(windowMs: number) {
    this.#windowMs = windowMs
  }

  /** Counts one more and returns how many lie within the window, this one included. */
  add(key: string, now: number): number {
    const times = this.#lately(key, now)
    times.push(now)
    return times.length
  }

  within(key: string, now: number): number {
    return this.#lately(key, now).length
  }

  #lately(key: string, now: number): number[] {
    const times = this.#seen.get(key) ?? []
    const first = times.findIndex((time) => time > now - this.#windowMs && time <= now)
    const kept = first < 0 ? [] : times.slice(first)
    this.#seen.set(key, kept)
    return kept
  }
}
