import { z } from 'zod'
import type { Actor } from '../audit/audit.repo.ts'
import { auditStatement } from '../audit/audit.repo.ts'
import { addWork } from '../conversations/pending-work.repo.ts'
import type { OrgScope } from '../platform/scope.ts'
import { ticketOrderSchema } from '../tickets/ticket-order.rows.ts'
import type { TicketOrder } from '../tickets/ticket-order.rows.ts'

/** Tickets ordered by hand. */
export function createTicketOrdersRepo(org: Pick<OrgScope, 'db' | 'orgId'>) {
  const { db, orgId } = org
  return {
    /** Keeps the order unless there is one; the first of two counts. Resolves to the one that stands. */
    async order(conversationId: string, order: TicketOrder, target: string): Promise<TicketOrder | null> {
      const text = JSON.stringify(ticketOrderSchema.parse(order))
      const actor: Actor = { kind: 'agent', id: order.agentId, name: order.agentName }
      const mine = `EXISTS (SELECT 1 FROM conversations WHERE id = ?9 AND org_id = ?1 AND ticket_order IS NULL)`
      const results = await db.batch([
        auditStatement(
          org,
          {
            at: order.at,
            actor,
            action: 'conversation.ticket_made',
            target,
            details: { departmentId: order.departmentId, assigneeId: order.assigneeId },
          },
          { sql: mine, values: [conversationId] },
        ),
        db
          .prepare(
            'UPDATE conversations SET ticket_order = ?3, change = change + 1 WHERE id = ?1 AND org_id = ?2 AND ticket_order IS NULL',
          )
          .bind(conversationId, orgId, text),
        db
          .prepare(`UPDATE conversations SET ${addWork('?3')} WHERE id = ?1 AND org_id = ?2`)
          .bind(conversationId, orgId, order.at),
        db.prepare('SELECT ticket_order FROM conversations WHERE id = ?1 AND org_id = ?2').bind(conversationId, orgId),
      ])
      const row = z.object({ ticket_order: z.string() }).safeParse(results[3]?.results[0])
      if (!row.success) return null
      const kept: unknown = JSON.parse(row.data.ticket_order)
      return ticketOrderSchema.parse(kept)
    },
  }
}

export type TicketOrdersRepo = ReturnType<typeof createTicketOrdersRepo>
