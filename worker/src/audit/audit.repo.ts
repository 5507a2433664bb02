import type { AuditAction } from '../../../contract/index.ts'
import type { OrgScope } from '../platform/scope.ts'

/** Who did something. `id` is Desk's id of the person; '' for the system. */
export type Actor = { kind: 'administrator' | 'agent' | 'operator' | 'system'; id: string; name: string }

export const SYSTEM: Actor = { kind: 'system', id: '', name: 'Kaiwa' }

export const OPERATOR: Actor = { kind: 'operator', id: '', name: 'Operator' }

export type AuditFact = {
  at: number
  actor: Actor
  action: AuditAction
  /** What it was done to, in words a person knows. Never a customer's number or text. */
  target?: string
  /** Plain facts; never a secret. */
  details?: Record<string, string | number | boolean | null>
}

/**
 * The statement that writes one entry, to stand in the same batch as what it tells of. With `onlyIf`, a condition in SQL over the
 * values bound from ?9 on, the entry is written only where that holds: whoever lost a race leaves no entry.
 */
export function auditStatement(
  { db, orgId }: Pick<OrgScope, 'db' | 'orgId'>,
  { at, actor, action, target, details = {} }: AuditFact,
  onlyIf: { sql: string; values: readonly (string | number | null)[] } = { sql: '1', values: [] },
): D1PreparedStatement {
  return db
    .prepare(
      `INSERT INTO audit_entries (org_id, at, actor_kind, actor_id, actor_name, action, target, details)
       SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, json(?8) WHERE ${onlyIf.sql}`,
    )
    .bind(
      orgId,
      at,
      actor.kind,
      actor.id,
      actor.name,
      action,
      target ?? null,
      JSON.stringify(details),
      ...onlyIf.values,
    )
}
