import type { InstallKey } from '../../../contract/index.ts'
import type { DirectoryRepo } from '../orgs/directory.repo.ts'
import type { Clock } from '../platform/clock.ts'
import type { OrgScope } from '../platform/scope.ts'
import type { AgentSession } from '../platform/session.ts'
import type { AdminSessionPorts } from './admin-session.usecases.ts'
import { proofOf } from './admin-session.usecases.ts'
import type { DeskRepo } from './desk.repo.ts'

export type InstallKeyPorts = Pick<AdminSessionPorts, 'issue' | 'portalNameOf'> & {
  directory: Pick<DirectoryRepo, 'rotateInstallKey'>
  desk: Pick<DeskRepo, 'saveNewKey' | 'markKeyPlaced'>
  newSecret(): string
  sha256(text: string): Promise<string>
  /** Puts the key into the extension's configuration; false where the platform gave us no way, or the way failed. */
  place(scope: OrgScope, installKey: string): Promise<boolean>
  clock: Clock
}

/**
 * Makes a new install key. The former one opens nothing from then on, and every session of the organisation is over, so that whoever
 * had the old key is out; the administrator goes on with the proof in the answer.
 */
export async function replaceInstallKey(
  ports: InstallKeyPorts,
  scope: OrgScope,
  session: AgentSession,
): Promise<InstallKey> {
  const installKey = ports.newSecret()
  const now = ports.clock()
  const epoch = await ports.directory.rotateInstallKey(scope.orgId, await ports.sha256(installKey), now)
  await ports.desk.saveNewKey(epoch, {
    at: now,
    actor: { kind: 'administrator', id: session.agentId, name: session.name },
    action: 'install_key.replaced',
  })
  const isPlaced = await ports.place(scope, installKey)
  if (isPlaced) await ports.desk.markKeyPlaced(ports.clock())
  const { agentId: id, name, departments } = session
  return { installKey, isPlaced, session: await proofOf(ports, { ...scope, epoch }, { id, name, departments }) }
}
