const CONTROLS = /(?![\n\t])\p{Cc}/gu
const DIRECTIONS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g
/** Lines that only we write: a customer's that look like them are marked as quoted, so that nobody can pose as an agent. */
const OUR_LINES = /^(?=.{0,400} · \d{4}-\d\d-\d\d \d\d:\d\d UTC\s*$|\s*Kaiwa ref )/gmu
/** Desk turns this into a mention that notifies an agent. */
const MENTION = /zsu\[/gi

/**
 * A customer's or agent's text as it may stand in a plain-text comment, otherwise as it was written: lone surrogates and control
 * characters are replaced or left out, Desk's mentions are made harmless. Direction overrides stay: they end with their line.
 */
export function safeText(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll(CONTROLS, '')
    .replaceAll(MENTION, (start) => `${start.slice(0, 3)}\u2060[`)
    .replaceAll(OUR_LINES, '> ')
}

/** A text as one line of at most `limit` UTF-16 units, cut between words; it cannot turn what stands beside it around. Empty if blank. */
export function oneLine(text: string, limit: number): string {
  const line = safeText(text.slice(0, limit * 8))
    .replaceAll(DIRECTIONS, '')
    .replaceAll(/\s+/gu, ' ')
    .trim()
  if (line.length <= limit) return line
  const head = headOf(line, limit - 1)
  const space = head.lastIndexOf(' ')
  return `${(space > limit / 2 ? head.slice(0, space) : head).trimEnd()}…`
}

/** As much of the text as fits into `limit` UTF-16 units without cutting what a reader sees as one character. */
export function headOf(text: string, limit: number): string {
  if (text.length <= limit) return text
  let end = 0
  // A character of the reader's is rarely longer than 64 units; segmenting the last part alone keeps huge texts cheap.
  const start = Math.max(0, limit - 256)
  for (const { index, segment } of new Intl.Segmenter().segment(text.slice(start, limit + 64))) {
    const next = start + index + segment.length
    if (next > limit) break
    end = next
  }
  return text.slice(0, end > start ? end : wholePairs(text, limit))
}

/** Where one "character" is longer than everything, at least no surrogate pair is torn apart. */
function wholePairs(text: string, limit: number): number {
  const code = text.charCodeAt(limit - 1)
  return code >= 0xd800 && code <= 0xdbff ? limit - 1 : limit
}

/** As people of every country read it: `2026-11-22 10:02 UTC`. */
export function timeText(at: number): string {
  return `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`
}
