import { setConfigParam } from '../desk/invoke.ts'
import { createDirectoryRepo } from '../orgs/directory.repo.ts'
import { systemClock } from '../platform/clock.ts'
import { open, sha256Hex } from '../platform/crypto.ts'
import { dataCentre } from '../platform/data-centres.ts'
import type { Env } from '../platform/env.ts'
import { readConfig } from '../platform/env.ts'
import { newSecret } from '../platform/ids.ts'
import { logger } from '../platform/logger.ts'
import type { OrgScope } from '../platform/scope.ts'
import { createProofPorts } from './proof.ports.ts'
import { createDeskRepo } from './desk.repo.ts'
import type { InstallKeyPorts } from './install-key.usecases.ts'
import { createInstallationsRepo } from './installations.repo.ts'

/** Name of the key among the extension's parameters, as plugin-manifest.json has it. */
const PARAM = 'install_key'

/** What the secret of an installation is sealed for. */
export const installationContext = (portalId: string): string => `desk_installation:${portalId}`

export function createInstallKeyPorts(env: Env, scope: OrgScope): InstallKeyPorts {
  const { issue, portalNameOf } = createProofPorts(env)
  return {
    issue,
    portalNameOf,
    directory: createDirectoryRepo(env.DIRECTORY),
    desk: createDeskRepo(scope),
    newSecret,
    sha256: sha256Hex,
    place: (of, installKey) => place(env, of, installKey),
    canPlace: async (of) => (await sealedContext(env, of)) !== null,
    clock: systemClock,
  }
}

/** What acts in the installation's name; null where Desk told of none, or we could not sign with it. */
async function sealedContext(env: Env, { portalId }: Pick<OrgScope, 'portalId'>): Promise<string | null> {
  if (readConfig(env).DESK_CALLBACK_SECRET === undefined) return null
  return createInstallationsRepo(env.DIRECTORY).find(portalId)
}

/** Places the key where Desk told us of the installation. Whatever fails here, the administrator can still paste it. */
async function place(env: Env, { portalId, dataCentre: name }: OrgScope, installKey: string): Promise<boolean> {
  const config = readConfig(env)
  const secret = config.DESK_CALLBACK_SECRET
  const sealed = await sealedContext(env, { portalId })
  if (secret === undefined || sealed === null) return false
  try {
    const securityContext = await open(config.ENCRYPTION_KEYS, installationContext(portalId), sealed)
    const deskOrigin = dataCentre(name, config).desk
    const isPlaced = await setConfigParam(
      { deskOrigin, portalId, securityContext, secret },
      { name: PARAM, value: installKey },
    )
    if (!isPlaced) logger.warn('install_key.not_placed', { portalId })
    return isPlaced
  } catch (error) {
    logger.error('install_key.not_placed', error, { portalId })
    return false
  }
}
