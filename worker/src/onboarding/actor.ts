import type { Actor } from '../audit/audit.repo.ts'
import type { AgentSession } from '../platform/session.ts'

/** The administrator of a session, as the audit names them. */
export function actorOf({ agentId, name }: AgentSession): Actor {
  return { kind: 'administrator', id: agentId, name }
}
