import type { Actor, AuditFact } from '../audit/audit.repo.ts'
import { auditStatement } from '../audit/audit.repo.ts'
import type { OrgScope } from '../platform/scope.ts'

/** Who decides something about a message that is there, and where, in words a person knows. */
export type Deed = { actor: Actor; target: string }

/** What somebody decided about one message. */
export type ToldDeed = Deed & Pick<AuditFact, 'at' | 'action' | 'details'>

/**
 * The entry of what a person decided about a message. To stand in the batch that does it, after it: whoever came too late changed
 * nothing, and leaves no entry. Nothing for what nobody decided.
 */
export function deedStatements(
  scope: Pick<OrgScope, 'db' | 'orgId'>,
  { conversationId, seq }: { conversationId: string; seq: number },
  deed: ToldDeed | null,
): D1PreparedStatement[] {
  if (deed === null) return []
  const { details, ...fact } = deed
  return [
    auditStatement(
      scope,
      { ...fact, details: { ...details, conversationId, messageId: `m${seq}` } },
      {
        sql: `EXISTS (SELECT 1 FROM messages m JOIN conversations v ON v.id = m.conversation_id
          WHERE m.seq = ?9 AND m.org_id = ?1 AND m.change = v.change)`,
        values: [seq],
      },
    ),
  ]
}
