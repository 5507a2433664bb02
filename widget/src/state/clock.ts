import type { ReadonlySignal } from '@preact/signals'
import { signal } from '@preact/signals'

/** Desk's agents have wrong clocks too: everything that counts down does it in the Worker's time. */
export type Clock = {
  /** The Worker's time, epoch milliseconds; moves every few seconds. */
  readonly now: ReadonlySignal<number>
  /** The Worker's time at this moment, without subscribing. */
  read(): number
  /** The Worker just told its time. */
  sync(serverNow: string): void
  /** Moves `now` at this moment at the latest, so that a closing window closes on time. */
  wakeAt(at: number): void
  stop(): void
}

const TICK_MS = 10_000

export function createClock(device: () => number = Date.now): Clock {
  let offset = 0
  let wake: ReturnType<typeof setTimeout> | undefined
  const now = signal(device())
  const read = (): number => device() + offset
  const tick = (): void => {
    now.value = read()
  }
  const timer = setInterval(tick, TICK_MS)
  return {
    now,
    read,
    sync(serverNow) {
      offset = Date.parse(serverNow) - device()
      tick()
    },
    wakeAt(at) {
      clearTimeout(wake)
      const inMs = at - read()
      if (inMs > 0 && inMs < TICK_MS * 2) wake = setTimeout(tick, inMs + 5)
    },
    stop() {
      clearInterval(timer)
      clearTimeout(wake)
    },
  }
}
