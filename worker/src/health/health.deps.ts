import { findMetaApp } from '../ingest/directory.repo.ts'
import { refreshAccount } from '../onboarding/refresh.jobs.ts'
import { sealContexts } from '../orgs/seal-contexts.ts'
import { systemClock } from '../platform/clock.ts'
import { open } from '../platform/crypto.ts'
import { graphOrigin } from '../platform/data-centres.ts'
import type { Env } from '../platform/env.ts'
import { readConfig } from '../platform/env.ts'
import { AppError } from '../platform/errors.ts'
import { logger } from '../platform/logger.ts'
import type { OrgScope } from '../platform/scope.ts'
import { readNumber } from '../whatsapp/graph-health.ts'
import { listSubscribedApps, subscribeApp } from '../whatsapp/graph-subscriptions.ts'
import { createHealthRepo } from './health.repo.ts'
import type { HealthPorts, MetaOf } from './health.usecases.ts'

/** What judging an organisation's numbers needs, over the Worker's bindings. */
export function createHealthPorts(env: Env, scope: OrgScope): HealthPorts {
  const config = readConfig(env)
  return {
    repo: createHealthRepo(scope),
    clock: systemClock,
    expectedWebhook: (appPath) => webhookAddress(config.PUBLIC_ORIGIN, appPath),
    refreshAccount: async (wabaId) => {
      if (!(await createHealthRepo(scope).hasAccount(wabaId))) return
      // What Meta says of the number stands, whatever becomes of reading its account.
      await refreshAccount(env, scope, wabaId).catch((error: unknown) => {
        logger.error('health.account_not_read', error, { orgId: scope.orgId, wabaId })
      })
    },
    appIdOf: async (appPath) =>
      appPath === '' ? config.META_APP_ID : ((await findMetaApp(env.DIRECTORY, appPath))?.appId ?? null),
  }
}

/** Meta, asked with the token of a number. */
export function metaOf(env: Env, { orgId }: OrgScope): MetaOf {
  const config = readConfig(env)
  return async (row) => {
    const { phone_number_id: phoneNumberId, waba_id: wabaId } = row
    const token = await open(config.ENCRYPTION_KEYS, sealContexts(orgId).metaToken(phoneNumberId), row.token).catch(
      (cause: unknown) => {
        throw tokenUnreadable(cause)
      },
    )
    const access = { origin: graphOrigin(config), version: config.GRAPH_VERSION, token }
    return {
      readNumber: () => readNumber(access, phoneNumberId),
      listSubscribedApps: () => listSubscribedApps(access, wabaId),
      subscribe: () => subscribeApp(access, wabaId, null),
    }
  }
}

function tokenUnreadable(cause: unknown): AppError {
  return new AppError({
    code: 'numbers.token_unreadable',
    status: 409,
    message: 'What was kept to speak to Meta for this number cannot be opened any more. Connect its account again.',
    cause,
  })
}

/** Where webhooks of an app belong; null while the Worker does not know its own address. `appPath` '' is our own app. */
export function webhookAddress(publicOrigin: string | undefined, appPath: string): string | null {
  if (publicOrigin === undefined) return null
  return `${new URL(publicOrigin).origin}/webhooks/whatsapp${appPath === '' ? '' : `/${appPath}`}`
}
