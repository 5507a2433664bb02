import { revokeToken } from '../desk/oauth.ts'
import { createDeskGateway } from '../orgs/desk-gateway.ts'
import { sealContexts } from '../orgs/seal-contexts.ts'
import { systemClock } from '../platform/clock.ts'
import { open } from '../platform/crypto.ts'
import { dataCentre } from '../platform/data-centres.ts'
import type { Env } from '../platform/env.ts'
import { readConfig } from '../platform/env.ts'
import { logger } from '../platform/logger.ts'
import type { OrgScope } from '../platform/scope.ts'
import { objectNames } from '../platform/scope.ts'
import { createDeskRepo } from './desk.repo.ts'
import type { DeskPorts, DisconnectPorts } from './desk.usecases.ts'

/** One organisation's Desk as its administrators see it. */
export function createDeskPorts(env: Env, scope: OrgScope): DeskPorts {
  return { scope, repo: createDeskRepo(scope), desk: createDeskGateway(env, scope), clock: systemClock }
}

export function createDisconnectPorts(env: Env, scope: OrgScope): DisconnectPorts {
  const config = readConfig(env)
  return {
    scope,
    repo: createDeskRepo(scope),
    clock: systemClock,
    endToken: async (sealed) => {
      try {
        const token = await open(config.ENCRYPTION_KEYS, sealContexts(scope.orgId).deskRefresh, sealed)
        const isEnded = await revokeToken({ accountsOrigin: dataCentre(scope.dataCentre, config).accounts }, token)
        if (!isEnded) logger.warn('desk.not_revoked_at_zoho', { orgId: scope.orgId })
      } catch (error) {
        logger.error('desk.not_revoked_at_zoho', error, { orgId: scope.orgId })
      }
    },
    reloadOrg: () => env.ORG.getByName(objectNames.org(scope.shard, scope.orgId)).reload(),
  }
}
