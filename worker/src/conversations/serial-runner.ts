/**
 * Runs one piece of work at a time. A kick while it runs makes it run once more after, so nothing that happened in between is missed.
 * (A Durable Object is no mutex across `await`: this is.)
 */
export class SerialRunner {
  readonly #work: () => Promise<number | null>
  readonly #onError: (error: unknown) => void
  #running: Promise<void> | null = null
  #isKicked = false
  /** When the work wants to run again, epoch milliseconds; null when it has nothing to wait for. */
  nextAt: number | null = null

  /** `work` resolves to when it wants to come again, or null. */
  constructor(work: () => Promise<number | null>, onError: (error: unknown) => void) {
    this.#work = work
    this.#onError = onError
  }

  get isRunning(): boolean {
    return this.#running !== null
  }

  /** Resolves when the work, and what was kicked meanwhile, is done. Never rejects. */
  kick(): Promise<void> {
    this.#isKicked = true
    this.#running ??= this.#run()
    return this.#running
  }

  /** Resolves when nothing runs; starts nothing. */
  settled(): Promise<void> {
    return this.#running ?? Promise.resolve()
  }

  async #run(): Promise<void> {
    while (this.#isKicked) {
      this.#isKicked = false
      try {
        this.nextAt = await this.#work()
      } catch (error) {
        this.nextAt = Number.NaN
        this.#onError(error)
      }
    }
    this.#running = null
  }
}
