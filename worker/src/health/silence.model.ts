const HOUR_MS = 3_600_000
/** No alarm before a number was silent for so long. */
export const LEAST_ALARM_MS = 6 * HOUR_MS
/** How far back silences are compared. */
export const COMPARED_MS = 14 * 24 * HOUR_MS

/** The longest silence that ended in one hour. `hour` is the hour's number since 1970; `arrivals` how many looks saw something new. */
export type Gap = { hour: number; longestMs: number; arrivals: number }

/**
 * How long a number may be silent at this hour of the day before it is odd: the larger of 6 hours and three times the 99th percentile
 * of the silences that ended in this hour of the last 14 days.
 */
export function alarmAfter(gaps: readonly Gap[], now: number): number {
  const hourOfDay = Math.floor(now / HOUR_MS) % 24
  const oldest = Math.floor((now - COMPARED_MS) / HOUR_MS)
  const silences = gaps
    .filter(({ hour }) => hour >= oldest && hour % 24 === hourOfDay)
    .map(({ longestMs }) => longestMs)
    .toSorted((a, b) => a - b)
  const last = silences[Math.ceil(silences.length * 0.99) - 1] ?? 0
  return Math.max(LEAST_ALARM_MS, 3 * last)
}

/** The hour's number since 1970, as `Gap.hour` has it. */
export const hourOf = (at: number): number => Math.floor(at / HOUR_MS)
