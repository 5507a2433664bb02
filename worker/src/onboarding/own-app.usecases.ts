import type { Actor } from '../audit/audit.repo.ts'
import { debugToken } from '../whatsapp/graph-signup.ts'
import type { GraphApp } from '../whatsapp/graph-signup.ts'
import { connectAccount } from './connect-account.usecases.ts'
import { onboardingErrors } from './onboarding.errors.ts'
import type { OnboardingDeps } from './onboarding.ports.ts'
import { ownFailure, setupFailureOf } from './setup-failures.model.ts'
import { chosenAccount, tokenTrouble } from './signup.model.ts'

export type OwnAppInput = { appId: string; appSecret: string; token: string; wabaId: string }

/** Meta's codes for an app that does not prove itself by its secret. */
const NOT_THE_APP = new Set([101, 190])

/**
 * Connects an account through a Meta app of the customer's own. The app proves itself by its secret when it asks what the token is; its
 * webhooks then come to an address of its own, where nothing else is believed. May be repeated: an app keeps its address.
 */
export async function connectOwnApp(deps: OnboardingDeps, actor: Actor, input: OwnAppInput): Promise<void> {
  const { appId, appSecret, token, wabaId } = input
  const app: GraphApp = { ...deps.app, appId, appSecret }
  const claims = await debugToken(app, token)
  if (!claims.ok) {
    const isSecretWrong = claims.error.kind === 'refused' && NOT_THE_APP.has(claims.error.code ?? 0)
    throw onboardingErrors.failed(
      isSecretWrong
        ? ownFailure('facebook', 'app_secret_wrong', deps.clock(), { details: claims.error.details })
        : setupFailureOf(
            'facebook',
            { ...claims.error, code: claims.error.code === 100 ? 190 : claims.error.code },
            deps.clock(),
          ),
    )
  }
  const trouble = tokenTrouble(claims.value, appId)
  if (trouble !== null) throw onboardingErrors.failed(ownFailure('facebook', trouble, deps.clock()))
  if (chosenAccount(claims.value, wabaId) === null)
    throw onboardingErrors.failed(ownFailure('facebook', 'wrong_account', deps.clock()))
  const connected = await connectAccount(deps, {
    wabaId,
    token,
    tokenExpiresAt: claims.value.expiresAt,
    tokenScopes: claims.value.scopes,
    how: 'own_app',
    appPath: await keepApp(deps, app),
    phoneNumberId: null,
    isCoexistence: false,
    actor,
  })
  if (!connected.ok) throw onboardingErrors.failed(connected.error)
}

/** The app's path of its own, made the first time; its secret is the one that was just proved. */
async function keepApp(
  { directory, secrets, orgId, newSecret, clock }: OnboardingDeps,
  app: GraphApp,
): Promise<string> {
  const made = newSecret()
  const path = await directory.ensureApp({
    path: made,
    orgId,
    appId: app.appId,
    appSecret: await secrets.sealApp(made, app.appSecret),
    verifyToken: await secrets.sealApp(made, newSecret()),
    now: clock(),
  })
  if (path !== made) await directory.saveAppSecret(orgId, path, await secrets.sealApp(path, app.appSecret))
  return path
}
