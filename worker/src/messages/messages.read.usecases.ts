import type { Changes, MessageMedia, MessagePage, MessageView, TicketDecision } from '../../../contract/index.ts'
import { toConversationView } from '../conversations/conversations.view.ts'
import type { Clock } from '../platform/clock.ts'
import { invalidCursor, invalidRequest } from '../platform/request-errors.ts'
import type { Place } from './message-position.model.ts'
import { readPlace, writePlace } from './message-position.model.ts'
import type { ChangedRows, MessagesReadRepo, PageRequest, ThreadPage, TimeRange } from './messages.read.repo.ts'
import type { DecisionRow, MediaFactsRow, ThreadHead } from './messages.read.rows.ts'
import { readErrors } from './messages.read.errors.ts'
import type { MessageRow } from './messages.rows.ts'
import { placeOf, toMessageView } from './messages.view.ts'

export type ReadMessagesPorts = {
  repo: MessagesReadRepo
  clock: Clock
  /** A short-lived URL of the file of a message. */
  signMedia(seq: number): Promise<string>
}

export type ThreadQuery = {
  before?: string | undefined
  after?: string | undefined
  ticketId?: string | undefined
  limit: number
}

/** Changes that one answer carries; a panel that missed more reads the conversation anew. */
const MAX_CHANGES = 500

/**
 * A page of a conversation, oldest first: its end, what is before or after a cursor, or from where a ticket began. `canSee` is asked
 * about the conversation's department; a conversation that may not be seen is not found.
 */
export async function readThread(
  ports: ReadMessagesPorts,
  conversationId: string,
  query: ThreadQuery,
  canSee: (departmentId: string) => boolean,
): Promise<MessagePage> {
  const start = query.ticketId === undefined ? null : await ports.repo.findTicketStart(conversationId, query.ticketId)
  const request = toPageRequest(query, start?.place)
  const page = await ports.repo.readPage(conversationId, request)
  if (page === null || !canSee(page.head.department_id)) throw readErrors.conversationNotFound()
  if (query.ticketId !== undefined && start === null) throw readErrors.ticketNotFound()
  const { before, after, range } = edgesOf(page, request, start?.hasOlder === true)
  const [items, decisions] = await Promise.all([
    toViews(ports, conversationId, page.head, page.rows),
    ports.repo.listDecisions(conversationId, range),
  ])
  return { items, decisions: decisions.map(toDecision), before, after, change: page.head.change }
}

/**
 * Everything that changed in a conversation after `after`, for panels that resume and for those that listen. Null when there is no
 * such conversation.
 */
export async function readChanges(
  ports: ReadMessagesPorts,
  conversationId: string,
  after: number,
): Promise<Changes | null> {
  const changed = await ports.repo.readChanged(conversationId, after, MAX_CHANGES + 1)
  return changed === null ? null : toChanges(ports, changed, after)
}

/** `readChanges` for somebody who may not see every department; what they may not see is not found. */
export async function readVisibleChanges(
  ports: ReadMessagesPorts,
  conversationId: string,
  after: number,
  canSee: (departmentId: string) => boolean,
): Promise<Changes> {
  const changed = await ports.repo.readChanged(conversationId, after, MAX_CHANGES + 1)
  if (changed === null || !canSee(changed.conversation.department_id)) throw readErrors.conversationNotFound()
  return toChanges(ports, changed, after)
}

async function toChanges(ports: ReadMessagesPorts, changed: ChangedRows, after: number): Promise<Changes> {
  const { conversation } = changed
  const isTooMuch = changed.messages.length > MAX_CHANGES || changed.decisions.length > MAX_CHANGES
  // A counter from the future belongs to a database that was set back: nothing the panel holds can be trusted.
  const isPartial = isTooMuch || after > conversation.change
  return {
    change: conversation.change,
    since: after,
    messages: isPartial ? [] : await toViews(ports, conversation.id, conversation, changed.messages),
    decisions: isPartial ? [] : changed.decisions.map(toDecision),
    conversation: toConversationView(conversation, ports.clock()),
    isPartial,
  }
}

