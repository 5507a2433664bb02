import { SYSTEM } from '../audit/audit.repo.ts'
import { createDirectoryRepo } from '../orgs/directory.repo.ts'
import { findScope } from '../orgs/orgs.repo.ts'
import { systemClock } from '../platform/clock.ts'
import { hmacHex, isSameText, seal } from '../platform/crypto.ts'
import type { Env } from '../platform/env.ts'
import { readConfig } from '../platform/env.ts'
import { logger } from '../platform/logger.ts'
import type { CallbackPorts } from './callbacks.usecases.ts'
import { createDisconnectPorts } from './desk.ports.ts'
import { createDeskRepo } from './desk.repo.ts'
import { disconnectDesk } from './desk.usecases.ts'
import { installationContext } from './install-key.ports.ts'
import { createInstallationsRepo } from './installations.repo.ts'

export function createCallbackPorts(env: Env): CallbackPorts {
  const config = readConfig(env)
  const installations = createInstallationsRepo(env.DIRECTORY)
  return {
    isSigned: async (body, hash) => {
      const secret = config.DESK_CALLBACK_SECRET
      return secret !== undefined && isSameText(hash.toLowerCase(), await hmacHex(secret, body))
    },
    saveContext: async (portalId, securityContext, now) =>
      installations.save(
        portalId,
        await seal(config.ENCRYPTION_KEYS, installationContext(portalId), securityContext),
        now,
      ),
    forgetContext: (portalId) => installations.forget(portalId),
    leave: (portalId) => leave(env, portalId),
    clock: systemClock,
    logger,
  }
}

/** A callback names no data centre: where two of them have a portal of this id, neither is touched. */
async function leave(env: Env, portalId: string): Promise<void> {
  const directory = createDirectoryRepo(env.DIRECTORY)
  const [found, ...others] = await directory.listOfPortal(portalId)
  if (found === undefined) return
  if (others.length > 0) return logger.warn('callbacks.ambiguous', { portalId })
  const scope = await findScope(env, found.shard, found.id)
  if (scope === null) return
  const epoch = await directory.removeInstallKey(scope.orgId)
  await createDeskRepo(scope).endSessions(epoch)
  await disconnectDesk(createDisconnectPorts(env, scope), SYSTEM)
}
