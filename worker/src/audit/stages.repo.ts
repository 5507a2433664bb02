import { z } from 'zod'
import type { Standing } from '../../../contract/index.ts'
import type { OrgScope } from '../platform/scope.ts'
import { auditStatement, SYSTEM } from './audit.repo.ts'

const rowSchema = z.object({
  phone_number_id: z.string(),
  display_phone_number: z.string(),
  noted_stage: z.string().nullable(),
})

/**
 * Writes down which numbers stand otherwise than when they were looked at last: nobody sets a stage by hand, so the audit tells by
 * itself. Of several that look at once, one writes. The first look at a number tells nothing.
 */
export async function noteStages(
  scope: Pick<OrgScope, 'db' | 'orgId'>,
  standings: ReadonlyMap<string, Pick<Standing, 'stage' | 'overlays'>>,
  now: number,
): Promise<void> {
  const { db, orgId } = scope
  const { results } = await db
    .prepare('SELECT phone_number_id, display_phone_number, noted_stage FROM numbers WHERE org_id = ?1')
    .bind(orgId)
    .all()
  const statements = results.flatMap((result) => {
    const row = rowSchema.parse(result)
    const standing = standings.get(row.phone_number_id)
    if (standing === undefined) return []
    const overlays = standing.overlays.map(({ name }) => name)
    const noted = [standing.stage, ...overlays].join(' ')
    if (noted === row.noted_stage) return []
    const update = db
      .prepare('UPDATE numbers SET noted_stage = ?3 WHERE org_id = ?1 AND phone_number_id = ?2 AND noted_stage IS ?4')
      .bind(orgId, row.phone_number_id, noted, row.noted_stage)
    if (row.noted_stage === null) return [update]
    const [from = ''] = row.noted_stage.split(' ')
    const fact = {
      at: now,
      actor: SYSTEM,
      action: 'stage.changed',
      target: row.display_phone_number,
      details: { from, to: standing.stage, overlays: overlays.join(' ') },
    } as const
    const onlyIf = {
      sql: 'EXISTS (SELECT 1 FROM numbers WHERE org_id = ?1 AND phone_number_id = ?9 AND noted_stage IS ?10)',
      values: [row.phone_number_id, row.noted_stage],
    }
    return [auditStatement(scope, fact, onlyIf), update]
  })
  if (statements.length > 0) await db.batch(statements)
}
