import type { Session } from '../../../contract/index.ts'
import { agentIdSchema } from '../../../contract/index.ts'
import type { DeskGateway } from '../desk/desk.types.ts'
import type { Clock } from '../platform/clock.ts'
import type { Result } from '../platform/errors.ts'
import type { Logger } from '../platform/logger.ts'
import type { OrgScope } from '../platform/scope.ts'
import type { AgentSession, Auth } from '../platform/session.ts'
import { sessionErrors } from './sessions.errors.ts'
import type { KnownAgent } from './sessions.model.ts'
import { isStillUsable, mustAskDesk, roleOf } from './sessions.model.ts'
import type { AgentsRepo } from './sessions.repo.ts'

export type OpenSessionPorts = {
  scope: OrgScope
  agents: AgentsRepo
  desk: Pick<DeskGateway, 'getAgent'>
  clock: Clock
  logger: Logger
  issue(who: Omit<AgentSession, 'expiresAt'>): Promise<{ token: string; session: AgentSession }>
}

export type AuthenticatePorts = {
  readToken(token: string): Promise<Result<AgentSession, 'invalid' | 'expired'>>
  /** The organisation in its shard; null when it is not there. */
  findScope(shard: number, orgId: string): Promise<OrgScope | null>
}

/**
 * Gives a session to an agent whom an installed extension names. Nothing proves who sits at the browser (Desk has no such proof): the
 * agent is asserted by whoever holds the install key, and what they may do is what Desk says of that agent.
 */
export async function openSession(ports: OpenSessionPorts, agentId: string): Promise<Session> {
  const agent = await checkAgent(ports, agentId)
  const { scope } = ports
  const { token, session } = await ports.issue({
    orgId: scope.orgId,
    shard: scope.shard,
    epoch: scope.epoch,
    agentId: agent.id,
    name: agent.name,
    role: agent.role,
    isProof: false,
    departments: agent.departments,
  })
  return {
    token,
    expiresAt: new Date(session.expiresAt).toISOString(),
    agent: { id: agentIdSchema.parse(agent.id), name: agent.name, role: agent.role },
    now: new Date(ports.clock()).toISOString(),
  }
}

/** Who holds a token, and their organisation as it stands now. Throws 401 for anything but a token that is good at this moment. */
export async function authenticate(ports: AuthenticatePorts, token: string): Promise<Auth> {
  const read = await ports.readToken(token)
  if (!read.ok) throw read.error === 'expired' ? sessionErrors.expired() : sessionErrors.invalid()
  const session = read.value
  const scope = await ports.findScope(session.shard, session.orgId)
  if (scope === null || scope.epoch !== session.epoch) throw sessionErrors.stale()
  return { session, scope }
}

/** The agent as Desk has them now, or had them lately while it does not answer. */
async function checkAgent(ports: OpenSessionPorts, agentId: string): Promise<KnownAgent> {
  const now = ports.clock()
  const known = await ports.agents.find(agentId)
  if (known !== null && !mustAskDesk(known, now)) return known.agent
  const answer = await ports.desk.getAgent(agentId)
  if (answer.ok) {
    const { id, name, status, rolePermissionType, departmentIds } = answer.value
    const agent = {
      id,
      name,
      role: roleOf(rolePermissionType),
      departments: departmentIds,
      isActive: status === 'ACTIVE',
    }
    await ports.agents.save(agent, now)
    if (!agent.isActive) throw sessionErrors.agentDisabled()
    return agent
  }
  // An id that Desk refuses as malformed is nobody's either.
  if (answer.error.kind === 'gone' || answer.error.kind === 'invalid') {
    await ports.agents.markGone(agentId, now)
    throw sessionErrors.agentUnknown()
  }
  ports.logger.warn('sessions.agent_not_checked', { orgId: ports.scope.orgId, agentId, why: answer.error.kind })
  if (known === null || !isStillUsable(known.checkedAt, now)) throw sessionErrors.deskUnavailable()
  if (!known.agent.isActive) throw sessionErrors.agentDisabled()
  return known.agent
}
