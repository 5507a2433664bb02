/** After a lost answer the work may still be done late: it is looked for at these times after the loss, and then made again. */
export const LOOK_DELAYS_MS: readonly number[] = [1_000, 3_000, 8_000, 20_000, 40_000]

/**
 * How long after the look before it, or after the loss, the next look is due; null when every look was had. It counts from the look before
 * and not from the loss: what slept meanwhile, or whose clock was set, gives work that is late the same time to show up.
 */
export function lookGapMs(looks: number, delays: readonly number[]): number | null {
  const delay = delays[looks]
  return delay === undefined ? null : delay - (delays[looks - 1] ?? 0)
}

/** Longer with each failure in a row, five minutes at most, never in step with others. `random` is 0 to 1. */
export function backoffMs(failures: number, random: number): number {
  return Math.round(Math.min(5 * 60_000, 2_000 * 2 ** Math.min(failures, 12)) * (0.75 + random / 2))
}
