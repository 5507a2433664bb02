const EARLIEST_SECONDS = 1_000_000_000
const LATEST_SECONDS = 32_503_680_000

/** Meta's Unix seconds, as text or number, in milliseconds; null when they are none. */
export function readTimestamp(value: string | number | undefined): number | null {
  const seconds = typeof value === 'string' && /^\d{1,13}$/.test(value) ? Number(value) : value
  if (typeof seconds !== 'number' || !Number.isFinite(seconds)) return null
  return seconds >= EARLIEST_SECONDS && seconds < LATEST_SECONDS ? Math.round(seconds * 1_000) : null
}
