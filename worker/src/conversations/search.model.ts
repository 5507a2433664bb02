/** How contacts are looked for: by the search index, by parts of their names where the text is too short for it, or not at all. */
export type ContactMatch = { by: 'nothing' } | { by: 'index'; expression: string } | { by: 'parts'; pattern: string }

/** The index knows runs of three characters. */
const SHORTEST_INDEXED = 3
const PHONE_LIKE = /^[+\d\s().\-/\u00A0\u2010-\u2015]+$/

/**
 * What to look for. A text that looks like a phone number is reduced to its digits without leading zeros, which every international or
 * national writing of the number contains; words of three and more characters must all occur, in any order.
 */
export function contactMatch(query: string | undefined): ContactMatch {
  const text = clean(query ?? '')
  if (text === '') return { by: 'nothing' }
  const digits = PHONE_LIKE.test(text) ? text.replace(/\D/g, '').replace(/^0+/, '') : ''
  const needle = digits === '' ? text : digits
  if (lengthOf(needle) < SHORTEST_INDEXED) return { by: 'parts', pattern: `%${needle.replace(/[\\%_]/g, '\\$&')}%` }
  // Russia and Kazakhstan dial 8 at home for what is +7 abroad.
  if (/^8\d{10}$/.test(digits))
    return { by: 'index', expression: `${quoted(digits)} OR ${quoted(`7${digits.slice(1)}`)}` }
  const words = needle.split(' ')
  const phrases = words.every((word) => lengthOf(word) >= SHORTEST_INDEXED) ? words : [needle]
  return { by: 'index', expression: phrases.map(quoted).join(' AND ') }
}

function quoted(phrase: string): string {
  return `"${phrase.replaceAll('"', '""')}"`
}

function clean(query: string): string {
  return (
    query
      .toWellFormed()
      .normalize('NFC')
      // Directional marks come along when a number is copied from a screen; joiners belong to names.
      .replace(/[\u200B\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF]/g, '')
      .replace(/[\p{Cc}\p{Z}]+/gu, ' ')
      .trim()
  )
}

function lengthOf(text: string): number {
  return Array.from(text).length
}
