import { systemClock } from '../platform/clock.ts'
import type { Config, Env } from '../platform/env.ts'
import { readConfig } from '../platform/env.ts'
import type { OrgScope } from '../platform/scope.ts'
import { createDeskPorts } from './desk.ports.ts'
import { readDesk } from './desk.usecases.ts'
import type { SetupPorts } from './setup.usecases.ts'

/** The parts of the settings' first view, each from where it is kept. */
export function createSetupPorts(env: Env, scope: OrgScope): SetupPorts {
  const config = readConfig(env)
  const desk = createDeskPorts(env, scope)
  return {
    readDesk: () => readDesk(desk),
    listAccounts: async () => [],
    listNumbers: async () => [],
    listChannels: async () => ({ items: [], limit: (await desk.repo.read())?.departments.length ?? 0 }),
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
