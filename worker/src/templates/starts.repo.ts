import { z } from 'zod'
import { auditStatement } from '../audit/audit.repo.ts'
import type { ContactFacts } from '../contacts/contact.model.ts'
import { searchText } from '../contacts/contact.model.ts'
import type { Alias } from '../contacts/identity.model.ts'
import { searchRowId } from '../ingest/writes.people.repo.ts'
import { messageRowSchema } from '../messages/messages.rows.ts'
import type { MessageRow } from '../messages/messages.rows.ts'
import type { OrgScope } from '../platform/scope.ts'
import type { Permit } from '../quotas/places.repo.ts'
import { takePlace } from '../quotas/places.repo.ts'
import type { AcceptedTemplate, NewTemplateMessage, TicketToJoin, Value } from './start-messages.repo.ts'
import { accept, ALLOWED, bindUsed, messageStatements } from './start-messages.repo.ts'

export type Start = NewTemplateMessage & {
  phoneNumberId: string
  /** Who is known under the number, else who is to be: of a known contact only the id counts. */
  contact: ContactFacts
  phone: Alias
  conversationId: string
  departmentId: string
  channelName: string
  ticket: TicketToJoin | null
}

const sendingNumberSchema = z
  .object({
    phone_number_id: z.string(),
    waba_id: z.string(),
    token: z.string(),
    display_phone_number: z.string(),
    department_id: z.string().nullable(),
    channel_name: z.string().nullable(),
  })
  .transform((row) => ({
    phoneNumberId: row.phone_number_id,
    channelName: row.channel_name,
    wabaId: row.waba_id,
    token: row.token,
    displayPhoneNumber: row.display_phone_number,
    departmentId: row.department_id,
  }))
/** A number as its account's templates and conversations need it; `token` is sealed. */
export type SendingNumber = z.infer<typeof sendingNumberSchema>

const channelSchema = z
  .object({
    phone_number_id: z.string(),
    name: z.string(),
    department_id: z.string(),
    display_phone_number: z.string(),
  })
  .transform((row) => ({
    phoneNumberId: row.phone_number_id,
    channelName: row.name,
    departmentId: row.department_id,
    displayPhoneNumber: row.display_phone_number,
  }))
export type ChannelToStart = z.infer<typeof channelSchema>

const personSchema = z.object({
  contact_id: z.string(),
  conversation_id: z.string().nullable(),
  department_id: z.string().nullable(),
})

/** Whom the phone number names; the contact of the start where it names nobody. `phone` and `contact` are SQL. */
const namedBy = (phone: string, contact: string): string =>
  `COALESCE((SELECT contact_id FROM contact_aliases WHERE org_id = ?1 AND kind = 'phone' AND portfolio_id = '' AND value = ${phone}), ${contact})`

