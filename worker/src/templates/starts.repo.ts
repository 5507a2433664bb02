import { z } from 'zod'
import type { ContactFacts } from '../contacts/contact.model.ts'
import { searchText } from '../contacts/contact.model.ts'
import type { Alias } from '../contacts/identity.model.ts'
import { searchRowId } from '../ingest/writes.people.repo.ts'
import { messageRowSchema } from '../messages/messages.rows.ts'
import type { MessageRow } from '../messages/messages.rows.ts'
import type { OrgScope } from '../platform/scope.ts'
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

export type Start = NewTemplateMessage & {
  phoneNumberId: string
  /** Who it is if nobody is known under the number. */
  contact: ContactFacts
  phone: Alias
  conversationId: string
  departmentId: string
  ticket: TicketToJoin | null
}

export type AcceptedTemplate = { row: MessageRow; isNew: boolean }

const sendingNumberSchema = z
  .object({
    phone_number_id: z.string(),
    waba_id: z.string(),
    token: z.string(),
    display_phone_number: z.string(),
    department_id: z.string().nullable(),
  })
  .transform((row) => ({
    phoneNumberId: row.phone_number_id,
    wabaId: row.waba_id,
    token: row.token,
    displayPhoneNumber: row.display_phone_number,
    departmentId: row.department_id,
  }))
/** A number as its account's templates and conversations need it; `token` is sealed. */
export type SendingNumber = z.infer<typeof sendingNumberSchema>

const personSchema = z.object({
  contact_id: z.string(),
  conversation_id: z.string().nullable(),
  department_id: z.string().nullable(),
})

/** Who is meant by the number, by the key of all its forms; else the contact that is about to be made. */
const CONTACT = `COALESCE((SELECT contact_id FROM contact_aliases WHERE org_id = ?1 AND kind = 'phone' AND portfolio_id = '' AND value = ?3), ?4)`

/** Conversations that an agent begins. */
export function createStartsRepo({ db, orgId }: Pick<OrgScope, 'db' | 'orgId'>) {
  return {
    async findNumber(phoneNumberId: string): Promise<SendingNumber | null> {
      const row = await db
        .prepare(
          `SELECT n.phone_number_id, n.waba_id, n.token, n.display_phone_number, h.department_id FROM numbers n
           LEFT JOIN channels h ON h.org_id = n.org_id AND h.phone_number_id = n.phone_number_id
           WHERE n.org_id = ?1 AND n.phone_number_id = ?2`,
        )
        .bind(orgId, phoneNumberId)
        .first()
      return row === null ? null : sendingNumberSchema.parse(row)
    },

    /** Who has this phone number, and the conversation with them on the business number. */
    async findPerson(
      phone: Alias,
      phoneNumberId: string,
    ): Promise<{ contactId: string; conversation: { id: string; departmentId: string } | null } | null> {
      const row = await db
        .prepare(
          `SELECT a.contact_id, v.id AS conversation_id, v.department_id FROM contact_aliases a
           LEFT JOIN conversations v ON v.org_id = a.org_id AND v.phone_number_id = ?2 AND v.contact_id = a.contact_id
           WHERE a.org_id = ?1 AND a.kind = 'phone' AND a.portfolio_id = '' AND a.value = ?3`,
        )
        .bind(orgId, phoneNumberId, phone.value)
        .first()
      if (row === null) return null
      const { contact_id: contactId, conversation_id: id, department_id: departmentId } = personSchema.parse(row)
      return { contactId, conversation: id === null || departmentId === null ? null : { id, departmentId } }
    },

    /**
     * Makes contact, conversation and message, as far as they are not there, in one transaction; the same client id again is the same
     * message. With a ticket the conversation goes on in it from this message. Resolves to null where the ticket belongs to another
     * conversation; nothing is sent then.
     */
    async start(start: Start): Promise<AcceptedTemplate | null> {
      const { contact } = start
      const key = [orgId, start.phoneNumberId, start.phone.value, contact.id]
      const statement = (sql: string, ...more: readonly Value[]) => db.prepare(sql).bind(...key, ...more)
      const people = [
        statement(
          `INSERT INTO contacts (id, org_id, name, name_source, phone, created_at)
           SELECT ?4, ?1, ?5, ?6, ?7, ?8 WHERE ${CONTACT} = ?4`,
          contact.name,
          contact.nameSource,
          contact.phone,
          start.now,
        ),
        statement(
          `INSERT INTO contact_aliases (org_id, kind, portfolio_id, value, contact_id)
           SELECT ?1, 'phone', '', ?3, id FROM contacts WHERE id = ?4 AND org_id = ?1`,
        ),
        statement(
          `INSERT INTO contact_search (rowid, org_id, contact_id, body) SELECT ?5, org_id, id, ?6 FROM contacts WHERE id = ?4 AND org_id = ?1`,
          searchRowId(contact.id),
          searchText(contact),
        ),
        statement(
          `INSERT INTO conversations (id, org_id, phone_number_id, contact_id, department_id, last_message_at, last_summary, created_at)
           SELECT ?5, ?1, ?2, ${CONTACT}, ?6, ?7, ?8, ?7 WHERE true ON CONFLICT DO NOTHING`,
          start.conversationId,
          start.departmentId,
          start.now,
          start.summary,
        ),
      ]
      const conversation = `(SELECT id FROM conversations WHERE org_id = ?1 AND phone_number_id = ?2 AND contact_id = ${CONTACT})`
      return accept(db, people, messageStatements({ statement, conversation }, start, start.ticket))
    },

    /** A template into a conversation that is there. Resolves to null where it is not. */
    sendInto(conversationId: string, message: NewTemplateMessage): Promise<AcceptedTemplate | null> {
      const statement = (sql: string, ...more: readonly Value[]) =>
        db.prepare(sql).bind(orgId, conversationId, null, null, ...more)
      return accept(db, [], messageStatements({ statement, conversation: '?2' }, message, null))
    },
  }
}

