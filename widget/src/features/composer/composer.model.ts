/** WhatsApp's own limit of a text message, counted in characters; the contract says the same (a test compares them). */
export const MAX_CHARACTERS = 4096

/** Characters as WhatsApp counts them: code points, so that an emoji is one or a few and never bytes. */
export function countCharacters(text: string): number {
  let count = 0
  for (const _ of text) count++
  return count
}

export type Count = { characters: number; over: number; tone: 'quiet' | 'warning' | 'danger' }

const NEAR = 200

/** What goes out is the text without the blanks around it, so that is what counts. */
export function countOf(text: string): Count {
  const characters = countCharacters(text.trim())
  const over = Math.max(0, characters - MAX_CHARACTERS)
  return { characters, over, tone: over > 0 ? 'danger' : characters > MAX_CHARACTERS - NEAR ? 'warning' : 'quiet' }
}

export const canSend = (text: string): boolean => {
  const { characters, over } = countOf(text)
  return characters > 0 && over === 0
}

export type KeyFacts = Pick<
  KeyboardEvent,
  'key' | 'shiftKey' | 'ctrlKey' | 'metaKey' | 'altKey' | 'isComposing' | 'keyCode'
>

/**
 * Enter sends, Shift+Enter breaks the line. While an input method composes, Enter chooses a word: Safari ends the composition
 * before its keydown and only key code 229 still tells.
 */
export function isSendKey({ key, shiftKey, altKey, isComposing, keyCode }: KeyFacts): boolean {
  return key === 'Enter' && !shiftKey && !altKey && !isComposing && keyCode !== 229
}

const MARKS: Record<string, string> = { b: '*', i: '_', x: '~' }

/** The mark that Ctrl or ⌘ with B, I or Shift+X puts around the selection; null for every other key. */
export function markOfKey({ key, ctrlKey, metaKey, shiftKey, altKey }: KeyFacts): string | null {
  if (!(ctrlKey || metaKey) || altKey) return null
  const letter = key.toLowerCase()
  return (letter === 'x') === shiftKey ? (MARKS[letter] ?? null) : null
}

export type Edited = { text: string; start: number; end: number }

/** Puts a mark around the selection, or takes it away where it is there; blanks at the ends stay outside, as WhatsApp wants. */
export function toggleMark(text: string, start: number, end: number, mark: string): Edited {
  const selected = text.slice(start, end)
  const from = start + (selected.length - selected.trimStart().length)
  const to = Math.max(from, end - (selected.length - selected.trimEnd().length))
  if (text[from - 1] === mark && text[to] === mark) {
    return { text: text.slice(0, from - 1) + text.slice(from, to) + text.slice(to + 1), start: from - 1, end: to - 1 }
  }
  return {
    text: text.slice(0, from) + mark + text.slice(from, to) + mark + text.slice(to),
    start: from + 1,
    end: to + 1,
  }
}
