import { createDeskRepo } from '../administration/desk.repo.ts'
import { OPERATOR } from '../audit/audit.repo.ts'
import { systemClock } from '../platform/clock.ts'
import { seal, sha256Hex } from '../platform/crypto.ts'
import { dataCentre } from '../platform/data-centres.ts'
import type { Env } from '../platform/env.ts'
import { readConfig } from '../platform/env.ts'
import { newId, newSecret } from '../platform/ids.ts'
import { objectNames, SHARD_COUNT, shardDatabase } from '../platform/scope.ts'
import { createConnectionsRepo } from './connections.repo.ts'
import { createDirectoryRepo } from './directory.repo.ts'
import type { ConnectDeps } from './orgs.usecases.ts'

/** What connecting an organisation needs, from the Worker's bindings. */
export function createConnectDeps(env: Env): ConnectDeps {
  const config = readConfig(env)
  return {
    directory: createDirectoryRepo(env.DIRECTORY),
    shardCount: SHARD_COUNT,
    connectionsOf: (shard, orgId) => createConnectionsRepo({ db: shardDatabase(env, shard), orgId }),
    regionOf: (name) => dataCentre(name, config).region,
    seal: (context, secret) => seal(config.ENCRYPTION_KEYS, context, secret),
    sha256: sha256Hex,
    newOrgId: () => newId('org'),
    newChannelId: () => newId('ch'),
    newSecret,
    saveNewKey: (shard, orgId, epoch) =>
      createDeskRepo({ db: shardDatabase(env, shard), orgId }).saveNewKey(epoch, {
        at: systemClock(),
        actor: OPERATOR,
        action: 'install_key.replaced',
      }),
    reloadOrg: (shard, orgId) => env.ORG.getByName(objectNames.org(shard, orgId)).reload(),
    touchLane: (name) => env.LANE.getByName(name).touch(),
    clock: systemClock,
  }
}
