/** The platforms' clock: real time plus an offset that `POST /__sandbox/clock` moves. */
export class SandboxClock {
  offsetMs = 0

  /** Epoch milliseconds as the platforms see them. */
  now(): number {
    return Date.now() + this.offsetMs
  }

  iso(): string {
    return new Date(this.now()).toISOString()
  }

  advance(ms: number): void {
    this.offsetMs += ms
  }
}