/** Conversations that an agent begins. */
export function createStartsRepo(org: Pick<OrgScope, 'db' | 'orgId'>) {
  const { db, orgId } = org
  return {
    async findNumber(phoneNumberId: string): Promise<SendingNumber | null> {
      const row = await db
        .prepare(
          `SELECT n.phone_number_id, n.waba_id, n.token, n.display_phone_number, h.department_id,
             h.name AS channel_name FROM numbers n
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

    async findContactId({ kind, portfolioId, value }: Alias): Promise<string | null> {
      const id = await db
        .prepare(
          'SELECT contact_id FROM contact_aliases WHERE org_id = ?1 AND kind = ?2 AND portfolio_id = ?3 AND value = ?4',
        )
        .bind(orgId, kind, portfolioId, value)
        .first('contact_id')
      return z.string().nullable().parse(id)
    },

    /** Channels that were not removed, in the order they were made. */
    async listChannels(): Promise<ChannelToStart[]> {
      const { results } = await db
        .prepare(
          `SELECT h.phone_number_id, h.name, h.department_id, n.display_phone_number FROM channels h
           JOIN numbers n ON n.org_id = h.org_id AND n.phone_number_id = h.phone_number_id
           WHERE h.org_id = ?1 AND h.removed_at IS NULL ORDER BY h.created_at, h.id`,
        )
        .bind(orgId)
        .all()
      return results.map((row) => channelSchema.parse(row))
    },

    async contactOf(conversationId: string): Promise<string | null> {
      const id = await db
        .prepare('SELECT contact_id FROM conversations WHERE id = ?1 AND org_id = ?2')
        .bind(conversationId, orgId)
        .first('contact_id')
      return z.string().nullable().parse(id)
    },

    /** The message that was accepted under this client id. */
    async findSent(conversationId: string, clientId: string): Promise<MessageRow | null> {
      const row = await db
        .prepare('SELECT * FROM messages WHERE conversation_id = ?1 AND client_id = ?2 AND org_id = ?3')
        .bind(conversationId, clientId, orgId)
        .first()
      return row === null ? null : messageRowSchema.parse(row)
    },

    /** Whether the ticket belongs to another conversation than the one with this contact on this number. */
    async isTicketTaken(ticketId: string, contactId: string, phoneNumberId: string): Promise<boolean> {
      const row = await db
        .prepare(
          `SELECT 1 FROM tickets t JOIN conversations v ON v.id = t.conversation_id AND v.org_id = t.org_id
           WHERE t.org_id = ?1 AND t.ticket_id = ?2 AND NOT (v.contact_id = ?3 AND v.phone_number_id = ?4)`,
        )
        .bind(orgId, ticketId, contactId, phoneNumberId)
        .first()
      return row !== null
    },

    /**
     * Takes a place where the permit asks for one, makes contact, conversation and message as far as they are not there, and lets the
     * conversation go on in the ticket: all of it or nothing, in one transaction. The same client id again is the same message. Null:
     * the permit does not hold (any more), no place was left, the number names another contact by now, or the ticket belongs to
     * another conversation.
     */
    async start(start: Start, permit: Permit): Promise<AcceptedTemplate | null> {
      const { contact, ticket } = start
      const who = {
        contact: '?7',
        onlyIf: `${namedBy('?8', '?7')} = ?7
          AND NOT EXISTS (SELECT 1 FROM tickets t JOIN conversations v ON v.id = t.conversation_id
            WHERE t.org_id = ?1 AND t.ticket_id = ?9 AND NOT (v.contact_id = ?7 AND v.phone_number_id = ?5))
          AND NOT EXISTS (SELECT 1 FROM conversations v JOIN messages m ON m.conversation_id = v.id AND m.client_id = ?10
            WHERE v.org_id = ?1 AND v.phone_number_id = ?5 AND v.contact_id = ?7)`,
        values: [contact.id, start.phone.value, ticket?.id ?? null, start.clientId],
      }
      const key = [orgId, start.phoneNumberId, contact.id, permit.standing, permit.pool, start.phone.value]
      const statement = (sql: string, ...more: readonly Value[]) => bindUsed(db, sql, [...key, ...more])
      const allowed = `${namedBy('?6', '?3')} = ?3 AND ${ALLOWED}`
      const people = [
        statement(
          `INSERT INTO contacts (id, org_id, name, name_source, phone, created_at)
           SELECT ?3, ?1, ?7, ?8, ?9, ?10 WHERE ${allowed} ON CONFLICT DO NOTHING`,
          contact.name,
          contact.nameSource,
          contact.phone,
          start.now,
        ),
        statement(
          `INSERT INTO contact_aliases (org_id, kind, portfolio_id, value, contact_id)
           SELECT ?1, 'phone', '', ?6, id FROM contacts WHERE id = ?3 AND org_id = ?1 ON CONFLICT DO NOTHING`,
        ),
        statement(
          `INSERT INTO contact_search (rowid, org_id, contact_id, body) SELECT ?7, org_id, id, ?8 FROM contacts
           WHERE id = ?3 AND org_id = ?1 AND created_at = ?9 AND NOT EXISTS (SELECT 1 FROM contact_search WHERE rowid = ?7)`,
          searchRowId(contact.id),
          searchText(contact),
          start.now,
        ),
        statement(
          `INSERT INTO conversations (id, org_id, phone_number_id, contact_id, department_id, last_message_at, last_summary, created_at)
           SELECT ?7, ?1, ?2, ?3, ?8, ?9, ?10, ?9 WHERE ${allowed} ON CONFLICT DO NOTHING`,
          start.conversationId,
          start.departmentId,
          start.now,
          start.summary,
        ),
      ]
      const audit = auditStatement(
        org,
        {
          at: start.now,
          actor: { kind: 'agent', id: start.agentId, name: start.agentName },
          action: 'conversation.started',
          target: start.channelName,
          details: { template: start.template.name, language: start.template.language },
        },
        {
          sql: `EXISTS (SELECT 1 FROM conversations v JOIN messages m ON m.conversation_id = v.id AND m.client_id = ?11
            WHERE v.org_id = ?1 AND v.phone_number_id = ?9 AND v.contact_id = ?10 AND v.change < m.change)`,
          values: [start.phoneNumberId, contact.id, start.clientId],
        },
      )
      const conversation =
        '(SELECT id FROM conversations WHERE org_id = ?1 AND phone_number_id = ?2 AND contact_id = ?3)'
      return accept(
        db,
        [...takePlace(org, permit, start.now, who), ...people],
        messageStatements({ statement, conversation }, start, permit, { ticket, beside: [audit] }),
      )
    },

    /** A template into a conversation that is there. Null where the permit does not hold or no place was left. */
    sendInto(
      { id, contactId }: { id: string; contactId: string },
      message: NewTemplateMessage,
      permit: Permit,
    ): Promise<AcceptedTemplate | null> {
      const key = [orgId, permit.phoneNumberId, contactId, permit.standing, permit.pool, id]
      const statement = (sql: string, ...more: readonly Value[]) => bindUsed(db, sql, [...key, ...more])
      const who = {
        contact: '?7',
        onlyIf: 'NOT EXISTS (SELECT 1 FROM messages WHERE conversation_id = ?8 AND client_id = ?9)',
        values: [contactId, id, message.clientId],
      }
      return accept(
        db,
        takePlace(org, permit, message.now, who),
        messageStatements({ statement, conversation: '?6' }, message, permit, { ticket: null, beside: [] }),
      )
    },
  }
}

export type StartsRepo = ReturnType<typeof createStartsRepo>
