import { z } from 'zod'
import { TICKET_RULES } from '../../../contract/index.ts'
import { jsonColumn } from '../messages/messages.rows.ts'
import type { OrgScope } from '../platform/scope.ts'
import type { Gate } from './ticket-gate.model.ts'
import { ticketOrderSchema } from './ticket-order.rows.ts'

const MINUTE_MS = 60_000

const gateSchema = z.object({
  channel: z.enum(['on', 'off', 'removed']),
  ticket_rule: z.enum(TICKET_RULES).nullable(),
  ticket_after_minutes: z.number().nullable(),
  waiting_since: z.number().nullable(),
  ticket_order: jsonColumn(ticketOrderSchema),
})

/** What decides about one conversation's next ticket, and what is noted where there is none. */
export function createTicketGateRepo({ db, orgId }: Pick<OrgScope, 'db' | 'orgId'>, conversationId: string) {
  return {
    async read(): Promise<Gate> {
      const row = await db
        .prepare(
          `SELECT CASE WHEN h.removed_at IS NOT NULL THEN 'removed' WHEN h.off_at IS NOT NULL THEN 'off' ELSE 'on' END AS channel,
             h.ticket_rule, h.ticket_after_minutes, v.waiting_since, v.ticket_order
           FROM conversations v
           LEFT JOIN channels h ON h.org_id = v.org_id AND h.phone_number_id = v.phone_number_id
           WHERE v.id = ?1 AND v.org_id = ?2`,
        )
        .bind(conversationId, orgId)
        .first()
      const gate = gateSchema.parse(row)
      return {
        channel: gate.channel,
        rule: gate.ticket_rule ?? 'automatic',
        afterMs: (gate.ticket_after_minutes ?? 0) * MINUTE_MS,
        waitingSince: gate.waiting_since,
        order: gate.ticket_order,
      }
    },

    /**
     * Marks the conversation as waiting for its channel, and its work as done until then: switching on brings it back. Nothing where
     * the channel was switched on meanwhile. Resolves to whether the mark is new.
     */
    async hold(workVersion: number | null, now: number): Promise<boolean> {
      const isOff = `EXISTS (SELECT 1 FROM channels h JOIN conversations c ON c.org_id = h.org_id AND c.phone_number_id = h.phone_number_id
        WHERE c.id = ?1 AND c.org_id = ?2 AND h.off_at IS NOT NULL)`
      const [marked] = await db.batch([
        db
          .prepare(
            `UPDATE conversations SET held_since = ?3, change = change + 1
             WHERE id = ?1 AND org_id = ?2 AND held_since IS NULL AND ${isOff}`,
          )
          .bind(conversationId, orgId, now),
        db
          .prepare(`DELETE FROM pending_work WHERE conversation_id = ?1 AND org_id = ?2 AND version = ?3 AND ${isOff}`)
          .bind(conversationId, orgId, workVersion),
      ])
      return marked?.meta.changes === 1
    },

    /** Nobody need look before `until`, unless something new comes. */
    async postpone(workVersion: number | null, until: number): Promise<void> {
      await db
        .prepare('UPDATE pending_work SET since = ?4 WHERE conversation_id = ?1 AND org_id = ?2 AND version = ?3')
        .bind(conversationId, orgId, workVersion, until)
        .run()
    },

    /** Desk does not take the assignee: the ticket is made without. */
    async dropAssignee(): Promise<void> {
      await db
        .prepare(
          `UPDATE conversations SET ticket_order = json_set(ticket_order, '$.assigneeId', NULL)
           WHERE id = ?1 AND org_id = ?2 AND ticket_order IS NOT NULL`,
        )
        .bind(conversationId, orgId)
        .run()
    },
  }
}

export type TicketGateRepo = ReturnType<typeof createTicketGateRepo>