export type StartsRepo = ReturnType<typeof createStartsRepo>

type Value = string | number | null
/** `statement` binds the organisation as ?1 and what `conversation` names up to ?4; more values follow from ?5. */
type Target = { statement: (sql: string, ...more: readonly Value[]) => D1PreparedStatement; conversation: string }

async function accept(
  db: D1Database,
  before: readonly D1PreparedStatement[],
  statements: readonly D1PreparedStatement[],
): Promise<AcceptedTemplate | null> {
  const results = (await db.batch([...before, ...statements])).slice(before.length)
  const row = results.at(-1)?.results[0]
  return row === undefined ? null : { row: messageRowSchema.parse(row), isNew: results[0]?.meta.changes === 1 }
}

/** The message, what it changes about its conversation, and the work it makes; the first inserts it, the last reads it. */
function messageStatements(
  { statement, conversation }: Target,
  { template, ...message }: NewTemplateMessage,
  ticket: TicketToJoin | null,
): D1PreparedStatement[] {
  const content = { kind: 'template', name: template.name, language: template.language, text: template.text }
  // The message, while nothing of it has been told: a repeated request finds it told.
  const news = `messages m JOIN conversations v ON v.id = m.conversation_id AND v.org_id = m.org_id
    WHERE m.conversation_id = ${conversation} AND m.org_id = ?1 AND m.client_id = ?5 AND v.change < m.change`
  const tell = (sql: string, ...more: readonly Value[]) => statement(sql, message.clientId, ...more)
  return [
    tell(
      `INSERT INTO messages (org_id, conversation_id, direction, kind, content, summary, sent_at, received_at, status, client_id,
         agent_id, agent_name, template_parameters, change)
       SELECT v.org_id, v.id, 'out', 'template', ?6, ?7, ?8, ?8, 'queued', ?5, ?9, ?10, ?11, v.change + 1
       FROM conversations v WHERE v.id = ${conversation} AND v.org_id = ?1 AND NOT EXISTS (
         SELECT 1 FROM tickets t WHERE t.org_id = ?1 AND t.ticket_id = ?12 AND t.conversation_id <> v.id)
       ON CONFLICT DO NOTHING`,
      JSON.stringify(content),
      message.summary,
      message.now,
      message.agentId,
      message.agentName,
      JSON.stringify(template.parameters),
      ticket?.id ?? null,
    ),
    ...(ticket === null ? [] : joinStatements(tell, news, message.now, ticket)),
    tell(
      `UPDATE conversations SET change = change + 1, last_message_at = MAX(last_message_at, ?6), last_summary = ?7,
         ticket_id = COALESCE(?8, ticket_id), ticket_number = COALESCE(?9, ticket_number), department_id = COALESCE(?10, department_id)
       WHERE org_id = ?1 AND id = (SELECT v.id FROM ${news})`,
      message.now,
      message.summary,
      ticket?.id ?? null,
      ticket?.number ?? null,
      ticket?.departmentId ?? null,
    ),
    tell(
      `INSERT INTO pending_work (conversation_id, org_id, since)
       SELECT conversation_id, org_id, ?6 FROM messages WHERE conversation_id = ${conversation} AND org_id = ?1 AND client_id = ?5
       ON CONFLICT (conversation_id) DO UPDATE SET version = version + 1`,
      message.now,
    ),
    tell(`SELECT * FROM messages WHERE conversation_id = ${conversation} AND org_id = ?1 AND client_id = ?5`),
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
       SELECT m.org_id, ?6, m.conversation_id, ?7, ?8, m.seq, ?9 FROM ${news} ON CONFLICT DO NOTHING`,
      id,
      number,
      departmentId,
      now,
    ),
    tell(
      `INSERT INTO ticket_decisions (org_id, conversation_id, at, decision, reason, ticket_id, ticket_number, change)
       SELECT m.org_id, m.conversation_id, ?8, 'appended', 'started', ?6, ?7, m.change FROM ${news} AND v.ticket_id IS NOT ?6`,
      id,
      number,
      now,
    ),
  ]
  if (deskContactId === null) return join
  const link = tell(
    `UPDATE contacts SET desk_contact_id = ?6, desk_claim_by = NULL
     WHERE org_id = ?1 AND id = (SELECT v.contact_id FROM ${news}) AND desk_contact_id IS NULL AND desk_claim_until <= ?7`,
    deskContactId,
    now,
  )
  return [...join, link]
}
