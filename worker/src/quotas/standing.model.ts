import type { Missing, Overlay, Pool, Stage, Standing } from '../../../contract/index.ts'
import { phoneNumberIdSchema } from '../../../contract/index.ts'
import type { AccountFacts, Restriction, StandingFacts, Usage } from './standing.types.ts'

const DAY_MS = 24 * 60 * 60 * 1_000

/** How long an organisation may try before its business is verified and approved, from its first saved channel on. */
export const TRIAL_MS = 30 * DAY_MS

/** Documents that were rejected may be sent again this long after the last submission. */
export const RESUBMIT_AFTER_MS = 35 * DAY_MS

/** Distinct people of each pool. */
export const PLACE_LIMITS: Readonly<Record<Pool, number>> = { templates: 2, answers: 10, customers: 1_500 }

/** The pools that count in a stage. */
const POOLS_OF: Readonly<Partial<Record<Stage, readonly Pool[]>>> = {
  trial: ['templates', 'answers'],
  verified_trial: ['customers'],
}

/** Restrictions that stop no message to a customer ("account_update", `restriction_type`). Meta itself refuses what they forbid. */
const HARMLESS_RESTRICTION = /ADD_PHONE_NUMBER|UTILITY_TEMPLATES|CALLING/

/** How a number stands at `now`: what it may send, what is used and what is missing. */
export function standingOf(facts: StandingFacts, usage: Usage, now: number): Standing {
  const stage = stageOf(facts, now)
  const { startedAt, phoneNumberId, displayPhoneNumber } = facts.trial
  const limit = stage === 'live' ? metaLimitOf(facts.messagingLimit) : undefined
  return {
    stage,
    overlays: overlaysOf(facts, now),
    trial: {
      startedAt: instant(startedAt),
      endsAt: instant(trialEndOf(facts)),
      phoneNumberId: phoneNumberId === null ? null : phoneNumberIdSchema.parse(phoneNumberId),
      displayPhoneNumber,
    },
    isDesignated: isDesignated(facts),
    isDesignationChosen: facts.isDesignationChosen,
    places: (POOLS_OF[stage] ?? []).map((pool) => ({ pool, used: usage[pool], limit: PLACE_LIMITS[pool] })),
    metaLimit: limit === undefined ? null : { limit, used: usage.meta },
    missing: missingOf(facts),
    failure: stage === 'failed' ? (facts.failure ?? facts.account?.failure ?? null) : null,
  }
}

/** The stage by the table in the product's description; the trial's last moment is the one before its end. */
export function stageOf(facts: StandingFacts, now: number): Stage {
  const hasFailed = facts.failure !== null || (facts.account?.failure ?? null) !== null
  if (hasFailed && !facts.isSetUp) return 'failed'
  const isOver = isTrialOver(facts, now)
  if (!isVerified(facts.account)) {
    if (isOver) return 'trial_expired'
    return isTrialNumber(facts) ? 'trial' : 'trial_other_number'
  }
  if (!isApproved(facts.account)) return isOver ? 'trial_expired' : 'verified_trial'
  return isNameApproved(facts) ? 'live' : 'verified_trial'
}

/** When the trial ends, epoch milliseconds; null while its clock has not started. */
export function trialEndOf({ trial }: StandingFacts): number | null {
  return trial.startedAt === null ? null : trial.startedAt + TRIAL_MS
}

/** What lies over the stage now. */
export function overlaysOf(facts: StandingFacts, now: number): Overlay[] {
  const { account } = facts
  const restrictions = activeRestrictions(account, now)
  return [
    ...(isBanned(facts) ? [overlay('banned', null, null, null)] : []),
    ...(account !== null && isRejected(account) ? [rejected(account)] : []),
    ...(isVerificationRevoked(account)
      ? [overlay('verification_revoked', null, null, account?.businessVerification ?? null)]
      : []),
    ...(restrictions.length > 0
      ? [overlay('restricted', null, lastEnd(restrictions), restrictions.map(({ type }) => type).join(', '))]
      : []),
    ...(account?.payment === 'missing' ? [overlay('payment_missing', null, null, null)] : []),
  ]
}

