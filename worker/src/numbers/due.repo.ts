import type { OrgScope } from '../platform/scope.ts'

/** Something that an organisation's numbers need is another now: the next sweep looks at them, not only the one whose turn it is. */
export function dueStatement(
  { db, orgId }: Pick<OrgScope, 'db' | 'orgId'>,
  wabaId: string | null,
): D1PreparedStatement {
  return db
    .prepare('UPDATE numbers SET checked_at = NULL WHERE org_id = ?1 AND (?2 IS NULL OR waba_id = ?2)')
    .bind(orgId, wabaId)
}
