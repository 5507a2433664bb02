import type { AccountView, NumberView, Standing } from '../../../contract/index.ts'
import { accountViewSchema, numberViewSchema } from '../../../contract/index.ts'
import type { Env } from '../platform/env.ts'
import type { OrgScope } from '../platform/scope.ts'
import { createQuotasRepo } from '../quotas/quotas.repo.ts'
import type { AccountRow, NumberRow } from './accounts.rows.ts'
import { RESEND_MS, stepOf } from './number-steps.model.ts'
import { onboardingErrors } from './onboarding.errors.ts'
import type { OnboardingDeps } from './onboarding.ports.ts'
import { createOnboardingDeps, webhookUrl } from './onboarding.ports.ts'

/**
 * The organisation's WhatsApp Business accounts, as the settings pane shows them. The verify token of an own app is opened for an
 * administrator's proof alone.
 */
export async function listAccountViews(env: Env, scope: OrgScope, isProof: boolean): Promise<AccountView[]> {
  const deps = createOnboardingDeps(env, scope)
  const accounts = await deps.accounts.list()
  return Promise.all(accounts.map((account) => accountView(deps, account, isProof)))
}

/** The organisation's numbers, each with how it stands and the first step that is not done. */
export async function listNumberViews(env: Env, scope: OrgScope): Promise<NumberView[]> {
  const { accounts, numbers, clock } = createOnboardingDeps(env, scope)
  const [found, known, standings] = await Promise.all([
    numbers.list(),
    accounts.list(),
    createQuotasRepo(scope).listStandings(clock()),
  ])
  const drafted = new Set(known.filter(({ draft }) => draft !== null).map(({ wabaId }) => wabaId))
  return found.flatMap((number) => {
    const standing = standings.get(number.phoneNumberId)
    return standing === undefined ? [] : [numberView(number, drafted.has(number.wabaId), standing)]
  })
}

export async function accountView(
  deps: Pick<OnboardingDeps, 'publicOrigin' | 'directory' | 'secrets' | 'orgId'>,
  account: AccountRow,
  isProof: boolean,
): Promise<AccountView> {
  const { wabaId, name, businessId, businessName, how, payment, draft, failure, appPath } = account
  return accountViewSchema.parse({
    wabaId,
    name,
    businessId,
    businessName,
    how,
    businessVerification: account.businessVerification,
    reviewStatus: account.reviewStatus,
    payment,
    draft,
    failure,
    ...(appPath !== '' && isProof && { ownWebhook: await ownWebhook(deps, appPath) }),
  })
}

async function ownWebhook(
  deps: Pick<OnboardingDeps, 'publicOrigin' | 'directory' | 'secrets' | 'orgId'>,
  appPath: string,
): Promise<AccountView['ownWebhook']> {
  const app = await deps.directory.findApp(deps.orgId, appPath)
  const url = webhookUrl(deps, appPath)
  if (app === null || url === null) return undefined
  return { url, verifyToken: await deps.secrets.openApp(appPath, app.verifyToken) }
}

export function numberView(number: NumberRow, hasDraft: boolean, standing: Standing): NumberView {
  const { code } = number
  return numberViewSchema.parse({
    phoneNumberId: number.phoneNumberId,
    wabaId: number.wabaId,
    displayPhoneNumber: number.displayPhoneNumber,
    verifiedName: number.verifiedName,
    nameStatus: number.nameStatus,
    quality: number.quality,
    isVerified: number.isVerified || number.isRegistered,
    isRegistered: number.isRegistered,
    isCoexistent: number.isCoexistent,
    step: stepOf({ ...number, hasName: hasDraft || (number.isVerified && (number.verifiedName ?? '') !== '') }),
    code:
      code === null
        ? null
        : {
            method: code.method,
            sentAt: new Date(code.sentAt).toISOString(),
            resendAt: new Date(code.sentAt + RESEND_MS).toISOString(),
          },
    failure: number.failure,
    standing,
  })
}

/** One number; 404 where it is not this organisation's. */
export async function readNumberView(env: Env, scope: OrgScope, phoneNumberId: string): Promise<NumberView> {
  const numbers = await listNumberViews(env, scope)
  const found = numbers.find((number) => number.phoneNumberId === phoneNumberId)
  if (found === undefined) throw onboardingErrors.numberUnknown()
  return found
}
