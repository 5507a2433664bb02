const HOUR_MS = 3_600_000
/** No alarm before a number was silent for so long. */
export const LEAST_ALARM_MS = 6 * HOUR_MS
/** How far back silences are compared. */
export const COMPARED_MS = 14 * 24 * HOUR_MS

/** The longest silence that ended in one hour. `hour` is the hour's number since 1970; `arrivals` how many looks saw something new. */
export type Gap = { hour: number; longestMs: number; arrivals: number }

/** `isComparable`: at this hour of the day the number was seen before, so that a silence can be odd for it. */
export type Alarm = { afterMs: number; isComparable: boolean }

/**
 * How long a number may be silent at this hour of the day before it is odd: the larger of 6 hours and three times the 99th percentile
 * of its silences at this hour in the last 14 days. A silence of a night counts for each of its hours.
 */
export function alarmAfter(gaps: readonly Gap[], now: number): Alarm {
  const oldest = Math.floor((now - COMPARED_MS) / HOUR_MS)
  const silences = gaps
    .filter((gap) => gap.hour >= oldest && isAtHour(gap, hourOf(now) % 24))
    .map(({ longestMs }) => longestMs)
    .toSorted((a, b) => a - b)
  const last = silences[Math.ceil(silences.length * 0.99) - 1] ?? 0
  return { afterMs: Math.max(LEAST_ALARM_MS, 3 * last), isComparable: silences.length > 0 }
}

/** Whether a silence lasted through this hour of the day, began or ended in it. */
function isAtHour({ hour, longestMs }: Gap, hourOfDay: number): boolean {
  const lasted = hour - hourOf(hour * HOUR_MS - longestMs)
  return (((hour - hourOfDay) % 24) + 24) % 24 <= lasted
}

/** The hour's number since 1970, as `Gap.hour` has it. */
export const hourOf = (at: number): number => Math.floor(at / HOUR_MS)
