import { endWork } from '../conversations/pending-work.repo.ts'
import type { OrgScope } from '../platform/scope.ts'

/** What is noted about a conversation whose next ticket is not made, or not as ordered. */
export function createTicketGateRepo({ db, orgId }: Pick<OrgScope, 'db' | 'orgId'>, conversationId: string) {
  return {
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
          .prepare(`UPDATE conversations SET ${endWork('?3')} WHERE id = ?1 AND org_id = ?2 AND ${isOff}`)
          .bind(conversationId, orgId, workVersion),
      ])
      return marked?.meta.changes === 1
    },

    /** Nobody need look before `until`, unless something new comes. */
    async postpone(workVersion: number | null, until: number): Promise<void> {
      await db
        .prepare(
          'UPDATE conversations SET work_since = ?4 WHERE id = ?1 AND org_id = ?2 AND work_version = ?3 AND work_since IS NOT NULL',
        )
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
