import { z } from 'zod'
import { endWork } from '../conversations/pending-work.repo.ts'
import type { OrgScope } from '../platform/scope.ts'
import { CHANNEL, MESSAGE_COLUMNS, PLACE_COLUMNS } from './columns.repo.ts'
import type { DeskSetting, Progress } from './effects.types.ts'
import type { DeskFacts, DeskMessage } from './tickets.rows.ts'
import { claimRowSchema, deskFactsRowSchema, deskMessageRowSchema, placeRowSchema } from './tickets.rows.ts'

/** How many messages one pass reads. */
const PAGE = 200
/** A conversation without a ticket looks that far for a message that may make one. */
const MAX_PAGES = 10

export type ClaimAnswer =
  /** `isInherited`: somebody else held the claim before and never finished. */
  | { kind: 'claimed'; isInherited: boolean }
  | { kind: 'known'; deskContactId: string }
  | { kind: 'taken'; until: number }

export type DecisionRow = { decision: string; reason: string; ticketId: string; ticketNumber: string; at: number }

/** What recording one conversation in Desk reads and writes in D1. */
export function createTicketsRepo({ db, orgId }: Pick<OrgScope, 'db' | 'orgId'>, conversationId: string) {
  /** Messages that changed since everything was in the ticket: few, whereas a scan by seq would read those of all conversations. */
  const pageBy = async (order: string, from: number, deskChange: number): Promise<DeskMessage[]> => {
    const { results } = await db
      .prepare(
        `SELECT ${MESSAGE_COLUMNS} FROM messages m INDEXED BY messages_by_change
         WHERE m.conversation_id = ?1 AND m.org_id = ?2 AND m.change > ?3 AND m.seq > ?4 ORDER BY ${order} LIMIT ?5`,
      )
      .bind(conversationId, orgId, deskChange, from, PAGE + 1)
      .all()
    return results.map((row) => deskMessageRowSchema.parse(row))
  }

  /** By arrival. What fits a page comes in the order of the index: rows that D1 has to sort are read once more. */
  const page = async (from: number, deskChange: number): Promise<DeskMessage[]> => {
    const read = await pageBy('m.change, m.seq', from, deskChange)
    return read.length > PAGE ? pageBy('m.seq', from, deskChange) : read.toSorted((a, b) => a.seq - b.seq)
  }

  /** Told once: only while the messages are not yet in the ticket, and that a ticket is spam only the first time. */
  const addDecision = (row: DecisionRow, cursor: number): D1PreparedStatement =>
    db
      .prepare(
        `INSERT INTO ticket_decisions (org_id, conversation_id, at, decision, reason, ticket_id, ticket_number, change)
         SELECT org_id, id, ?3, ?4, ?5, ?6, ?7, change + 1 FROM conversations
         WHERE id = ?1 AND org_id = ?2 AND desk_cursor < ?8 AND NOT (?5 = 'spam' AND EXISTS (
           SELECT 1 FROM ticket_decisions WHERE conversation_id = ?1 AND org_id = ?2 AND ticket_id = ?6 AND reason = 'spam'))`,
      )
      .bind(conversationId, orgId, row.at, row.decision, row.reason, row.ticketId, row.ticketNumber, cursor)

  const addTicket = (ticket: { id: string; number: string; departmentId: string }, fromSeq: number, now: number) =>
    db
      .prepare(
        `INSERT INTO tickets (org_id, ticket_id, conversation_id, ticket_number, department_id, from_seq, created_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT DO NOTHING`,
      )
      .bind(orgId, ticket.id, conversationId, ticket.number, ticket.departmentId, fromSeq, now)

  /** A ticket that is new to the conversation gets its row, a known one its department. */
  const placeTicket = (
    ticket: { id: string; number: string; departmentId: string },
    decision: DecisionRow,
    fromSeq: number,
  ): D1PreparedStatement[] => [
    addTicket(ticket, fromSeq, decision.at),
    db
      .prepare('UPDATE tickets SET department_id = ?3 WHERE org_id = ?1 AND ticket_id = ?2 AND department_id <> ?3')
      .bind(orgId, ticket.id, ticket.departmentId),
  ]

  const advance = (
    progress: Progress,
    ticket: { id: string; number: string; departmentId: string } | null,
    raise: 0 | 1,
    isTicketDone = true,
  ) => {
    const { finishedVersion } = progress
    // What is left as it is stays out of the statement, so that its index is not written.
    const end = finishedVersion === null ? '' : `${endWork('?11')},`
    return db
      .prepare(
        `UPDATE conversations SET desk_cursor = MAX(desk_cursor, ?3), desk_holes = ?4,
           desk_change = CASE WHEN change = ?5 THEN ?5 + ?6 ELSE COALESCE(?5, desk_change) END,
           desk_state = 'done', desk_reason = NULL, change = change + ?6, ${end}
           ticket_order = CASE WHEN ?10 THEN NULL ELSE ticket_order END, ticket_id = COALESCE(?7, ticket_id), ticket_number = COALESCE(?8, ticket_number), department_id = COALESCE(?9, department_id)
         WHERE id = ?1 AND org_id = ?2`,
      )
      .bind(
        conversationId,
        orgId,
        progress.cursor,
        JSON.stringify(progress.holes),
        progress.seenChange,
        raise,
        ticket?.id ?? null,
        ticket?.number ?? null,
        ticket?.departmentId ?? null,
        isTicketDone ? 1 : 0,
        ...(finishedVersion === null ? [] : [finishedVersion]),
      )
  }

  /** Panels that showed these messages as not yet in the ticket are told. */
  const touchMessages = (seqs: readonly number[]): D1PreparedStatement =>
    db
      .prepare(
        `UPDATE messages SET change = (SELECT change FROM conversations WHERE id = ?1)
         WHERE conversation_id = ?1 AND org_id = ?2 AND seq IN (SELECT value FROM json_each(?3))`,
      )
      .bind(conversationId, orgId, JSON.stringify(seqs))

  return {
    conversationId,

    /** `known` are contact and channel where they need not be read again. */
    async readFacts(known: DeskSetting | null): Promise<DeskFacts | null> {
      if (known !== null) {
        const place = await db
          .prepare(`SELECT ${PLACE_COLUMNS} FROM conversations v ${CHANNEL} WHERE v.id = ?1 AND v.org_id = ?2`)
          .bind(conversationId, orgId)
          .first()
        return place === null ? null : { ...placeRowSchema.parse(place), ...known }
      }
      const row = await db
        .prepare(
          `SELECT ${PLACE_COLUMNS}, v.contact_id, c.name AS contact_name, c.phone AS contact_phone, c.desk_contact_id,
             h.department_id AS channel_department_id, h.reopen_days, h.burst_seconds, h.public_comments
           FROM conversations v
           JOIN contacts c ON c.id = v.contact_id AND c.org_id = v.org_id
           ${CHANNEL}
           WHERE v.id = ?1 AND v.org_id = ?2`,
        )
        .bind(conversationId, orgId)
        .first()
      return row === null ? null : deskFactsRowSchema.parse(row)
    },

    /**
     * Messages that are not, or not wholly, in the ticket, by arrival. `isAll` is false when there are more. `isFound` stops the search
     * for a message that may make a ticket.
     */
    async readUnrecorded(
      facts: DeskFacts,
      isFound: (message: DeskMessage) => boolean,
    ): Promise<{ messages: DeskMessage[]; isAll: boolean }> {
      // What lies beyond the cursor is on the pages anyway.
      const holes = facts.holes.filter((seq) => seq <= facts.cursor)
      const messages = holes.length === 0 ? [] : await this.readMessages(holes)
      let from = facts.cursor
      for (let pages = 0; pages < MAX_PAGES; pages += 1) {
        const read = await page(from, facts.deskChange)
        messages.push(...read.slice(0, PAGE))
        from = messages.at(-1)?.seq ?? from
        if (read.length <= PAGE) return { messages, isAll: true }
        if (facts.ticketId !== null || read.some(isFound)) break
      }
      return { messages, isAll: false }
    },

    async readMessages(seqs: readonly number[]): Promise<DeskMessage[]> {
      const { results } = await db
        .prepare(
          `SELECT ${MESSAGE_COLUMNS} FROM messages m
           WHERE m.seq IN (SELECT value FROM json_each(?3)) AND m.conversation_id = ?1 AND m.org_id = ?2 ORDER BY m.seq`,
        )
        .bind(conversationId, orgId, JSON.stringify(seqs))
        .all()
      return results.map((row) => deskMessageRowSchema.parse(row))
    },

    /**
     * Claims the right to find or make the contact in Desk until `until`: one person may write to two numbers at once. Claiming again
     * prolongs the claim.
     */
    async claimContact(contactId: string, now: number, until: number): Promise<ClaimAnswer> {
      const [before, claimed] = await db.batch([
        db
          .prepare(
            'SELECT desk_contact_id, desk_claim_by, desk_claim_until FROM contacts WHERE id = ?1 AND org_id = ?2',
          )
          .bind(contactId, orgId),
        db
          .prepare(
            `UPDATE contacts SET desk_claim_by = ?3, desk_claim_until = ?5
             WHERE id = ?1 AND org_id = ?2 AND desk_contact_id IS NULL AND (desk_claim_by IS NULL OR desk_claim_by = ?3 OR desk_claim_until <= ?4)`,
          )
          .bind(contactId, orgId, conversationId, now, until),
      ])
      const row = claimRowSchema.parse(before?.results[0])
      if (row.desk_contact_id !== null) return { kind: 'known', deskContactId: row.desk_contact_id }
      if (claimed?.meta.changes !== 1) return { kind: 'taken', until: row.desk_claim_until }
      return { kind: 'claimed', isInherited: row.desk_claim_by !== null && row.desk_claim_by !== conversationId }
    },

    /** The contact's counterpart in Desk, set once. */
    async saveDeskContact(contactId: string, deskContactId: string): Promise<void> {
      await db
        .prepare(
          'UPDATE contacts SET desk_contact_id = ?3, desk_claim_by = NULL WHERE id = ?1 AND org_id = ?2 AND desk_contact_id IS NULL',
        )
        .bind(contactId, orgId, deskContactId)
        .run()
    },

    /** Desk no longer has this contact: it was deleted or merged there. */
    async clearDeskContact(contactId: string, deskContactId: string): Promise<void> {
      await db
        .prepare(
          'UPDATE contacts SET desk_contact_id = NULL, desk_claim_by = NULL WHERE id = ?1 AND org_id = ?2 AND desk_contact_id = ?3',
        )
        .bind(contactId, orgId, deskContactId)
        .run()
    },

    /** The first message of a ticket of this conversation; null for a ticket that is not its own. */
    async readFromSeq(ticketId: string): Promise<number | null> {
      const seq = await db
        .prepare('SELECT from_seq FROM tickets WHERE org_id = ?1 AND ticket_id = ?2 AND conversation_id = ?3')
        .bind(orgId, ticketId, conversationId)
        .first('from_seq')
      return z.number().nullable().parse(seq)
    },

    /** A ticket was made for the message `openerSeq`. */
    async commitTicket(
      ticket: { id: string; number: string; departmentId: string },
      decision: Omit<DecisionRow, 'ticketId' | 'ticketNumber'>,
      openerSeq: number,
      progress: Progress,
    ): Promise<void> {
      await db.batch([
        db
          .prepare(
            `INSERT INTO ticket_decisions (org_id, conversation_id, at, decision, reason, ticket_id, ticket_number, change)
             SELECT v.org_id, v.id, ?3, ?4, ?5, ?6, ?7, v.change + 1 FROM conversations v WHERE v.id = ?1 AND v.org_id = ?2
               AND NOT EXISTS (SELECT 1 FROM tickets t WHERE t.org_id = v.org_id AND t.ticket_id = ?6)`,
          )
          .bind(conversationId, orgId, decision.at, decision.decision, decision.reason, ticket.id, ticket.number),
        addTicket(ticket, openerSeq, decision.at),
        advance(progress, ticket, 1),
        touchMessages([openerSeq]),
      ])
    },

    /**
     * Messages were recorded in a ticket. `decision` is null for a plain append; `ticket` is null when Desk was not asked about it.
     * Panels are told of the messages where `isTold`: they showed them as not yet in the ticket.
     */
    async commitAppend(
      ticket: { id: string; number: string; departmentId: string } | null,
      decision: DecisionRow | null,
      progress: Progress,
      seqs: { recorded: readonly number[]; isTold: boolean },
    ): Promise<void> {
      await db.batch([
        ...(decision === null ? [] : [addDecision(decision, progress.cursor)]),
        ...(decision === null || ticket === null ? [] : placeTicket(ticket, decision, Math.min(...seqs.recorded))),
        advance(progress, ticket, decision !== null || seqs.isTold ? 1 : 0),
        ...(seqs.isTold ? [touchMessages(seqs.recorded)] : []),
      ])
    },

    /** Nothing had to be written into the ticket: only the place moves. */
    async settle(progress: Progress, isNews: boolean): Promise<void> {
      await advance(progress, null, isNews ? 1 : 0, false).run()
    },

    async finish(version: number): Promise<void> {
      await db
        .prepare(`UPDATE conversations SET ${endWork('?3')} WHERE id = ?1 AND org_id = ?2`)
        .bind(conversationId, orgId, version)
        .run()
    },

    /** Shows how the ticket side stands. Resolves to whether that is news. */
    async showState(state: DeskFacts['deskState'], reason: string | null): Promise<boolean> {
      const { meta } = await db
        .prepare(
          `UPDATE conversations SET desk_state = ?3, desk_reason = ?4, change = change + 1
           WHERE id = ?1 AND org_id = ?2 AND (desk_state <> ?3 OR desk_reason IS NOT ?4)`,
        )
        .bind(conversationId, orgId, state, reason)
        .run()
      return meta.changes === 1
    },
  }
}

export type TicketsRepo = ReturnType<typeof createTicketsRepo>
