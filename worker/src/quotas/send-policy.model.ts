import type { Pool, QuotaRefusal } from '../../../contract/index.ts'
import type { StandingFacts } from './standing.types.ts'
import {
  activeRestrictions,
  isBanned,
  isDesignated,
  isRejected,
  isVerificationRevoked,
  stageOf,
} from './standing.model.ts'

/** `answer`: anything inside the 24 hours after the customer wrote. `template`: what a business may begin with. */
export type SendKind = 'answer' | 'template'

/** `allow`: within the pool's places where there is one, counted by nobody where there is none. */
export type SendPolicy = { do: 'refuse'; refusal: QuotaRefusal } | { do: 'allow'; pool: Pool | null }

/** The refusal of a send whose pool has no place left. */
export const FULL_REFUSALS: Readonly<Record<Pool, QuotaRefusal>> = {
  templates: 'trial_templates',
  answers: 'trial_answers',
  customers: 'verified_customers',
}

/** Restrictions that stop only the one or the other ("account_update", `restriction_type`); any other stops both. */
const STOPS_ONLY: Readonly<Record<string, SendKind>> = {
  RESTRICTED_BIZ_INITIATED_MESSAGING: 'template',
  RESTRICTED_CUSTOMER_INITIATED_MESSAGING: 'answer',
}

/** Whether a number may send something of this kind at `now`, and which pool's place it takes. */
export function sendPolicy(facts: StandingFacts, kind: SendKind, now: number): SendPolicy {
  const refusal = stopOf(facts, kind, now)
  if (refusal !== null) return { do: 'refuse', refusal }
  switch (stageOf(facts, now)) {
    case 'failed':
      return { do: 'refuse', refusal: 'setup_failed' }
    case 'trial_expired':
      return { do: 'refuse', refusal: 'trial_expired' }
    case 'trial_other_number':
      return { do: 'refuse', refusal: 'trial_other_number' }
    case 'trial':
      return { do: 'allow', pool: kind === 'template' ? 'templates' : 'answers' }
    case 'verified_trial':
      if (!isDesignated(facts)) return { do: 'refuse', refusal: 'verified_other_number' }
      if (kind === 'template') return { do: 'refuse', refusal: 'verified_templates' }
      return { do: 'allow', pool: 'customers' }
    case 'live':
      return { do: 'allow', pool: null }
  }
}

/** What stops every send whatever the stage. */
function stopOf(facts: StandingFacts, kind: SendKind, now: number): QuotaRefusal | null {
  if (facts.channel === 'removed') return 'channel_removed'
  if (facts.channel === 'off') return 'channel_off'
  if (isBanned(facts)) return 'banned'
  if (isRejected(facts.account)) return 'rejected'
  if (isVerificationRevoked(facts.account)) return 'verification_revoked'
  const isRestricted = activeRestrictions(facts.account, now).some(
    ({ type }) => (STOPS_ONLY[type.toUpperCase()] ?? kind) === kind,
  )
  return isRestricted ? 'restricted' : null
}
