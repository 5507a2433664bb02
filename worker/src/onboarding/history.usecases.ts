import type { Actor } from '../audit/audit.repo.ts'
import type { GraphAccess } from '../whatsapp/graph-client.ts'
import { requestSync } from '../whatsapp/graph-numbers.ts'
import type { GraphFailure } from '../whatsapp/graph-request.ts'
import { findNumber } from './numbers.usecases.ts'
import { onboardingErrors } from './onboarding.errors.ts'
import type { OnboardingDeps } from './onboarding.ports.ts'
import { told } from './onboarding.ports.ts'
import { setupFailureOf } from './setup-failures.model.ts'

/** Meta's answer where it was asked for this before: it is on its way, or was here. */
const ASKED_ALREADY = 2_593_107

/** Asks for contacts and history of a number that stays in the Business app; each comes once, by webhooks. */
export async function syncHistory(deps: OnboardingDeps, actor: Actor, phoneNumberId: string): Promise<void> {
  const { number, access } = await findNumber(deps, phoneNumberId)
  if (!number.isCoexistent) throw onboardingErrors.notCoexistent()
  const refusal = await askForHistory(deps, access, phoneNumberId)
  const now = deps.clock()
  if (refusal !== null) {
    const failure = setupFailureOf('history', refusal, now)
    await deps.numbers.saveFailure(phoneNumberId, failure)
    throw onboardingErrors.failed(failure)
  }
  const entry = told({ actor, now }, 'history.requested', number.displayPhoneNumber)
  await deps.numbers.historyRequested(phoneNumberId, entry)
}

/**
 * The same right after connecting, as Meta gives it within 24 hours only. A refusal is no failure of connecting: it may well have been
 * asked for long ago, and the archive offers to ask again.
 */
export async function beginHistory(deps: OnboardingDeps, access: GraphAccess, phoneNumberId: string): Promise<void> {
  const refusal = await askForHistory(deps, access, phoneNumberId)
  if (refusal !== null) deps.logger.warn('onboarding.history_refused', { phoneNumberId, code: refusal.code })
}

async function askForHistory(
  deps: OnboardingDeps,
  access: GraphAccess,
  phoneNumberId: string,
): Promise<GraphFailure | null> {
  for (const what of ['smb_app_state_sync', 'history'] as const) {
    const at = deps.clock()
    const asked = await requestSync(access, phoneNumberId, what)
    if (!asked.ok && asked.error.code !== ASKED_ALREADY) return asked.error
    if (what === 'history') await deps.archive.asked(phoneNumberId, at, asked.ok)
  }
  return null
}
