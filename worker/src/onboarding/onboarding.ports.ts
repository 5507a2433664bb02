import type { ArchiveRepo } from '../archive/archive.repo.ts'
import { createArchiveRepo } from '../archive/archive.repo.ts'
import type { Actor, AuditFact } from '../audit/audit.repo.ts'
import { systemClock } from '../platform/clock.ts'
import type { Clock } from '../platform/clock.ts'
import { open, seal, sha256Hex } from '../platform/crypto.ts'
import { graphOrigin } from '../platform/data-centres.ts'
import type { Config, Env } from '../platform/env.ts'
import { readConfig } from '../platform/env.ts'
import { newSecret } from '../platform/ids.ts'
import type { Logger } from '../platform/logger.ts'
import { logger } from '../platform/logger.ts'
import type { OrgScope } from '../platform/scope.ts'
import { objectNames } from '../platform/scope.ts'
import { sealContexts } from '../orgs/seal-contexts.ts'
import type { GraphAccess } from '../whatsapp/graph-client.ts'
import type { GraphApp } from '../whatsapp/graph-signup.ts'
import type { AccountsRepo } from './accounts.repo.ts'
import { createAccountsRepo } from './accounts.repo.ts'
import type { AttemptsRepo } from './attempts.repo.ts'
import { createAttemptsRepo } from './attempts.repo.ts'
import type { OnboardingDirectory } from './directory.repo.ts'
import { createOnboardingDirectory } from './directory.repo.ts'
import type { NumbersSetupRepo } from './numbers.setup.repo.ts'
import { createNumbersSetupRepo } from './numbers.setup.repo.ts'
import { onboardingErrors } from './onboarding.errors.ts'

/** What setting up works with, for one organisation. */
export type OnboardingDeps = {
  orgId: string
  shard: number
  app: GraphApp
  /** Where our webhooks arrive; null where the Worker does not know its address. */
  publicOrigin: string | null
  verifyToken: string
  systemToken: string | null
  accounts: AccountsRepo
  numbers: NumbersSetupRepo
  attempts: AttemptsRepo
  archive: ArchiveRepo
  directory: OnboardingDirectory
  secrets: Secrets
  sha256: (text: string) => Promise<string>
  newSecret: () => string
  /** Six random digits. */
  newPin: () => string
  graphAs: (token: string) => GraphAccess
  /** Wakes a lane, named as in `objectNames.lane`. */
  touchLane: (name: string) => Promise<void>
  clock: Clock
  logger: Logger
}

/** Seals and opens what an organisation keeps of Meta's. */
export type Secrets = {
  sealAccountToken: (wabaId: string, token: string) => Promise<string>
  openAccountToken: (wabaId: string, sealed: string) => Promise<string>
  sealNumberToken: (phoneNumberId: string, token: string) => Promise<string>
  sealPin: (phoneNumberId: string, pin: string) => Promise<string>
  openPin: (phoneNumberId: string, sealed: string) => Promise<string>
  sealApp: (path: string, secret: string) => Promise<string>
  openApp: (path: string, sealed: string) => Promise<string>
}

export function createOnboardingDeps(env: Env, scope: Pick<OrgScope, 'db' | 'orgId' | 'shard'>): OnboardingDeps {
  const config = readConfig(env)
  const origin = graphOrigin(config)
  return {
    orgId: scope.orgId,
    shard: scope.shard,
    app: ownApp(config),
    publicOrigin: config.PUBLIC_ORIGIN ?? null,
    verifyToken: config.META_VERIFY_TOKEN,
    systemToken: config.META_SYSTEM_TOKEN ?? null,
    accounts: createAccountsRepo(scope),
    numbers: createNumbersSetupRepo(scope),
    attempts: createAttemptsRepo(scope),
    archive: createArchiveRepo(scope),
    directory: createOnboardingDirectory(env.DIRECTORY),
    secrets: createSecrets(config, scope.orgId),
    sha256: sha256Hex,
    newSecret,
    newPin,
    graphAs: (token) => ({ origin, version: config.GRAPH_VERSION, token }),
    touchLane: (name) => env.LANE.getByName(name).touch(),
    clock: systemClock,
    logger,
  }
}

/** Kaiwa's own Meta app. */
export function ownApp(config: Config): GraphApp {
  return {
    origin: graphOrigin(config),
    version: config.GRAPH_VERSION,
    appId: config.META_APP_ID,
    appSecret: config.META_APP_SECRET,
  }
}

function createSecrets({ ENCRYPTION_KEYS: keys }: Config, orgId: string): Secrets {
  const contexts = sealContexts(orgId)
  return {
    sealAccountToken: (wabaId, token) => seal(keys, contexts.metaAccountToken(wabaId), token),
    openAccountToken: async (wabaId, sealed) => {
      try {
        return await open(keys, contexts.metaAccountToken(wabaId), sealed)
      } catch (error) {
        throw onboardingErrors.tokenUnreadable(error)
      }
    },
    sealNumberToken: (id, token) => seal(keys, contexts.metaToken(id), token),
    sealPin: (id, pin) => seal(keys, contexts.numberPin(id), pin),
    openPin: (id, sealed) => open(keys, contexts.numberPin(id), sealed),
    sealApp: (path, secret) => seal(keys, `meta_app:${path}`, secret),
    openApp: (path, sealed) => open(keys, `meta_app:${path}`, sealed),
  }
}

/** 32 random bits are as even over a million as makes no difference. */
function newPin(): string {
  const [value = 0] = crypto.getRandomValues(new Uint32Array(1))
  return String(value % 1_000_000).padStart(6, '0')
}

/** Where Meta delivers what an app signs; null where the Worker does not know its address. */
export function webhookUrl({ publicOrigin }: Pick<OnboardingDeps, 'publicOrigin'>, appPath: string): string | null {
  if (publicOrigin === null) return null
  return new URL(`/webhooks/whatsapp${appPath === '' ? '' : `/${appPath}`}`, publicOrigin).toString()
}

/** Wakes the lanes of an account and its numbers: what came before they were connected is worked on now. */
export async function touchLanes(
  { touchLane, logger: log }: Pick<OnboardingDeps, 'touchLane' | 'logger'>,
  wabaId: string,
  phoneNumberIds: readonly string[] = [],
): Promise<void> {
  const { account, number } = objectNames.lane
  const names = [account(wabaId), ...phoneNumberIds.map((id) => number(id))]
  for (const outcome of await Promise.allSettled(names.map((name) => touchLane(name))))
    if (outcome.status === 'rejected') log.error('onboarding.lane_not_touched', outcome.reason, { wabaId })
}

export type Who = { actor: Actor; now: number }

/** An entry of the audit by whoever is at work. */
export function told({ actor, now }: Who, action: AuditFact['action'], target: string): AuditFact {
  return { at: now, actor, action, target }
}
