import { addWork } from '../conversations/pending-work.repo.ts'
import type { OrgScope } from '../platform/scope.ts'
import { SILENT_KINDS } from '../tickets/tickets.model.ts'

/** Nobody looks further back than this for what a customer waits for. */
const LOOK_BACK_MS = 7 * 24 * 60 * 60 * 1_000

const SILENT = [...SILENT_KINDS].map((kind) => `'${kind}'`).join(', ')

/**
 * An answer that has failed is none: the customer waits again, since their oldest message after our last one that went out, and the
 * conversation is looked at for a ticket. To stand in the batch that fails the message, after it; nothing where it did not fail.
 */
export function waitAgain({ db, orgId }: Pick<OrgScope, 'db' | 'orgId'>, seq: number): D1PreparedStatement[] {
  const failed = '(SELECT conversation_id FROM messages WHERE seq = ?2 AND org_id = ?1 AND status = ?3)'
  const thread = `messages m INDEXED BY messages_in_thread
    WHERE m.conversation_id = conversations.id AND m.sent_at > COALESCE(conversations.last_inbound_at, 0) - ?4`
  const statement = (sql: string, ...more: number[]) => db.prepare(sql).bind(orgId, seq, 'failed', ...more)
  return [
    statement(
      `UPDATE conversations SET waiting_since = COALESCE((
         SELECT MIN(m.sent_at) FROM ${thread} AND m.direction = 'in' AND m.is_hidden = 0 AND m.kind NOT IN (${SILENT})
           AND m.seq > COALESCE((SELECT MAX(m.seq) FROM ${thread} AND m.direction = 'out' AND m.status <> ?3), 0)
         ), waiting_since)
       WHERE org_id = ?1 AND id = ${failed}`,
      LOOK_BACK_MS,
    ),
    statement(
      `UPDATE conversations SET ${addWork('last_message_at')}
       WHERE org_id = ?1 AND waiting_since IS NOT NULL AND id = ${failed}`,
    ),
  ]
}
