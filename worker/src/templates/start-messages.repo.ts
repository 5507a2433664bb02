import { addWork } from '../conversations/pending-work.repo.ts'
import { messageRowSchema } from '../messages/messages.rows.ts'
import type { MessageRow } from '../messages/messages.rows.ts'
import type { Permit } from '../quotas/places.repo.ts'
import { permitHolds } from '../quotas/places.repo.ts'
import type { FilledTemplate } from './templates.model.ts'

export type TicketToJoin = { id: string; number: string; departmentId: string; deskContactId: string | null }

export type NewTemplateMessage = {
  clientId: string
  template: FilledTemplate
  summary: string
  agentId: string
  agentName: string
  now: number
}

export type AcceptedTemplate = { row: MessageRow; isNew: boolean }

export type Value = string | number | null

/**
 * `statement` binds organisation, business number, contact, standing and pool of the permit as ?1 to ?5 and one value more; others
 * follow from ?7. `conversation` is SQL.
 */
type Target = { statement: (sql: string, ...more: readonly Value[]) => D1PreparedStatement; conversation: string }

/** The permit still holds, and the contact has its place. */
export const ALLOWED = permitHolds({ org: '?1', contact: '?3', number: '?2', standing: '?4', pool: '?5' })

/** Binds as many of the values as the statement names: D1 takes no more. */
export function bindUsed(db: D1Database, sql: string, values: readonly Value[]): D1PreparedStatement {
  const used = Math.max(0, ...[...sql.matchAll(/\?(\d+)/g)].map(([, index]) => Number(index)))
  return db.prepare(sql).bind(...values.slice(0, used))
}

/** Runs everything as one transaction. `message` begins with what inserts the message and ends with what reads it. */
export async function accept(
  db: D1Database,
  before: readonly D1PreparedStatement[],
  message: readonly D1PreparedStatement[],
): Promise<AcceptedTemplate | null> {
  const results = (await db.batch([...before, ...message])).slice(before.length)
  const row = results.at(-1)?.results[0]
  return row === undefined ? null : { row: messageRowSchema.parse(row), isNew: results[0]?.meta.changes === 1 }
}

/** The message, what it changes about its conversation, and the work it makes; `beside` runs while the message is not told yet. */
export function messageStatements(
  { statement, conversation }: Target,
  { template, ...message }: NewTemplateMessage,
  { pool }: Permit,
  { ticket, beside }: { ticket: TicketToJoin | null; beside: readonly D1PreparedStatement[] },
): D1PreparedStatement[] {
  const content = { kind: 'template', name: template.name, language: template.language, text: template.text }
  // The message, while nothing of it has been told: a repeated request finds it told.
  const news = `messages m JOIN conversations v ON v.id = m.conversation_id AND v.org_id = m.org_id
    WHERE m.conversation_id = ${conversation} AND m.org_id = ?1 AND m.client_id = ?7 AND v.change < m.change`
  const tell = (sql: string, ...more: readonly Value[]) => statement(sql, message.clientId, ...more)
  return [
    tell(
      `INSERT INTO messages (org_id, conversation_id, direction, kind, content, summary, sent_at, received_at, status, client_id,
         agent_id, agent_name, template_parameters, place, change)
       SELECT v.org_id, v.id, 'out', 'template', ?8, ?9, ?10, ?10, 'queued', ?7, ?11, ?12, ?13, ?14, v.change + 1
       FROM conversations v WHERE v.id = ${conversation} AND v.org_id = ?1 AND ${ALLOWED} AND NOT EXISTS (
         SELECT 1 FROM tickets t WHERE t.org_id = ?1 AND t.ticket_id = ?15 AND t.conversation_id <> v.id)
       ON CONFLICT DO NOTHING`,
      JSON.stringify(content),
      message.summary,
      message.now,
      message.agentId,
      message.agentName,
      JSON.stringify(template.parameters),
      pool,
      ticket?.id ?? null,
    ),
    ...(ticket === null ? [] : joinStatements(tell, news, message.now, ticket)),
    ...beside,
    tell(
      `UPDATE conversations SET change = change + 1, last_message_at = MAX(last_message_at, ?8), last_summary = ?9, waiting_since = NULL,
         ticket_id = COALESCE(?10, ticket_id), ticket_number = COALESCE(?11, ticket_number),
         department_id = COALESCE(?12, department_id)
       WHERE org_id = ?1 AND id = (SELECT v.id FROM ${news})`,
      message.now,
      message.summary,
      ticket?.id ?? null,
      ticket?.number ?? null,
      ticket?.departmentId ?? null,
    ),
    tell(
      `UPDATE conversations SET ${addWork('?8')} WHERE org_id = ?1 AND id = (
         SELECT conversation_id FROM messages WHERE conversation_id = ${conversation} AND org_id = ?1 AND client_id = ?7)`,
      message.now,
    ),
    tell(`SELECT * FROM messages WHERE conversation_id = ${conversation} AND org_id = ?1 AND client_id = ?7`),
  ]
}

/** The conversation goes on in the ticket, which is told; our contact is the ticket's where nobody else's is known. */
function joinStatements(
  tell: Target['statement'],
  news: string,
  now: number,
  { id, number, departmentId, deskContactId }: TicketToJoin,
): D1PreparedStatement[] {
  const join = [
    tell(
      `INSERT INTO tickets (org_id, ticket_id, conversation_id, ticket_number, department_id, from_seq, created_at)
       SELECT m.org_id, ?8, m.conversation_id, ?9, ?10, m.seq, ?11 FROM ${news} ON CONFLICT DO NOTHING`,
      id,
      number,
      departmentId,
      now,
    ),
    tell(
      `INSERT INTO ticket_decisions (org_id, conversation_id, at, decision, reason, ticket_id, ticket_number, change)
       SELECT m.org_id, m.conversation_id, ?10, 'appended', 'started', ?8, ?9, m.change FROM ${news} AND v.ticket_id IS NOT ?8`,
      id,
      number,
      now,
    ),
  ]
  if (deskContactId === null) return join
  const link = tell(
    `UPDATE contacts SET desk_contact_id = ?8, desk_claim_by = NULL
     WHERE org_id = ?1 AND id = (SELECT v.contact_id FROM ${news}) AND desk_contact_id IS NULL AND desk_claim_until <= ?9`,
    deskContactId,
    now,
  )
  return [...join, link]
}
