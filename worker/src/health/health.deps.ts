import { findMetaApp } from '../ingest/directory.repo.ts'
import { ownApp } from '../onboarding/onboarding.ports.ts'
import { refreshAccount } from '../onboarding/refresh.jobs.ts'
import { sealContexts } from '../orgs/seal-contexts.ts'
import { systemClock } from '../platform/clock.ts'
import { open } from '../platform/crypto.ts'
import { graphOrigin } from '../platform/data-centres.ts'
import type { Config, Env } from '../platform/env.ts'
import { readConfig } from '../platform/env.ts'
import { AppError } from '../platform/errors.ts'
import { logger } from '../platform/logger.ts'
import type { OrgScope } from '../platform/scope.ts'
import { readNumber } from '../whatsapp/graph-health.ts'
import type { GraphApp } from '../whatsapp/graph-signup.ts'
import { debugToken, readDefaultCallback } from '../whatsapp/graph-signup.ts'
import type { Override } from '../whatsapp/graph-subscriptions.ts'
import { clearNumberOverride, listSubscribedApps, subscribeApp } from '../whatsapp/graph-subscriptions.ts'
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
    const { phone_number_id: phoneNumberId, waba_id: wabaId, app_path: path } = row
    const token = await open(config.ENCRYPTION_KEYS, sealContexts(orgId).metaToken(phoneNumberId), row.token).catch(
      (cause: unknown) => {
        throw tokenUnreadable(cause)
      },
    )
    const access = { origin: graphOrigin(config), version: config.GRAPH_VERSION, token }
    return {
      readNumber: () => readNumber(access, phoneNumberId),
      inspectToken: async () => {
        const known = await appOf(env, config, path ?? '')
        const answer = known === null ? null : await debugToken(known.app, token)
        return answer?.ok === true ? answer.value : null
      },
      listSubscribedApps: () => listSubscribedApps(access, wabaId),
      subscribe: async () => subscribeApp(access, wabaId, await overrideOf(env, config, path ?? '')),
      clearOverride: () => clearNumberOverride(access, phoneNumberId),
    }
  }
}

type KnownApp = { app: GraphApp; verifyToken: string }

/** The app that an account is connected through; '' is our own. */
async function appOf(env: Env, config: Config, path: string): Promise<KnownApp | null> {
  const app = ownApp(config)
  if (path === '') return { app, verifyToken: config.META_VERIFY_TOKEN }
  const own = await findMetaApp(env.DIRECTORY, path)
  if (own === null) return null
  const unseal = (sealed: string): Promise<string> => open(config.ENCRYPTION_KEYS, `meta_app:${path}`, sealed)
  const [appSecret, verifyToken] = await Promise.all([unseal(own.appSecret), unseal(own.verifyToken)])
  return { app: { ...app, appId: own.appId, appSecret }, verifyToken }
}

/** Where the app's own address is not ours, the account's webhooks are sent to us by an override. */
async function overrideOf(env: Env, config: Config, path: string): Promise<Override | null> {
  const known = await appOf(env, config, path)
  const callbackUrl = webhookAddress(config.PUBLIC_ORIGIN, path)
  const preset = known === null ? null : await readDefaultCallback(known.app)
  if (known === null || callbackUrl === null || preset?.ok !== true) return null
  // Meta takes no override where the app has no address of its own.
  if (preset.value === null || preset.value === callbackUrl) return null
  return { callbackUrl, verifyToken: known.verifyToken }
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
