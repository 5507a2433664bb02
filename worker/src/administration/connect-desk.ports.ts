import { createConnectDeps } from '../orgs/connect-deps.ts'
import { createDirectoryRepo } from '../orgs/directory.repo.ts'
import { loadScope } from '../orgs/orgs.repo.ts'
import { systemClock } from '../platform/clock.ts'
import { open, seal } from '../platform/crypto.ts'
import type { Env } from '../platform/env.ts'
import { readConfig } from '../platform/env.ts'
import { logger } from '../platform/logger.ts'
import type { OrgScope } from '../platform/scope.ts'
import { objectNames, shardDatabase } from '../platform/scope.ts'
import type { ConnectDeskPorts } from './connect-desk.usecases.ts'
import { connectDesk } from './connect-desk.usecases.ts'
import { createDeskRepo } from './desk.repo.ts'
import { createInstallKeyPorts } from './install-key.ports.ts'
import { placeFirstKey } from './install-key.usecases.ts'
import type { SignInPorts } from './sign-in.usecases.ts'

/** Conversations woken at once when Desk is back. */
const WAKE_LIMIT = 100

/** Connects a Desk over the Worker's bindings, and gives the extension its first key where that needs no person. */
export function createConnect(env: Env, revoke: SignInPorts['revoke']): SignInPorts['connect'] {
  const { ENCRYPTION_KEYS: keys } = readConfig(env)
  const { shardCount, regionOf, newOrgId, reloadOrg } = createConnectDeps(env)
  const ports: ConnectDeskPorts = {
    directory: createDirectoryRepo(env.DIRECTORY),
    shardCount,
    deskOf: (shard, orgId) => createDeskRepo({ db: shardDatabase(env, shard), orgId }),
    regionOf,
    seal: (context, secret) => seal(keys, context, secret),
    open: (context, sealed) => open(keys, context, sealed),
    newOrgId,
    reloadOrg,
    revoke,
    clock: systemClock,
    logger,
  }
  return async (desk) => {
    const organisation = await connectDesk(ports, desk)
    const scope = await loadScope(env, organisation.shard, organisation.orgId)
    const { id, name } = desk.administrator
    await placeFirstKey(createInstallKeyPorts(env, scope), scope, { id, name })
    await wakeWaiting(env, scope)
    return organisation
  }
}

/** What waited for Desk goes on now; more than that, and what fails here, is the sweep's. */
async function wakeWaiting(env: Env, scope: OrgScope): Promise<void> {
  const waiting = await createDeskRepo(scope).listWaiting(WAKE_LIMIT)
  const woken = await Promise.allSettled(
    waiting.map((id) =>
      env.CONVERSATION.getByName(objectNames.conversation(scope.shard, scope.orgId, id)).wake({ reason: 'sweep' }),
    ),
  )
  const failed = woken.filter(({ status }) => status === 'rejected').length
  if (failed > 0) logger.warn('desk.not_woken', { orgId: scope.orgId, failed })
}
