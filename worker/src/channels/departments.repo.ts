import { z } from 'zod'
import type { OrgScope } from '../platform/scope.ts'

/** Desk's enabled departments as they were read last. */
export function createDepartmentsRepo({ db, orgId }: Pick<OrgScope, 'db' | 'orgId'>) {
  return {
    /** When they were read, epoch milliseconds; 0 for never. */
    async readAt(): Promise<number> {
      const at = await db
        .prepare('SELECT departments_at FROM desk_connections WHERE org_id = ?1')
        .bind(orgId)
        .first('departments_at')
      return z.number().catch(0).parse(at)
    },

    async save(departments: readonly { id: string; name: string }[], now: number): Promise<void> {
      await db
        .prepare('UPDATE desk_connections SET departments = ?2, departments_at = ?3 WHERE org_id = ?1')
        .bind(orgId, JSON.stringify(departments), now)
        .run()
    },
  }
}
