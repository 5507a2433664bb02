import { z } from 'zod'
import { selectConversation } from '../conversations/conversations.repo.ts'
import { conversationRowSchema } from '../conversations/conversations.rows.ts'
import type { ConversationRow } from '../conversations/conversations.rows.ts'
import type { OrgScope } from '../platform/scope.ts'
import type { Place } from './message-position.model.ts'
import {
  decisionRowSchema,
  mediaRowSchema,
  ticketStartRowSchema,
  quotedRowSchema,
  threadHeadSchema,
} from './messages.read.rows.ts'
import type { DecisionRow, MediaFactsRow, QuotedRow, ThreadHead } from './messages.read.rows.ts'
import { messageRowSchema } from './messages.rows.ts'
import type { MessageRow } from './messages.rows.ts'

/** Which part of a thread: its end, what is older or newer than a place, or from a place on (that one included). */
export type PageRequest = { limit: number } & ({ from: 'end' } | { from: 'before' | 'after' | 'at'; place: Place })

/** Oldest first, with the conversation as it was in the same moment. `hasMore` in the direction that was read. */
export type ThreadPage = { head: ThreadHead; rows: MessageRow[]; hasMore: boolean }

/** Epoch milliseconds; the upper end is exclusive. Null where the range is open. */
export type TimeRange = { from: number | null; until: number | null }

export type ChangedRows = { conversation: ConversationRow; messages: MessageRow[]; decisions: DecisionRow[] }

const COLUMNS = `seq, conversation_id, wamid, direction, kind, is_hidden, content, extras, summary, sent_at, position, received_at,
  status, marks, failure, quote_wamid, reactions, versions, is_revoked, client_id, agent_id, agent_name, attempts, attempt_at,
  next_attempt_at, change`
const IN_THREAD = `SELECT ${COLUMNS} FROM messages WHERE conversation_id = ?1 AND org_id = ?2 AND is_hidden = 0`
const DECISION = 'SELECT at, decision, reason, ticket_id, ticket_number FROM ticket_decisions'
const OLDEST_FIRST = 'ORDER BY sent_at, position, seq'
const NEWEST_FIRST = 'ORDER BY sent_at DESC, position DESC, seq DESC'

