import type { SetupView } from '../../../contract/index.ts'
import type { Actor } from '../audit/audit.repo.ts'
import type { DeskGateway } from '../desk/desk.types.ts'
import type { Clock } from '../platform/clock.ts'
import { logger } from '../platform/logger.ts'
import type { OrgScope } from '../platform/scope.ts'
import { administrationErrors } from './administration.errors.ts'
import type { DeskRepo, DeskRow } from './desk.repo.ts'
import { deskView, enabledDepartments } from './desk.view.ts'
import { concurrencyOf } from './sign-in.model.ts'

/** Departments that were read so lately are taken as they are. */
const FRESH_MS = 60 * 60_000

type DepartmentPorts = {
  scope: OrgScope
  repo: DeskRepo
  desk: Pick<DeskGateway, 'listDepartments'>
  clock: Clock
}

export type DeskPorts = DepartmentPorts & { desk: Pick<DeskGateway, 'listOrganizations'> }

/**
 * The connection with its departments. Those older than an hour are read again, in the background where there are any: a Desk that
 * does not answer keeps nobody waiting.
 */
export async function readDesk(
  ports: DeskPorts,
  inBackground: (work: Promise<unknown>) => void,
): Promise<SetupView['desk']> {
  const row = await ports.repo.read()
  if (row === null || row.status !== 'connected') return deskView(ports.scope, row)
  const fresh = freshDepartments(ports, row, FRESH_MS)
  if (row.departments_at === 0) return deskView(ports.scope, { ...row, departments: await fresh })
  inBackground(fresh)
  return deskView(ports.scope, row)
}

/** Reads the departments again where they are older than that; keeps those that are known where Desk does not answer. */
export async function refreshDepartments(ports: DepartmentPorts, olderThanMs: number): Promise<void> {
  const row = await ports.repo.read()
  if (row?.status === 'connected') await freshDepartments(ports, row, olderThanMs)
}

async function freshDepartments(
  { scope, repo, desk, clock }: DepartmentPorts,
  row: DeskRow,
  olderThanMs: number,
): Promise<DeskRow['departments']> {
  const now = clock()
  if (now - row.departments_at < olderThanMs) return row.departments
  const answer = await desk.listDepartments()
  if (!answer.ok) {
    logger.warn('desk.departments_not_read', { orgId: scope.orgId, kind: answer.error.kind })
    return row.departments
  }
  const departments = enabledDepartments(answer.value)
  await repo.saveDepartments(departments, now)
  return departments
}

/** Reads departments, name and edition of the portal again. Throws where there is no connection or Desk does not answer. */
export async function refreshDesk(ports: DeskPorts): Promise<SetupView['desk']> {
  const { repo, desk, scope, clock } = ports
  const row = await repo.read()
  if (row === null || row.status !== 'connected') throw administrationErrors.notConnected()
  const [departments, portals] = await Promise.all([desk.listDepartments(), desk.listOrganizations()])
  if (!departments.ok) throw administrationErrors.deskUnavailable(departments.error.kind)
  if (!portals.ok) throw administrationErrors.deskUnavailable(portals.error.kind)
  await repo.saveDepartments(enabledDepartments(departments.value), clock())
  const portal = portals.value.find(({ id }) => id === scope.portalId)
  if (portal !== undefined) {
    const { companyName, portalName, edition } = portal
    await repo.saveOrganisation({
      portalName: companyName ?? portalName ?? scope.portalId,
      edition,
      concurrency: concurrencyOf(edition),
    })
  }
  return deskView(scope, await repo.read())
}

export type DisconnectPorts = Pick<DeskPorts, 'scope' | 'repo' | 'clock'> & {
  /** Ends the sealed refresh token at Zoho, as far as Zoho answers. */
  endToken(sealedRefreshToken: string): Promise<void>
  reloadOrg(): Promise<void>
}

/** Disconnects Desk. Everything stored stays readable; customers' messages are stored and wait for the next connection. */
export async function disconnectDesk(ports: DisconnectPorts, actor: Actor): Promise<SetupView['desk']> {
  const { repo, scope, clock } = ports
  const row = await repo.read()
  if (row !== null && row.status !== 'disconnected') {
    await repo.disconnect({
      at: clock(),
      actor,
      action: 'desk.disconnected',
      target: row.portal_name ?? scope.portalId,
    })
    await ports.reloadOrg()
    if (row.refresh_token !== '') await ports.endToken(row.refresh_token)
  }
  return deskView(scope, await repo.read())
}
