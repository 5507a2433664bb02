import type { ConversationList, ConversationView, TicketConversation } from '../../../contract/index.ts'
import { readErrors } from '../messages/messages.read.errors.ts'
import type { Clock } from '../platform/clock.ts'
import { invalidCursor } from '../platform/request-errors.ts'
import type { ConversationsRepo, ListPlace } from './conversations.repo.ts'
import { toConversationView } from './conversations.view.ts'
import { contactMatch } from './search.model.ts'

export type ReadConversationsPorts = { repo: ConversationsRepo; clock: Clock }

/** What the asking agent may see: departments by id, or null for all of them. */
export type Visibility = { departments: readonly string[] | null }

const CURSOR = /^(\d{15})\.(cv_[a-z0-9]{12,40})$/

/** A page of conversations, the one with the newest message first. */
export async function listConversations(
  ports: ReadConversationsPorts,
  seen: Visibility,
  query: { query?: string | undefined; cursor?: string | undefined; limit: number },
): Promise<ConversationList> {
  const after = query.cursor === undefined ? null : parseCursor(query.cursor)
  const page = await ports.repo.list(
    { after, limit: query.limit, departments: seen.departments },
    contactMatch(query.query),
  )
  const now = ports.clock()
  return {
    items: page.rows.map((row) => toConversationView(row, now)),
    cursor: page.next === null ? null : `${String(page.next.lastMessageAt).padStart(15, '0')}.${page.next.id}`,
  }
}

/** One conversation; 404 where the agent may not see it. */
export async function getConversation(
  ports: ReadConversationsPorts,
  seen: Visibility,
  id: string,
): Promise<ConversationView> {
  const row = await ports.repo.find(id)
  if (row === null || !canSee(seen, row.department_id)) throw readErrors.conversationNotFound()
  return toConversationView(row, ports.clock())
}

/** Between which number and whom a conversation is; 404 where the agent may not see it. */
export async function findParties(
  ports: ReadConversationsPorts,
  seen: Visibility,
  id: string,
): Promise<{ phoneNumberId: string; contactId: string }> {
  const row = await ports.repo.find(id)
  if (row === null || !canSee(seen, row.department_id)) throw readErrors.conversationNotFound()
  return { phoneNumberId: row.phone_number_id, contactId: row.contact_id }
}

/** The conversation of a Desk ticket, from our own records only: opening a ticket costs Desk nothing. */
export async function getTicketConversation(
  ports: ReadConversationsPorts,
  seen: Visibility,
  ticketId: string,
): Promise<TicketConversation> {
  const ticket = await ports.repo.findByTicket(ticketId)
  if (ticket === null) return { conversation: null, isCurrent: false }
  return { conversation: await getConversation(ports, seen, ticket.conversationId), isCurrent: ticket.isCurrent }
}

export function canSee({ departments }: Visibility, departmentId: string): boolean {
  return departments === null || departments.includes(departmentId)
}

function parseCursor(cursor: string): ListPlace {
  const [, lastMessageAt, id] = CURSOR.exec(cursor) ?? []
  if (lastMessageAt === undefined || id === undefined) throw invalidCursor('cursor')
  return { lastMessageAt: Number(lastMessageAt), id }
}
