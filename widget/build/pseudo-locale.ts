import type { Part } from '../src/state/icu.ts'
import { parseIcu } from '../src/state/icu.ts'

const LATIN = 'abcdefghijklmnopqrstuvwxyz'
const ARABIC = 'ابكدهفجحيزقلمنوپرستثوخصعغظ'

/** Letters become Arabic ones and the text grows by a third, as translations do. */
function turned(text: string): string {
  return text.replace(/[A-Za-z]+/g, (word) => {
    const letters = [...word.toLowerCase()].map((letter) => ARABIC[LATIN.indexOf(letter)] ?? letter)
    return letters.join('') + 'ـ'.repeat(Math.round(word.length / 3))
  })
}

const quote = (text: string): string => text.replaceAll("'", "''").replace(/[{}]/g, "'$&'")

function written(part: Part): string {
  if (typeof part === 'string') return quote(turned(part))
  if (part.as === 'count') return '#'
  if (!('choices' in part)) return part.as === 'text' ? `{${part.name}}` : `{${part.name}, number}`
  const choices = Object.entries(part.choices).map(([key, parts]) => `${key} {${parts.map(written).join('')}}`)
  return `{${part.name}, ${part.as}, ${choices.join(' ')}}`
}

/**
 * A right-to-left language for tests, made from the English words: `ar-XB`. It is never packed; a test host passes it as
 * Desk passes a real one, in `App.locale` and `App.localeResources`.
 */
export function pseudoLocale(words: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(words).map(([key, word]) => [key, parseIcu(word).map(written).join('')]))
}

export const PSEUDO_LOCALE = 'ar-XB'
