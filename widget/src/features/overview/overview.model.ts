/** A line through 24 hours as points of an SVG path, in a box of the given size. The last hour is at the end. */
export function sparkline(hours: readonly number[], width: number, height: number): string {
  const most = Math.max(1, ...hours)
  const step = hours.length < 2 ? 0 : width / (hours.length - 1)
  const round = (value: number): number => Math.round(value * 100) / 100
  return hours
    .map((count, at) => `${at === 0 ? 'M' : 'L'}${round(at * step)} ${round(height - (count / most) * height)}`)
    .join('')
}

/** An address that problems may be posted to; the Worker looks closer. Empty takes it away. */
export function alertUrl(text: string): { ok: true; url: string | null } | { ok: false } {
  const trimmed = text.trim()
  if (trimmed === '') return { ok: true, url: null }
  return trimmed.length <= 500 && URL.canParse(trimmed) && new URL(trimmed).protocol === 'https:'
    ? { ok: true, url: trimmed }
    : { ok: false }
}
