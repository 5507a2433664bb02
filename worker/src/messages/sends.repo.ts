import { failureSchema } from '../../../contract/index.ts'
import type { Failure } from '../../../contract/index.ts'
import { z } from 'zod'
import type { OrgScope } from '../platform/scope.ts'
import { messageRowSchema } from './messages.rows.ts'
import type { MessageRow } from './messages.rows.ts'
import { WINDOW_MS } from './sends.model.ts'

const factsSchema = z.object({
  phone_number_id: z.string(),
  last_inbound_at: z.number().nullable(),
  phone: z.string().nullable(),
  user_id: z.string().nullable(),
})

export type ConversationSendFacts = {
  phoneNumberId: string
  lastInboundAt: number | null
  phone: string | null
  userId: string | null
}

const numberSchema = z.object({ token: z.string(), status: z.string() })

export type NewOutgoing = {
  conversationId: string
  clientId: string
  content: string
  summary: string
  quoteWamid: string | null
  agentId: string
  agentName: string
  now: number
}

/** What a finished or given up try writes. A status that a webhook raised meanwhile is never lowered. */
export type SendResult =
  | { to: 'accepted'; wamid: string }
  | { to: 'queued'; at: number }
  | { to: 'failed'; failure: Failure }
  | { to: 'unknown' }

/** A message and the statuses in which it may stand for an update to happen. */
type MessageIn = { conversationId: string; seq: number; from: readonly string[] }

