import type { WordKey } from '../../state/words.ts'

/** Where Meta's dialog says it was left, by Meta's names of its steps. */
const STEPS: Readonly<Record<string, WordKey>> = {
  BUSINESS_ACCOUNT_SELECTION: 'setup.dialog.business',
  WABA_PHONE_PROFILE_PICKER: 'setup.dialog.account',
  WHATSAPP_BUSINESS_PROFILE_SETUP: 'setup.dialog.profile',
  PHONE_NUMBER_SETUP: 'setup.dialog.number',
  PHONE_NUMBER_VERIFICATION: 'setup.dialog.code',
  PERMISSIONS: 'setup.dialog.permissions',
}

/** What a person did there; null for a step that Meta has added since, whose name would tell nobody anything. */
export function dialogStepWord(step: string | null): WordKey | null {
  return (step === null ? undefined : STEPS[step]) ?? null
}
