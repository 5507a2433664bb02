import { z } from 'zod'
import type { OrgScope } from '../platform/scope.ts'
import type { AccountState } from './account-events.model.ts'

const rowSchema = z.object({ body: z.string() })

/** More updates than that have no say in how an account stands. */
const LIMIT = 100

/** What webhooks told of an organisation's accounts, and what follows from it. */
export function createAccountEventsRepo({ db, orgId }: Pick<OrgScope, 'db' | 'orgId'>) {
  return {
    /** The newest `account_update` webhooks of an account's lane, oldest first: each a body, or `blob:<R2 key>`. */
    async listUpdates(lane: string): Promise<string[]> {
      const { results } = await db
        .prepare(
          `SELECT body FROM account_events WHERE org_id = ?1 AND lane = ?2 AND field = 'account_update'
           ORDER BY part DESC, unit DESC LIMIT ?3`,
        )
        .bind(orgId, lane, LIMIT)
        .all()
      return results.map((row) => rowSchema.parse(row).body).toReversed()
    },

    async saveState(wabaId: string, { isBanned, restriction, restrictedUntil }: AccountState): Promise<void> {
      await db
        .prepare(
          `UPDATE accounts SET is_banned = ?3, restriction = ?4, restricted_until = ?5 WHERE org_id = ?1 AND waba_id = ?2
             AND (is_banned IS NOT ?3 OR restriction IS NOT ?4 OR restricted_until IS NOT ?5)`,
        )
        .bind(orgId, wabaId, isBanned ? 1 : 0, restriction, restrictedUntil)
        .run()
    },

    /** Its turn is over whatever Meta says: an account whose token is worth nothing must not keep the others waiting. */
    async markChecked(wabaId: string, now: number): Promise<void> {
      await db
        .prepare('UPDATE accounts SET checked_at = ?3 WHERE org_id = ?1 AND waba_id = ?2')
        .bind(orgId, wabaId, now)
        .run()
    },
  }
}
