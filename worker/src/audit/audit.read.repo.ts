import { z } from 'zod'
import { AUDIT_ACTIONS, AUDIT_ACTORS } from '../../../contract/index.ts'
import type { AuditEntry } from '../../../contract/index.ts'
import type { OrgScope } from '../platform/scope.ts'

const rowSchema = z.object({
  id: z.number(),
  at: z.number(),
  actor_kind: z.enum(AUDIT_ACTORS),
  actor_name: z.string(),
  action: z.enum(AUDIT_ACTIONS),
  target: z.string().nullable(),
  details: z
    .string()
    .transform((text): unknown => JSON.parse(text))
    .pipe(z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]))),
})

/** What was done in one organisation, for reading only: entries are never changed. */
export function createAuditReadRepo({ db, orgId }: Pick<OrgScope, 'db' | 'orgId'>) {
  return {
    /** Newest first, those before `before` where it is given. */
    async list(before: number | null, limit: number): Promise<AuditEntry[]> {
      const { results } = await db
        .prepare(
          `SELECT id, at, actor_kind, actor_name, action, target, details FROM audit_entries
           WHERE org_id = ?1 AND (?2 IS NULL OR id < ?2) ORDER BY id DESC LIMIT ?3`,
        )
        .bind(orgId, before, limit)
        .all()
      return results.map((result) => {
        const row = rowSchema.parse(result)
        const { id, action, target, details } = row
        const actor = { kind: row.actor_kind, name: row.actor_name }
        return { id, at: new Date(row.at).toISOString(), actor, action, target, details }
      })
    },
  }
}

export type AuditReadRepo = ReturnType<typeof createAuditReadRepo>
