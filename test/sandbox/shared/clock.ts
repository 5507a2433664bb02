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

  advance(ms: number): void {
    this.offsetMs += ms
    if (this.#file !== undefined) writeFileSync(this.#file, JSON.stringify(this.offsetMs))
  }
}