/** Reading the messages of one organisation's conversations. */
export function createMessagesReadRepo(org: Pick<OrgScope, 'db' | 'orgId'>) {
  const { db, orgId } = org

  const selectHead = (conversationId: string) =>
    db
      .prepare('SELECT department_id, change, desk_cursor, desk_holes FROM conversations WHERE id = ?1 AND org_id = ?2')
      .bind(conversationId, orgId)

  function selectPage(conversationId: string, page: PageRequest): D1PreparedStatement {
    if (page.from === 'end') {
      return db.prepare(`${IN_THREAD} ${NEWEST_FIRST} LIMIT ?3`).bind(conversationId, orgId, page.limit + 1)
    }
    const { sentAt, position, seq } = page.place
    const [sign, order] = { before: ['<', NEWEST_FIRST], after: ['>', OLDEST_FIRST], at: ['>=', OLDEST_FIRST] }[
      page.from
    ]
    return db
      .prepare(`${IN_THREAD} AND (sent_at, position, seq) ${sign} (?4, ?5, ?6) ${order} LIMIT ?3`)
      .bind(conversationId, orgId, page.limit + 1, sentAt, position, seq)
  }

  return {
    /** Null when the organisation has no such conversation. */
    async readPage(conversationId: string, request: PageRequest): Promise<ThreadPage | null> {
      const [head, page] = await db.batch([selectHead(conversationId), selectPage(conversationId, request)])
      if (head?.results[0] === undefined || page === undefined) return null
      const rows = page.results.slice(0, request.limit).map((row) => messageRowSchema.parse(row))
      if (request.from === 'end' || request.from === 'before') rows.reverse()
      return { head: threadHeadSchema.parse(head.results[0]), rows, hasMore: page.results.length > request.limit }
    },

    /** Where a ticket of the conversation begins, and whether anything is older; null when the ticket is not of this conversation. */
    async findTicketStart(
      conversationId: string,
      ticketId: string,
    ): Promise<{ place: Place; hasOlder: boolean } | null> {
      const row = await db
        .prepare(
          `SELECT t.created_at, m.sent_at, m.position, m.seq FROM tickets t
           LEFT JOIN messages m ON m.seq = t.from_seq AND m.conversation_id = t.conversation_id AND m.org_id = t.org_id
           WHERE t.org_id = ?2 AND t.ticket_id = ?3 AND t.conversation_id = ?1`,
        )
        .bind(conversationId, orgId, ticketId)
        .first()
      if (row === null) return null
      const { created_at: createdAt, sent_at: sentAt, position, seq } = ticketStartRowSchema.parse(row)
      // Where the first message was erased, the ticket's own time stands in for it.
      const place = { sentAt: sentAt ?? createdAt, position: position ?? 0, seq: seq ?? 0 }
      const older = await selectPage(conversationId, { from: 'before', place, limit: 0 }).all()
      return { place, hasOlder: older.results.length > 0 }
    },

    /** What messages are shown with: the ones they quote and their files. */
    async readSurroundings(
      conversationId: string,
      rows: readonly MessageRow[],
    ): Promise<{ quotes: QuotedRow[]; media: MediaFactsRow[] }> {
      const wamids = rows.flatMap(({ quote_wamid: wamid }) => (wamid === null ? [] : [wamid]))
      const seqs = rows.flatMap(({ seq, content }) => ('media' in content ? [seq] : []))
      if (wamids.length === 0 && seqs.length === 0) return { quotes: [], media: [] }
      const [quotes, media] = await db.batch([
        db
          .prepare(
            // Driven by the list: each wamid is one look into the index, however many messages there are.
            `SELECT m.seq, m.wamid, m.summary, m.direction FROM json_each(?2) q
             CROSS JOIN messages m ON m.org_id = ?1 AND m.wamid = q.value AND m.conversation_id = ?3`,
          )
          .bind(orgId, JSON.stringify(wamids), conversationId),
        db
          .prepare(
            `SELECT message_seq, state, mime_type, file_name, size FROM media
             WHERE message_seq IN (SELECT value FROM json_each(?2)) AND org_id = ?1`,
          )
          .bind(orgId, JSON.stringify(seqs)),
      ])
      return {
        quotes: z.array(quotedRowSchema).parse(quotes?.results ?? []),
        media: z.array(mediaRowSchema).parse(media?.results ?? []),
      }
    },

    /** Decisions about tickets, oldest first. */
    async listDecisions(conversationId: string, { from, until }: TimeRange): Promise<DecisionRow[]> {
      const { results } = await db
        .prepare(
          `${DECISION} WHERE conversation_id = ?1 AND org_id = ?2 AND at >= ?3 AND at < ?4 ORDER BY at, id LIMIT 500`,
        )
        .bind(conversationId, orgId, from ?? 0, until ?? Number.MAX_SAFE_INTEGER)
        .all()
      return results.map((row) => decisionRowSchema.parse(row))
    },

    /** Everything that changed after `after`, at most `limit` messages, as one snapshot; null when there is no such conversation. */
    async readChanged(conversationId: string, after: number, limit: number): Promise<ChangedRows | null> {
      const [conversation, messages, decisions] = await db.batch([
        selectConversation(org, conversationId),
        db
          .prepare(`${IN_THREAD} AND change > ?3 ORDER BY change, sent_at, position, seq LIMIT ?4`)
          .bind(conversationId, orgId, after, limit),
        db
          .prepare(`${DECISION} WHERE conversation_id = ?1 AND org_id = ?2 AND change > ?3 ORDER BY at, id LIMIT ?4`)
          .bind(conversationId, orgId, after, limit),
      ])
      if (conversation?.results[0] === undefined) return null
      return {
        conversation: conversationRowSchema.parse(conversation.results[0]),
        messages: z.array(messageRowSchema).parse(messages?.results ?? []),
        decisions: z.array(decisionRowSchema).parse(decisions?.results ?? []),
      }
    },

    /** The given messages of a conversation, oldest first, hidden ones too. */
    async readBySeq(
      conversationId: string,
      seqs: readonly number[],
    ): Promise<{ head: ThreadHead; rows: MessageRow[] } | null> {
      const [head, found] = await db.batch([
        selectHead(conversationId),
        db
          .prepare(
            `SELECT ${COLUMNS} FROM messages
             WHERE seq IN (SELECT value FROM json_each(?3)) AND conversation_id = ?1 AND org_id = ?2 ${OLDEST_FIRST}`,
          )
          .bind(conversationId, orgId, JSON.stringify(seqs)),
      ])
      if (head?.results[0] === undefined) return null
      return {
        head: threadHeadSchema.parse(head.results[0]),
        rows: z.array(messageRowSchema).parse(found?.results ?? []),
      }
    },
  }
}

export type MessagesReadRepo = ReturnType<typeof createMessagesReadRepo>
