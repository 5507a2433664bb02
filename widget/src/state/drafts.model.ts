import type { Draft } from '../api/shapes.ts'

const KEPT_MS = 30 * 86_400_000

/** A draft that somebody still wants: it holds something, and was touched within a month. */
export function isKept(draft: Draft | undefined, now: number): boolean {
  if (draft === undefined || (draft.text === '' && draft.replyTo === undefined)) return false
  return now - draft.at < KEPT_MS
}

/** A text that could not go comes back in front of what was typed since. */
export function joinTexts(texts: readonly string[]): string {
  return texts.filter((text) => text !== '').join('\n')
}
