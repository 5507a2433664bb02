import type { Draft } from '../api/shapes.ts'

export type Drafts = Readonly<Record<string, Draft>>

const MAX_DRAFTS = 100

/** Puts a draft down; an empty one is taken away, and the oldest go when there are more than 100. */
export function withDraft(drafts: Drafts, ticketId: string, draft: Draft): Drafts {
  const { [ticketId]: _previous, ...others } = drafts
  if (draft.text === '' && draft.replyTo === undefined) return others
  const newest = Object.entries(others).toSorted(([, a], [, b]) => b.at - a.at)
  return Object.fromEntries([[ticketId, draft], ...newest.slice(0, MAX_DRAFTS - 1)])
}

/** A text that could not go comes back in front of what was typed since. */
export function joinTexts(texts: readonly string[]): string {
  return texts.filter((text) => text !== '').join('\n')
}
