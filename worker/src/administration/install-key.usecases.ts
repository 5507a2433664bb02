import type { InstallKey } from '../../../contract/index.ts'
import type { DirectoryRepo } from '../orgs/directory.repo.ts'
import type { Clock } from '../platform/clock.ts'
import type { OrgScope } from '../platform/scope.ts'
import type { AgentSession } from '../platform/session.ts'
import type { AdminSessionPorts } from './admin-session.usecases.ts'
import { proofOf } from './admin-session.usecases.ts'
import type { DeskRepo } from './desk.repo.ts'

export type InstallKeyPorts = Pick<AdminSessionPorts, 'issue' | 'portalNameOf'> & {
  directory: Pick<DirectoryRepo, 'rotateInstallKey' | 'addFirstInstallKey' | 'dropInstallKey'>
  desk: Pick<DeskRepo, 'saveNewKey' | 'markKeyPlaced'>
  newSecret(): string
  sha256(text: string): Promise<string>
  /** Puts the key into the extension's configuration; false where the platform gave us no way, or the way failed. */
  place(scope: OrgScope, installKey: string): Promise<boolean>
  /** Whether `place` has a way at all. */
  canPlace(scope: OrgScope): Promise<boolean>
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

/**
 * Makes and places the first install key, where the platform gave us a way: there is nothing to paste then. A key that could not be
 * placed is worth nothing, since nobody has seen it.
 */
export async function placeFirstKey(
  ports: InstallKeyPorts,
  scope: OrgScope,
  by: { id: string; name: string },
): Promise<void> {
  if (!(await ports.canPlace(scope))) return
  const installKey = ports.newSecret()
  const keySha256 = await ports.sha256(installKey)
  const now = ports.clock()
  if (!(await ports.directory.addFirstInstallKey(scope.orgId, keySha256, now))) return
  if (!(await ports.place(scope, installKey))) return ports.directory.dropInstallKey(keySha256)
  await ports.desk.saveNewKey(scope.epoch, {
    at: now,
    actor: { kind: 'administrator', ...by },
    action: 'install_key.replaced',
  })
  await ports.desk.markKeyPlaced(ports.clock())
}
