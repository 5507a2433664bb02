import type { SandboxClock } from '../shared/clock.ts'

/**
 * The search index lags behind writes: for `lagMs` after a change, search still finds the record as it was before
 * (or not at all, when it is new). With no lag nothing is remembered.
 */
export class SearchIndex<Kept extends { id: string }> {
  readonly #clock: SandboxClock
  readonly #lagMs: () => number
  readonly #pending = new Map<string, { visibleFrom: number; before: Kept | null }>()

  constructor(clock: SandboxClock, lagMs: () => number) {
    this.#clock = clock
    this.#lagMs = lagMs
  }

  /** To be called before a record is changed; `before` is null when it is about to be created. */
  note(id: string, before: Kept | null): void {
    const lagMs = this.#lagMs()
    if (lagMs === 0) return
    const now = this.#clock.now()
    const pending = this.#pending.get(id)
    // A second change inside the lag keeps what search shows now.
    const shown = pending !== undefined && pending.visibleFrom > now ? pending.before : structuredClone(before)
    this.#pending.set(id, { visibleFrom: now + lagMs, before: shown })
  }

  /** The record as search sees it; undefined while it is not indexed. */
  seen(record: Kept): Kept | undefined {
    const pending = this.#pending.get(record.id)
    if (pending === undefined) return record
    if (pending.visibleFrom <= this.#clock.now()) {
      this.#pending.delete(record.id)
      return record
    }
    return pending.before ?? undefined
  }
}
