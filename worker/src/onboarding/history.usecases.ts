import { requestSync } from '../whatsapp/graph-numbers.ts'
import { findNumber } from './numbers.usecases.ts'
import { onboardingErrors } from './onboarding.errors.ts'
import type { OnboardingDeps } from './onboarding.ports.ts'
import { setupFailureOf } from './setup-failures.model.ts'

/** Meta's answer where it was asked for this before: it is on its way, or was here. */
const ASKED_ALREADY = 2_593_107

/** Asks for contacts and history of a number that stays in the Business app; each comes once, by webhooks. */
export async function syncHistory(deps: OnboardingDeps, phoneNumberId: string): Promise<void> {
  const { number, access } = await findNumber(deps, phoneNumberId)
  if (!number.isCoexistent) throw onboardingErrors.notCoexistent()
  for (const what of ['smb_app_state_sync', 'history'] as const) {
    const asked = await requestSync(access, phoneNumberId, what)
    if (asked.ok || asked.error.code === ASKED_ALREADY) continue
    const failure = setupFailureOf('history', asked.error, deps.clock())
    await deps.numbers.saveFailure(phoneNumberId, failure)
    throw onboardingErrors.failed(failure)
  }
  await deps.numbers.saveFailure(phoneNumberId, null)
}
