import { z } from 'zod'
import { auditStatement } from '../audit/audit.repo.ts'
import type { AuditFact } from '../audit/audit.repo.ts'
import type { OrgScope } from '../platform/scope.ts'

const iconSchema = z.object({ icon_key: z.string(), icon_type: z.string() })

/** The icons of one organisation's channels; their bytes lie in R2. */
export function createIconsRepo(scope: Pick<OrgScope, 'db' | 'orgId'>) {
  const { db, orgId } = scope
  return {
    async find(channelId: string): Promise<{ key: string; type: string } | null> {
      const row = await db
        .prepare('SELECT icon_key, icon_type FROM channels WHERE org_id = ?1 AND id = ?2 AND icon_key IS NOT NULL')
        .bind(orgId, channelId)
        .first()
      if (row === null) return null
      const { icon_key: key, icon_type: type } = iconSchema.parse(row)
      return { key, type }
    },

    async save(channelId: string, icon: { key: string; type: string }, audit: AuditFact): Promise<void> {
      await db.batch([
        db
          .prepare('UPDATE channels SET icon_key = ?3, icon_type = ?4 WHERE org_id = ?1 AND id = ?2')
          .bind(orgId, channelId, icon.key, icon.type),
        auditStatement(scope, audit),
      ])
    },
  }
}

export type IconsRepo = ReturnType<typeof createIconsRepo>
