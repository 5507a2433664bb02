import type { InboxList } from '../../../contract/index.ts'

export type InboxItem = InboxList['items'][number]
export type InboxFilter = 'waiting' | 'no_ticket' | 'held' | 'all'

/** In the order they are shown; the contract's, a test compares them. */
export const FILTERS: readonly InboxFilter[] = ['waiting', 'no_ticket', 'held', 'all']

export type InboxQuestion = { filter: InboxFilter; phoneNumberId: string; query: string }

/** The Worker's page, and the most it gives at once. */
const PAGE = 50
const MOST = 100

/** The question as the Worker takes it; where more than a page is shown, as much is read again. */
export function searchOf({ filter, phoneNumberId, query }: InboxQuestion, cursor: string | null, shown = 0): string {
  const search = new URLSearchParams({ filter })
  if (shown > PAGE) search.set('limit', String(Math.min(shown, MOST)))
  if (phoneNumberId !== '') search.set('phoneNumberId', phoneNumberId)
  if (query.trim() !== '') search.set('query', query.trim().slice(0, 200))
  if (cursor !== null) search.set('cursor', cursor)
  return search.toString()
}

/** A further page under the first one; a conversation that moved between the two stands once, where it is now. */
export function withFurther(items: readonly InboxItem[], further: readonly InboxItem[]): InboxItem[] {
  const known = new Set(further.map(({ conversation }) => conversation.id))
  return [...items.filter(({ conversation }) => !known.has(conversation.id)), ...further]
}

export type InboxChannel = { phoneNumberId: string; name: string; displayPhoneNumber: string }

/** Channels seen so far by name: those of other filters are kept, so that the choice does not jump. */
export function channelsSeen(known: readonly InboxChannel[], items: readonly InboxItem[]): InboxChannel[] {
  const all = new Map(known.map((channel) => [channel.phoneNumberId, channel]))
  for (const { conversation } of items) all.set(conversation.channel.phoneNumberId, conversation.channel)
  return [...all.values()].toSorted((a, b) => a.name.localeCompare(b.name))
}
