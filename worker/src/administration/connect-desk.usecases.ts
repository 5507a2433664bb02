import type { Actor } from '../audit/audit.repo.ts'
import type { Clock } from '../platform/clock.ts'
import type { Logger } from '../platform/logger.ts'
import type { DirectoryRepo } from '../orgs/directory.repo.ts'
import { leastFilledShard } from '../orgs/orgs.model.ts'
import { sealContexts } from '../orgs/seal-contexts.ts'
import type { DeskRepo } from './desk.repo.ts'
import { enabledDepartments } from './desk.view.ts'
import { concurrencyOf } from './sign-in.model.ts'
import type { DeskToConnect } from './sign-in.types.ts'

export type ConnectDeskPorts = {
  directory: Pick<DirectoryRepo, 'ensureOrganisation' | 'countByShard'>
  shardCount: number
  deskOf(shard: number, orgId: string): Pick<DeskRepo, 'read' | 'connect'>
  regionOf(dataCentre: string): string
  seal(context: string, secret: string): Promise<string>
  open(context: string, sealed: string): Promise<string>
  newOrgId(): string
  /** Tells the organisation's gate to Desk that its connection is another one. */
  reloadOrg(shard: number, orgId: string): Promise<void>
  revoke(dataCentre: string, refreshToken: string): Promise<boolean>
  clock: Clock
  logger: Logger
}

/**
 * Connects a Desk as one of its administrators, or connects it again, as the same or another one. Panels that are open stay open: only
 * a new install key ends sessions. The refresh token that is replaced is ended at Zoho.
 */
export async function connectDesk(
  ports: ConnectDeskPorts,
  { portalId, dataCentre, refreshToken, administrator, departments }: DeskToConnect,
): Promise<{ orgId: string; shard: number }> {
  const { directory, clock } = ports
  const organisation = await directory.ensureOrganisation({
    id: ports.newOrgId(),
    portalId,
    dataCentre,
    region: ports.regionOf(dataCentre),
    shard: leastFilledShard(await directory.countByShard(), ports.shardCount),
    now: clock(),
  })
  const { id: orgId, shard, epoch } = organisation
  const context = sealContexts(orgId).deskRefresh
  const desk = ports.deskOf(shard, orgId)
  const known = await desk.read()
  const former = known?.refresh_token ?? ''
  const { id, name, portalName, edition } = administrator
  const actor: Actor = { kind: 'administrator', id, name }
  await desk.connect(
    {
      portalId,
      dataCentre,
      epoch,
      refreshToken: await ports.seal(context, refreshToken),
      concurrency: concurrencyOf(edition),
      portalName,
      edition,
      connectedBy: name,
      departments: departments === null ? null : enabledDepartments(departments),
    },
    { at: clock(), actor, action: 'desk.connected', target: portalName, details: { again: known !== null } },
  )
  await ports.reloadOrg(shard, orgId)
  if (former !== '') await revokeFormer(ports, dataCentre, { context, former, refreshToken })
  return { orgId, shard }
}

/** Best effort: the new connection stands, whatever becomes of the old token. */
async function revokeFormer(
  ports: ConnectDeskPorts,
  dataCentre: string,
  tokens: { context: string; former: string; refreshToken: string },
): Promise<void> {
  try {
    const former = await ports.open(tokens.context, tokens.former)
    if (former !== tokens.refreshToken) await ports.revoke(dataCentre, former)
  } catch (error) {
    ports.logger.error('desk.former_not_revoked', error)
  }
}