/** Restrictions of messages that have not ended. */
export function activeRestrictions(account: AccountFacts | null, now: number): readonly Restriction[] {
  return (account?.restrictions ?? []).filter(
    ({ type, until }) => (until === null || now < until) && !HARMLESS_RESTRICTION.test(type.toUpperCase()),
  )
}

export function isBanned({ account, platformStatus }: StandingFacts): boolean {
  return account?.isBanned === true || isWord(platformStatus, 'banned')
}

/** Only a word of Meta's takes a verification away, never its silence. */
export function isVerificationRevoked(account: AccountFacts | null): boolean {
  return account !== null && account.wasVerified && account.businessVerification !== null && !isVerified(account)
}

export function isRejected(account: AccountFacts | null): boolean {
  return account !== null && isWord(account.reviewStatus, 'rejected')
}

/** Whether this is the one number of the larger trial: the one an administrator picked, by default the first. */
export function isDesignated({ phoneNumberId, designatedNumber }: StandingFacts): boolean {
  return designatedNumber === null || designatedNumber === phoneNumberId
}

/**
 * Meta's limit of people in 24 hours from its word or number ("Messaging limits"): `TIER_250`, `TIER_2K`, 2000, `TIER_UNLIMITED`, -1.
 * Null: unlimited. Undefined where nothing can be read from it.
 */
export function metaLimitOf(word: string | null): number | null | undefined {
  const [, digits, thousands] = /^(?:TIER_)?(-?\d+)(K?)$/i.exec(word?.trim() ?? '') ?? []
  if (digits !== undefined) {
    const limit = Number(digits) * (thousands === '' ? 1 : 1_000)
    return limit < 0 ? null : limit
  }
  return isWord(word, 'tier_unlimited') || isWord(word, 'unlimited') ? null : undefined
}

function isTrialOver(facts: StandingFacts, now: number): boolean {
  const endsAt = trialEndOf(facts)
  return endsAt !== null && now >= endsAt
}

/** Until a number is known to be the first, whichever is asked about is. */
function isTrialNumber({ phoneNumberId, trial }: StandingFacts): boolean {
  return trial.phoneNumberId === null || trial.phoneNumberId === phoneNumberId
}

function isVerified(account: AccountFacts | null): boolean {
  return isGranted(account, account?.businessVerification ?? null, ['verified'])
}

function isApproved(account: AccountFacts | null): boolean {
  return isGranted(account, account?.reviewStatus ?? null, ['approved'])
}

function isNameApproved({ account, nameStatus }: StandingFacts): boolean {
  return isGranted(account, nameStatus, ['approved', 'available_without_review'])
}

/** Meta's lists of words contradict each other in their case. What nobody said counts as granted on an operator's word only. */
function isGranted(account: AccountFacts | null, word: string | null, granting: readonly string[]): boolean {
  if (word === null) return account === null || account.isByOperator
  return granting.some((one) => isWord(word, one))
}

function isWord(word: string | null, expected: string): boolean {
  return word?.trim().toLowerCase() === expected
}

function missingOf(facts: StandingFacts): Missing[] {
  const checks: [Missing, boolean][] = [
    ['first_channel', facts.trial.startedAt === null && facts.account !== null],
    ['business_verification', !isVerified(facts.account)],
    ['account_review', !isApproved(facts.account)],
    ['name_review', !isNameApproved(facts)],
    ['payment', facts.account?.payment === 'missing'],
  ]
  return checks.filter(([, isMissing]) => isMissing).map(([name]) => name)
}

function rejected(account: AccountFacts): Overlay {
  const { reviewSubmittedAt, reviewPendingSince, rejectedAt } = account
  const submittedAt = reviewSubmittedAt ?? reviewPendingSince ?? rejectedAt
  return overlay('rejected', rejectedAt, submittedAt === null ? null : submittedAt + RESUBMIT_AFTER_MS, null)
}

function lastEnd(restrictions: readonly Restriction[]): number | null {
  const ends = restrictions.map(({ until }) => until)
  return ends.every((end) => end !== null) ? Math.max(...ends) : null
}

function overlay(name: Overlay['name'], since: number | null, until: number | null, detail: string | null): Overlay {
  return { name, since: instant(since), until: instant(until), detail }
}

function instant(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString()
}
