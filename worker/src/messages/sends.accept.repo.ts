import { addWork } from '../conversations/pending-work.repo.ts'
import type { OrgScope } from '../platform/scope.ts'
import type { Permit } from '../quotas/places.repo.ts'
import { permitHolds, permitValues, takePlace } from '../quotas/places.repo.ts'
import { messageRowSchema } from './messages.rows.ts'
import type { MessageRow } from './messages.rows.ts'
import { WINDOW_MS } from './sends.model.ts'

export type NewOutgoing = {
  conversationId: string
  contactId: string
  clientId: string
  content: string
  summary: string
  quoteWamid: string | null
  agentId: string
  agentName: string
  now: number
}

/** Accepting what an agent wrote. */
export function createAcceptRepo(scope: Pick<OrgScope, 'db' | 'orgId'>) {
  const { db, orgId } = scope

  const known = (conversationId: string, clientId: string): D1PreparedStatement =>
    db
      .prepare('SELECT * FROM messages WHERE conversation_id = ?1 AND client_id = ?2 AND org_id = ?3')
      .bind(conversationId, clientId, orgId)

  return {
    /** What was accepted before under this client id. */
    async findByClientId(conversationId: string, clientId: string): Promise<MessageRow | null> {
      const row = await known(conversationId, clientId).first()
      return row === null ? null : messageRowSchema.parse(row)
    },

    /**
     * Accepts a message: one transaction that takes its person's place and inserts it, only while the 24-hour window is open and the
     * permit holds, and only once per client id. Resolves to the row, new or known, or to null where it was not let in.
     */
    async accept(message: NewOutgoing, permit: Permit): Promise<{ row: MessageRow; isNew: boolean } | null> {
      const { conversationId, clientId, now } = message
      const isLetIn = `EXISTS (SELECT 1 FROM conversations WHERE id = ?8 AND org_id = ?1 AND last_inbound_at > ?3 - ?10)
        AND NOT EXISTS (SELECT 1 FROM messages WHERE conversation_id = ?8 AND client_id = ?9)`
      const place = takePlace(scope, permit, now, {
        contact: '?7',
        onlyIf: isLetIn,
        values: [message.contactId, conversationId, clientId, WINDOW_MS],
      })
      const holds = permitHolds({
        org: '?2',
        contact: 'v.contact_id',
        number: '?11',
        standing: '?12',
        pool: '?13',
      })
      const answers = await db.batch([
        ...place,
        db
          .prepare(
            `INSERT INTO messages (org_id, conversation_id, direction, kind, content, summary, sent_at, received_at, status,
               quote_wamid, client_id, agent_id, agent_name, place, change)
             SELECT v.org_id, v.id, 'out', 'text', ?3, ?4, ?5, ?5, 'queued', ?6, ?7, ?8, ?9, ?13, v.change + 1
             FROM conversations v WHERE v.id = ?1 AND v.org_id = ?2 AND v.last_inbound_at > ?5 - ?10 AND ${holds}
             ON CONFLICT DO NOTHING`,
          )
          .bind(
            ...[conversationId, orgId, message.content, message.summary, now, message.quoteWamid, clientId],
            ...[message.agentId, message.agentName, WINDOW_MS, ...permitValues(permit)],
          ),
        db
          .prepare(
            `UPDATE conversations SET change = change + 1, last_message_at = MAX(last_message_at, ?3), last_summary = ?4,
               waiting_since = NULL
             WHERE id = ?1 AND org_id = ?2
               AND change < (SELECT change FROM messages WHERE conversation_id = ?1 AND client_id = ?5)`,
          )
          .bind(conversationId, orgId, now, message.summary, clientId),
        db
          .prepare(
            `UPDATE conversations SET ${addWork('?3')} WHERE id = ?1 AND org_id = ?2
               AND EXISTS (SELECT 1 FROM messages WHERE conversation_id = ?1 AND client_id = ?4 AND org_id = ?2)`,
          )
          .bind(conversationId, orgId, now, clientId),
        known(conversationId, clientId),
      ])
      const row = answers.at(-1)?.results[0]
      const inserted = answers[place.length]
      return row === undefined ? null : { row: messageRowSchema.parse(row), isNew: inserted?.meta.changes === 1 }
    },
  }
}