/** The statements that sending needs. `change` rises with each of them, in the same transaction. */
export function createSendsRepo({ db, orgId }: Pick<OrgScope, 'db' | 'orgId'>) {
  const bumpChange = (conversationId: string) =>
    db.prepare('UPDATE conversations SET change = change + 1 WHERE id = ?1 AND org_id = ?2').bind(conversationId, orgId)
  const addWork = (conversationId: string, now: number) =>
    db
      .prepare(
        `INSERT INTO pending_work (conversation_id, org_id, since)
         SELECT id, org_id, ?3 FROM conversations WHERE id = ?1 AND org_id = ?2
         ON CONFLICT (conversation_id) DO UPDATE SET version = version + 1`,
      )
      .bind(conversationId, orgId, now)

  /** The ticket says that this message failed: what becomes of it now is to be written there again. */
  const reopenRecord = (conversationId: string, seq: number) =>
    db
      .prepare(
        `UPDATE conversations SET desk_holes = json_insert(desk_holes, '$[#]', CAST(?2 AS INTEGER))
         WHERE id = ?1 AND org_id = ?3 AND desk_cursor >= ?2
           AND EXISTS (SELECT 1 FROM messages WHERE seq = ?2 AND org_id = ?3 AND status = 'queued')
           AND NOT EXISTS (SELECT 1 FROM json_each(desk_holes) WHERE value = ?2)`,
      )
      .bind(conversationId, seq, orgId)

  /** One update of one message that stands in `from`, with its change. Resolves to whether it stood there. */
  async function updateMessage(
    { conversationId, seq, from }: MessageIn,
    assignments: string,
    values: readonly (string | number | null)[],
    extra: readonly D1PreparedStatement[] = [],
  ): Promise<boolean> {
    const placeholders = values.map((_, index) => `?${index + 4}`)
    const sql = `UPDATE messages SET ${fill(assignments, placeholders)},
        change = (SELECT change FROM conversations WHERE id = ?1)
      WHERE seq = ?2 AND conversation_id = ?1 AND org_id = ?3 AND status IN (${from.map((status) => `'${status}'`).join(', ')})`
    const [, updated] = await db.batch([
      bumpChange(conversationId),
      db.prepare(sql).bind(conversationId, seq, orgId, ...values),
      ...extra,
    ])
    return updated?.meta.changes === 1
  }

  return {
    /**
     * Accepts a message: one statement that inserts it only while the 24-hour window is open, and only once per client id.
     * Resolves to the row, new or known, or to null where the window was closed.
     */
    async accept(message: NewOutgoing): Promise<{ row: MessageRow; isNew: boolean } | null> {
      const [inserted, , , found] = await db.batch([
        db
          .prepare(
            `INSERT INTO messages (org_id, conversation_id, direction, kind, content, summary, sent_at, received_at, status,
               quote_wamid, client_id, agent_id, agent_name, change)
             SELECT org_id, id, 'out', 'text', ?3, ?4, ?5, ?5, 'queued', ?6, ?7, ?8, ?9, change + 1
             FROM conversations WHERE id = ?1 AND org_id = ?2 AND last_inbound_at > ?5 - ?10
             ON CONFLICT DO NOTHING`,
          )
          .bind(
            message.conversationId,
            orgId,
            message.content,
            message.summary,
            message.now,
            message.quoteWamid,
            message.clientId,
            message.agentId,
            message.agentName,
            WINDOW_MS,
          ),
        db
          .prepare(
            `UPDATE conversations SET change = change + 1, last_message_at = MAX(last_message_at, ?3), last_summary = ?4
             WHERE id = ?1 AND org_id = ?2
               AND change < (SELECT change FROM messages WHERE conversation_id = ?1 AND client_id = ?5)`,
          )
          .bind(message.conversationId, orgId, message.now, message.summary, message.clientId),
        addWork(message.conversationId, message.now),
        db
          .prepare('SELECT * FROM messages WHERE conversation_id = ?1 AND client_id = ?2 AND org_id = ?3')
          .bind(message.conversationId, message.clientId, orgId),
      ])
      const row = found?.results[0]
      return row === undefined ? null : { row: messageRowSchema.parse(row), isNew: inserted?.meta.changes === 1 }
    },

    async find(conversationId: string, seq: number): Promise<MessageRow | null> {
      const row = await db
        .prepare('SELECT * FROM messages WHERE seq = ?1 AND conversation_id = ?2 AND org_id = ?3')
        .bind(seq, conversationId, orgId)
        .first()
      return row === null ? null : messageRowSchema.parse(row)
    },

    /** What waits to be sent, oldest first. */
    async listToSend(conversationId: string): Promise<MessageRow[]> {
      const { results } = await db
        .prepare(
          `SELECT * FROM messages WHERE conversation_id = ?1 AND org_id = ?2 AND status IN ('queued', 'sending')
           ORDER BY seq LIMIT 50`,
        )
        .bind(conversationId, orgId)
        .all()
      return results.map((row) => messageRowSchema.parse(row))
    },

    async readFacts(conversationId: string): Promise<ConversationSendFacts | null> {
      const row = await db
        .prepare(
          `SELECT v.phone_number_id, v.last_inbound_at, c.phone, c.user_id FROM conversations v
           JOIN contacts c ON c.id = v.contact_id WHERE v.id = ?1 AND v.org_id = ?2`,
        )
        .bind(conversationId, orgId)
        .first()
      if (row === null) return null
      const facts = factsSchema.parse(row)
      return {
        phoneNumberId: facts.phone_number_id,
        lastInboundAt: facts.last_inbound_at,
        phone: facts.phone,
        userId: facts.user_id,
      }
    },

    /** The number's sealed token. */
    async readToken(phoneNumberId: string): Promise<string | null> {
      const row = await db
        .prepare('SELECT token, status FROM numbers WHERE org_id = ?1 AND phone_number_id = ?2')
        .bind(orgId, phoneNumberId)
        .first()
      return row === null ? null : numberSchema.parse(row).token
    },

    /** Marks a queued message as on its way. False when it is no longer queued: it must not be sent. */
    startAttempt(conversationId: string, seq: number, now: number): Promise<boolean> {
      return updateMessage(
        { conversationId, seq, from: ['queued'] },
        `status = 'sending', attempts = attempts + 1, attempt_at = $, next_attempt_at = NULL, failure = NULL`,
        [now],
      )
    },

    /** Writes what became of a try. `extra` runs in the same transaction. */
    finishAttempt(
      conversationId: string,
      seq: number,
      result: SendResult,
      extra: readonly D1PreparedStatement[] = [],
    ): Promise<boolean> {
      switch (result.to) {
        case 'accepted':
          // A status webhook may have come first and raised it already: the wamid is all that is missing then.
          return updateMessage(
            { conversationId, seq, from: ['sending', 'sent', 'delivered', 'read', 'unknown', 'failed'] },
            `wamid = COALESCE(wamid, $), status = CASE WHEN status IN ('sending', 'unknown') THEN 'accepted' ELSE status END`,
            [result.wamid],
            extra,
          )
        case 'queued':
          return updateMessage({ conversationId, seq, from: ['sending'] }, `status = 'queued', next_attempt_at = $`, [
            result.at,
          ])
        case 'failed':
          return updateMessage({ conversationId, seq, from: ['sending', 'queued'] }, `status = 'failed', failure = $`, [
            JSON.stringify(failureSchema.parse(result.failure)),
          ])
        case 'unknown':
          return updateMessage({ conversationId, seq, from: ['sending'] }, `status = 'unknown'`, [])
      }
    },

    /** Queues a message again for exactly one try, while the window is open. */
    async requeue(
      conversationId: string,
      seq: number,
      from: 'failed' | 'unknown',
      attempts: number,
      now: number,
    ): Promise<boolean> {
      return updateMessage(
        { conversationId, seq, from: [from] },
        `status = 'queued', failure = NULL, attempts = $, next_attempt_at = $, wamid = NULL`,
        [attempts, now],
        [reopenRecord(conversationId, seq), addWork(conversationId, now)],
      )
    },

    /** A person says that a message whose answer was lost did arrive. */
    markArrived(conversationId: string, seq: number): Promise<boolean> {
      return updateMessage({ conversationId, seq, from: ['unknown'] }, `status = 'sent'`, [])
    },
  }
}

export type SendsRepo = ReturnType<typeof createSendsRepo>

/** Puts the numbered placeholders in the place of each `$`. */
function fill(assignments: string, placeholders: readonly string[]): string {
  let index = 0
  return assignments.replaceAll('$', () => placeholders[index++] ?? '$')
}