/** The given messages as panels get them, oldest first; those that are not in the conversation are left out. */
export async function listMessageViewsBySeq(
  ports: ReadMessagesPorts,
  conversationId: string,
  seqs: readonly number[],
): Promise<MessageView[]> {
  const found = await ports.repo.readBySeq(conversationId, seqs)
  return found === null ? [] : toViews(ports, conversationId, found.head, found.rows)
}

async function toViews(
  ports: ReadMessagesPorts,
  conversationId: string,
  head: Pick<ThreadHead, 'desk_cursor' | 'desk_holes'>,
  rows: readonly MessageRow[],
): Promise<MessageView[]> {
  const found = await ports.repo.readSurroundings(conversationId, rows)
  const media = await Promise.all(found.media.map(async (row) => [row.message_seq, await toMedia(ports, row)] as const))
  const around = {
    media: new Map(media),
    quotes: new Map(found.quotes.map((quote) => [quote.wamid, quote])),
    ticketed: { cursor: head.desk_cursor, holes: head.desk_holes },
  }
  return rows.map((row) => toMessageView(row, around))
}

async function toMedia(ports: ReadMessagesPorts, row: MediaFactsRow): Promise<MessageMedia> {
  return {
    state: row.state,
    ...(row.state === 'stored' && { url: await ports.signMedia(row.message_seq) }),
    mimeType: row.mime_type,
    fileName: row.file_name,
    size: row.size,
  }
}

function toDecision(row: DecisionRow): TicketDecision {
  return {
    at: new Date(row.at).toISOString(),
    decision: row.decision,
    reason: row.reason,
    ticketId: row.ticket_id,
    ticketNumber: row.ticket_number,
  }
}

function toPageRequest(query: ThreadQuery, ticketStart: Place | undefined): PageRequest {
  const given = [query.before, query.after, query.ticketId].filter((value) => value !== undefined)
  if (given.length > 1) {
    const accepted = 'one of before, after and ticketId'
    throw invalidRequest(400, 'query', [{ field: 'before', problem: 'more than one start', accepted }])
  }
  const { limit } = query
  if (query.before !== undefined) return { from: 'before', place: parseCursor(query.before, 'before'), limit }
  if (query.after !== undefined) return { from: 'after', place: parseCursor(query.after, 'after'), limit }
  return ticketStart === undefined ? { from: 'end', limit } : { from: 'at', place: ticketStart, limit }
}

function parseCursor(cursor: string, field: string): Place {
  const place = readPlace(cursor)
  if (place === null) throw invalidCursor(field)
  return place
}

type Edges = { before: string | null; after: string | null; range: TimeRange }

/**
 * The page's cursors, and the time whose ticket decisions belong to it: pages that follow each other in one direction share no
 * decision and leave none out.
 */
function edgesOf({ rows, hasMore }: ThreadPage, request: PageRequest, hasOlderThanTicket: boolean): Edges {
  const first = rows[0]
  const last = rows.at(-1)
  if (first === undefined || last === undefined) return edgesOfNothing(request)
  const oldest = writePlace(placeOf(first))
  const newest = writePlace(placeOf(last))
  switch (request.from) {
    case 'end':
      return hasMore
        ? { before: oldest, after: null, range: { from: first.sent_at, until: null } }
        : { before: null, after: null, range: { from: null, until: null } }
    case 'before':
      return {
        before: hasMore ? oldest : null,
        after: newest,
        range: { from: hasMore ? first.sent_at : null, until: request.place.sentAt },
      }
    case 'after':
      return {
        before: oldest,
        after: hasMore ? newest : null,
        range: { from: request.place.sentAt, until: hasMore ? last.sent_at : null },
      }
    case 'at':
      return {
        before: hasOlderThanTicket ? oldest : null,
        after: hasMore ? newest : null,
        range: { from: hasOlderThanTicket ? first.sent_at : null, until: hasMore ? last.sent_at : null },
      }
  }
}

function edgesOfNothing(request: PageRequest): Edges {
  if (request.from === 'end') return { before: null, after: null, range: { from: null, until: null } }
  const { sentAt } = request.place
  const cursor = writePlace(request.place)
  return request.from === 'before'
    ? { before: null, after: cursor, range: { from: null, until: sentAt } }
    : { before: cursor, after: null, range: { from: sentAt, until: null } }
}
