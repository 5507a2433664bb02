import type { QuotaRefusal } from '../../../contract/index.ts'
import { AppError } from '../platform/errors.ts'

/** Those that apply. */
export type QuotaDetails = {
  pool?: string
  used?: number
  limit?: number
  endsAt?: string | null
  displayPhoneNumber?: string | null
}

/** A send that a limit refuses: which limit, how much is used, when or how it lifts. */
export function quotaError(refusal: QuotaRefusal, details: QuotaDetails): AppError {
  return new AppError({
    code: `quota.${refusal}`,
    status: 409,
    message: quotaSentence(refusal, details),
    details,
  })
}

/** The refusal in words, for whoever has no translation. */
export function quotaSentence(
  refusal: QuotaRefusal,
  { used, limit, endsAt, displayPhoneNumber }: QuotaDetails,
): string {
  const counted = limit === undefined ? '' : ` (${used ?? limit} of ${limit} used)`
  const until = endsAt === null || endsAt === undefined ? '' : ` until ${endsAt}`
  const number = displayPhoneNumber ?? 'another number'
  switch (refusal) {
    case 'trial_answers':
      return `The trial allows answers to 10 customers${counted}. It lifts when the business is verified and approved by WhatsApp.`
    case 'trial_templates':
      return `The trial allows templates to 2 people${counted}. It lifts when the business is verified and approved by WhatsApp.`
    case 'trial_expired':
      return `The trial is over${endsAt ? ` since ${endsAt}` : ''}. Sending goes on once the business is verified and approved by WhatsApp.`
    case 'trial_other_number':
      return `Only ${number} may send while the business is not verified.`
    case 'verified_customers':
      return `The larger trial allows answers to 1,500 customers${counted}. It lifts when WhatsApp has approved the account and the name.`
    case 'verified_templates':
      return 'The larger trial allows answers inside the 24-hour window only. Templates go once WhatsApp has approved the account and the name.'
    case 'verified_other_number':
      return 'Only the designated number may send in the larger trial. An administrator picks it in the settings.'
    case 'rejected':
      return `WhatsApp rejected the business account. An administrator can send the documents again${endsAt ? ` from ${endsAt}` : ''}.`
    case 'restricted':
      return `Meta restricted this account${until}. An administrator sees the reason in Meta's business settings.`
    case 'banned':
      return "Meta banned this account or number. An administrator can appeal in Meta's business settings."
    case 'verification_revoked':
      return 'The verification of the business was revoked. An administrator can verify it again in Meta’s business settings.'
    case 'setup_failed':
      return 'Setting this number up failed. An administrator sees the step and the repair in the settings.'
    case 'channel_off':
      return 'This channel is switched off. An administrator can switch it on again in the settings.'
    case 'channel_removed':
      return 'This channel was removed. Its conversations stay readable.'
  }
}
