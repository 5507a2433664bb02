import type { InboxList, InboxQuery } from '../../../contract/index.ts'
import { toConversationView } from '../conversations/conversations.view.ts'
import type { Visibility } from '../conversations/conversations.usecases.ts'
import { contactMatch } from '../conversations/search.model.ts'
import type { Clock } from '../platform/clock.ts'
import { invalidCursor } from '../platform/request-errors.ts'
import type { InboxPlace, InboxRepo, InboxRow } from './inbox.repo.ts'

const CURSOR = /^(\d{1,16})\.(cv_[a-z0-9]{12,40})$/

/** A page of the inbox: who waits with an open window first, by its end; then the newest. */
export async function listInbox(
  { repo, clock }: { repo: InboxRepo; clock: Clock },
  { departments }: Visibility,
  query: InboxQuery,
): Promise<InboxList> {
  const now = clock()
  const phoneNumberId = query.phoneNumberId ?? null
  const after = query.cursor === undefined ? null : parseCursor(query.cursor)
  const request = { filter: query.filter, phoneNumberId, after, limit: query.limit, departments, now }
  const [rows, counts] = await Promise.all([
    repo.list({ ...request, match: contactMatch(query.query) }),
    repo.count({ departments, phoneNumberId }),
  ])
  const page = rows.slice(0, query.limit)
  const last = rows.length > query.limit ? page.at(-1) : undefined
  return {
    items: page.map((row) => toItem(row, now)),
    cursor: last === undefined ? null : `${last.rank}.${last.id}`,
    counts,
  }
}

function toItem(row: InboxRow, now: number): InboxList['items'][number] {
  return {
    conversation: toConversationView(row, now),
    waitingSince: row.waiting_since === null ? null : new Date(row.waiting_since).toISOString(),
  }
}

function parseCursor(cursor: string): InboxPlace {
  const [, rank, id] = CURSOR.exec(cursor) ?? []
  if (rank === undefined || id === undefined) throw invalidCursor('cursor')
  return { rank: Number(rank), id }
}
