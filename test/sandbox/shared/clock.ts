import { existsSync, readFileSync, writeFileSync } from 'node:fs'

/** The platforms' clock: real time plus an offset that `POST /__sandbox/clock` moves. With a file, the offset outlives a restart. */
export class SandboxClock {
  offsetMs = 0
  readonly #file: string | undefined

  constructor(file?: string) {
    this.#file = file
    if (file !== undefined && existsSync(file)) this.offsetMs = Number(JSON.parse(readFileSync(file, 'utf8')))
  }

  /** Epoch milliseconds as the platforms see them. */
  now(): number {
    return Date.now() + this.offsetMs
  }

  iso(): string {
    return new Date(this.now()).toISOString()
  }

  /** Sets the time to these epoch milliseconds; it runs on from there. */
  moveTo(ms: number): void {
    this.#setOffset(ms - Date.now())
  }

  advance(ms: number): void {
    this.#setOffset(this.offsetMs + ms)
  }

  #setOffset(offsetMs: number): void {
    this.offsetMs = offsetMs
    if (this.#file !== undefined) writeFileSync(this.#file, JSON.stringify(this.offsetMs))
  }
}
