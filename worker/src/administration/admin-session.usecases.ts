import type { AdminSession } from '../../../contract/index.ts'
import { portalIdSchema } from '../../../contract/index.ts'
import type { Clock } from '../platform/clock.ts'
import type { OrgScope } from '../platform/scope.ts'
import type { AgentSession } from '../platform/session.ts'
import type { KnownAgent } from '../sessions/sessions.model.ts'
import { administrationErrors } from './administration.errors.ts'
import type { SignInPorts } from './sign-in.usecases.ts'

export type IssueProof = (who: Omit<AgentSession, 'expiresAt'>) => Promise<{ token: string; session: AgentSession }>

export type AdminSessionPorts = Pick<SignInPorts, 'signIns' | 'sha256' | 'open'> & {
  /** SHA-256 as the page wrote its challenge. */
  challengeOf(verifier: string): Promise<string>
  findScope(shard: number, orgId: string): Promise<OrgScope | null>
  /** Keeps the administrator as Desk just showed them. */
  saveAgent(scope: OrgScope, agent: KnownAgent, checkedAt: number): Promise<void>
  portalNameOf(scope: OrgScope): Promise<string | null>
  issue: IssueProof
  clock: Clock
}

/** Turns the code of a sign-in window into the administrator's proof, for the page that made the verifier, once and within 60 s. */
export async function openAdminSession(
  ports: AdminSessionPorts,
  { code, verifier }: { code: string; verifier: string },
): Promise<AdminSession> {
  const row = await ports.signIns.takeCode(await ports.sha256(code))
  const now = ports.clock()
  if (row === null || row.result === null || row.expires_at <= now) throw administrationErrors.codeRefused()
  if ((await ports.challengeOf(verifier)) !== row.challenge) throw administrationErrors.codeRefused()
  const { administrator, organisation } = await ports.open(row.state_sha256, row.result)
  const scope = organisation === null ? null : await ports.findScope(organisation.shard, organisation.orgId)
  if (scope === null) throw administrationErrors.codeRefused()
  const { id, name, departments } = administrator
  await ports.saveAgent(scope, { id, name, role: 'admin', departments, isActive: true }, now)
  return proofOf(ports, scope, { id, name, departments })
}

/** A proof of 30 minutes for somebody who is known to administer the organisation's Desk. */
export async function proofOf(
  ports: Pick<AdminSessionPorts, 'issue' | 'portalNameOf' | 'clock'>,
  scope: OrgScope,
  { id, name, departments }: { id: string; name: string; departments: readonly string[] },
): Promise<AdminSession> {
  const { token, session } = await ports.issue({
    orgId: scope.orgId,
    shard: scope.shard,
    epoch: scope.epoch,
    agentId: id,
    name,
    role: 'admin',
    isProof: true,
    departments,
  })
  return {
    token,
    expiresAt: new Date(session.expiresAt).toISOString(),
    administrator: { id, name },
    portal: { id: portalIdSchema.parse(scope.portalId), name: (await ports.portalNameOf(scope)) ?? scope.portalId },
    now: new Date(ports.clock()).toISOString(),
  }
}
