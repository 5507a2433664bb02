import type { AccountFacts, StandingFacts } from './standing.types.ts'

export const STARTED_AT = Date.parse('2026-11-22T10:00:00.000Z')
export const FIRST = '810001'
export const SECOND = '810002'

/** An account that Meta has said nothing of yet. */
export function accountFacts(changes: Partial<AccountFacts> = {}): AccountFacts {
  return {
    isByOperator: false,
    businessVerification: 'not_verified',
    wasVerified: false,
    reviewStatus: 'pending',
    reviewPendingSince: null,
    reviewSubmittedAt: null,
    rejectedAt: null,
    restrictions: [],
    isBanned: false,
    payment: 'unknown',
    failure: null,
    ...changes,
  }
}

/** The first number of an organisation in its trial, unless told otherwise. */
export function standingFacts(changes: Partial<StandingFacts> = {}): StandingFacts {
  return {
    phoneNumberId: FIRST,
    nameStatus: 'PENDING_REVIEW',
    platformStatus: 'CONNECTED',
    messagingLimit: 'TIER_250',
    isSetUp: true,
    failure: null,
    account: accountFacts(),
    trial: { startedAt: STARTED_AT, phoneNumberId: FIRST, displayPhoneNumber: '+44 20 7946 0101' },
    designatedNumber: FIRST,
    isDesignationChosen: false,
    channel: 'on',
    ...changes,
  }
}
