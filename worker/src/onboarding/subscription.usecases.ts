import type { SetupFailure } from '../../../contract/index.ts'
import type { GraphError } from '../whatsapp/graph-client.ts'
import type { GraphApp } from '../whatsapp/graph-signup.ts'
import { readDefaultCallback } from '../whatsapp/graph-signup.ts'
import { subscribeApp } from '../whatsapp/graph-subscriptions.ts'
import type { AccountRow } from './accounts.rows.ts'
import type { OnboardingDeps } from './onboarding.ports.ts'
import { webhookUrl } from './onboarding.ports.ts'
import type { MetaRefusal } from './setup-failures.model.ts'
import { setupFailureOf } from './setup-failures.model.ts'

type Callback = { app: GraphApp; url: string | null; verifyToken: string }

/** The app that signs for an account, and where its webhooks have to arrive. */
async function callbackOf(deps: OnboardingDeps, { appPath }: Pick<AccountRow, 'appPath'>): Promise<Callback | null> {
  const url = webhookUrl(deps, appPath)
  if (appPath === '') return { app: deps.app, url, verifyToken: deps.verifyToken }
  const own = await deps.directory.findApp(deps.orgId, appPath)
  if (own === null) return null
  const [appSecret, verifyToken] = await Promise.all([
    deps.secrets.openApp(appPath, own.appSecret),
    deps.secrets.openApp(appPath, own.verifyToken),
  ])
  return { app: { ...deps.app, appId: own.appId, appSecret }, url, verifyToken }
}

/**
 * Subscribes the app to the account and, where the app's webhooks go somewhere else by default, sends this account's to us. May be
 * repeated. What went wrong stands on the account; resolves to it.
 */
export async function subscribeAccount(deps: OnboardingDeps, wabaId: string): Promise<SetupFailure | null> {
  const account = await deps.accounts.find(wabaId)
  const callback = account === null ? null : await callbackOf(deps, account)
  if (account === null || callback === null) return null
  const { app, url, verifyToken } = callback
  const access = deps.graphAs(await deps.secrets.openAccountToken(wabaId, account.token))
  const preset = await readDefaultCallback(app)
  // Where Meta does not tell, our own app's address is trusted to be ours: it is set up by whoever runs this Worker.
  const isOurs = preset.ok ? preset.value === url : account.appPath === ''
  const subscribed = await subscribeApp(
    access,
    wabaId,
    url === null || isOurs ? null : { callbackUrl: url, verifyToken },
  )
  const failure = subscribed.ok ? null : setupFailureOf('subscribe', refusalOf(subscribed.error), deps.clock())
  await deps.accounts.saveSubscription(wabaId, subscribed.ok ? [app.appId] : null, failure)
  return failure
}

function refusalOf({ status, ...error }: GraphError): MetaRefusal {
  return { ...error, kind: error.code === null && (status === 0 || status >= 500) ? 'lost' : 'refused' }
}
