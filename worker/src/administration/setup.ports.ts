import { listChannelViews } from '../channels/channels.ports.ts'
import { listAccountViews, listNumberViews } from '../onboarding/views.ts'
import { systemClock } from '../platform/clock.ts'
import type { Config, Env } from '../platform/env.ts'
import { readConfig } from '../platform/env.ts'
import type { Auth } from '../platform/session.ts'
import { createDeskPorts } from './desk.ports.ts'
import { readDesk } from './desk.usecases.ts'
import type { SetupPorts } from './setup.usecases.ts'

/** The parts of the settings' first view, each from where it is kept. What only an administrator's proof opens is left out without one. */
export function createSetupPorts(
  env: Env,
  { scope, session }: Auth,
  inBackground: (work: Promise<unknown>) => void,
): SetupPorts {
  const config = readConfig(env)
  return {
    readDesk: () => readDesk(createDeskPorts(env, scope), inBackground),
    listAccounts: () => listAccountViews(env, scope, session.isProof),
    listNumbers: () => listNumberViews(env, scope),
    listChannels: () => listChannelViews(env, scope),
    ways: waysOf(config),
    support: config.SUPPORT_ADDRESS ?? null,
    clock: systemClock,
  }
}

function waysOf(config: Config): { embedded: boolean; hosted: string | null; ownApp: boolean } {
  const { META_LOGIN_CONFIG_ID, META_HOSTED_SIGNUP_URL: hosted, META_SYSTEM_TOKEN } = config
  return {
    embedded: META_LOGIN_CONFIG_ID !== undefined,
    hosted: hosted !== undefined && META_SYSTEM_TOKEN !== undefined ? hosted : null,
    ownApp: true,
  }
}
