/** How long a call may take at the longest, its record before it included: what holds a lease longer was cut short by a crash. */
export const LEASE_MS = 60_000

/** After this long without a call the number is at rest. */
const REST_MS = 2_000

export type LeaseTools = {
  /** Real time, epoch milliseconds. */
  now: () => number
  newId: () => string
  /** Resolves after so many milliseconds. */
  wait: (ms: number) => Promise<void>
  /** Until when calls may be under way, for an instance after this one; written once a minute at most, and at rest. */
  readBusyUntil: () => number
  writeBusyUntil: (at: number) => void
}

/**
 * The calls to Meta under way on one number, so that switching it off can wait for their end. A call is only begun while its message is
 * allowed out in D1, and after its lease was given: whoever forbids it there first and then waits for the leases given so far knows
 * that no call begins any more.
 */
export class CallLeases {
  readonly #tools: LeaseTools
  /** Until when calls may be under way that an instance before this one let begin. */
  readonly #othersUntil: number
  #isResting = false
  readonly #held = new Map<string, { expiresAt: number; end: () => void; ended: Promise<void> }>()

  constructor(tools: LeaseTools) {
    this.#tools = tools
    this.#othersUntil = Math.min(tools.readBusyUntil(), tools.now() + LEASE_MS)
  }

  begin(): string {
    const { now, newId, readBusyUntil, writeBusyUntil } = this.#tools
    const leaseId = newId()
    const expiresAt = now() + LEASE_MS
    const { promise: ended, resolve: end } = Promise.withResolvers<void>()
    this.#held.set(leaseId, { expiresAt, end, ended })
    if (readBusyUntil() < expiresAt) writeBusyUntil(expiresAt + LEASE_MS)
    return leaseId
  }

  end(leaseId: string): void {
    this.#held.get(leaseId)?.end()
    this.#held.delete(leaseId)
    if (this.#held.size === 0) void this.#rest()
  }

  /** Resolves when every call that is under way now has ended, or cannot be under way any more. */
  async settled(): Promise<void> {
    const { now, wait } = this.#tools
    await Promise.all([
      ...(this.#othersUntil > now() ? [wait(this.#othersUntil - now())] : []),
      ...[...this.#held].map(async ([leaseId, { expiresAt, ended }]) => {
        await Promise.race([ended, wait(Math.max(0, expiresAt - now()))])
        this.end(leaseId)
      }),
    ])
  }

  /** With nothing under way for a moment, an instance after this one has nothing to wait for. */
  async #rest(): Promise<void> {
    if (this.#isResting) return
    this.#isResting = true
    await this.#tools.wait(REST_MS)
    this.#isResting = false
    if (this.#held.size === 0 && this.#othersUntil <= this.#tools.now()) this.#tools.writeBusyUntil(0)
  }
}
