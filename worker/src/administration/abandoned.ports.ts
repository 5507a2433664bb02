import { createDirectoryRepo } from '../orgs/directory.repo.ts'
import { sealContexts } from '../orgs/seal-contexts.ts'
import { open } from '../platform/crypto.ts'
import type { Env } from '../platform/env.ts'
import { readConfig } from '../platform/env.ts'
import { shardDatabase } from '../platform/scope.ts'
import type { AbandonedPorts } from './abandoned.usecases.ts'
import { createDeskRepo } from './desk.repo.ts'
import { createSignInPorts } from './sign-in.ports.ts'

/** Ending what windows left behind, over the Worker's bindings. */
export function createAbandonedPorts(env: Env): AbandonedPorts {
  const config = readConfig(env)
  const { signIns, open: openResult, revoke, clock, logger } = createSignInPorts(env, config.PUBLIC_ORIGIN ?? '')
  return {
    signIns,
    open: openResult,
    revoke,
    connectedBy: async (portalId, dataCentre) => {
      const organisation = await createDirectoryRepo(env.DIRECTORY).findOrganisation(portalId, dataCentre)
      if (organisation === null) return null
      const { id: orgId, shard } = organisation
      const sealed = (await createDeskRepo({ db: shardDatabase(env, shard), orgId }).read())?.refresh_token ?? ''
      return sealed === '' ? null : open(config.ENCRYPTION_KEYS, sealContexts(orgId).deskRefresh, sealed)
    },
    clock,
    logger,
  }
}
