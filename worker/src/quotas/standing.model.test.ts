import { describe, expect, it } from 'vitest'
import type { Stage } from '../../../contract/index.ts'
import { metaLimitOf, overlaysOf, RESUBMIT_AFTER_MS, stageOf, standingOf, TRIAL_MS } from './standing.model.ts'
import { accountFacts, FIRST, SECOND, standingFacts, STARTED_AT } from './standing.test-helpers.ts'
import type { AccountFacts, StandingFacts } from './standing.types.ts'

const SECOND_MS = 1_000
const END = STARTED_AT + TRIAL_MS
const before = END - SECOND_MS
const after = END + SECOND_MS
const NOTHING_USED = { templates: 0, answers: 0, customers: 0, meta: 0 }

type Case = [what: string, at: number, stage: Stage, facts?: Partial<StandingFacts>]
const of = (account: Partial<AccountFacts>, more: Partial<StandingFacts> = {}): Partial<StandingFacts> => ({
  account: accountFacts(account),
  ...more,
})
const verified = { businessVerification: 'verified' }
const approved = { ...verified, reviewStatus: 'approved' }
const named = { nameStatus: 'APPROVED' }
const failure = { step: 'register', key: 'pin_wrong', detail: null }

const CASES: Case[] = [
  // trial: not verified, within 30 days, the first number
  ['the first number at the moment the clock starts', STARTED_AT, 'trial'],
  ['the first number a second before the end', before, 'trial'],
  ['the first number a millisecond before the end', END - 1, 'trial'],
  ['before the first channel is saved, however late', after, 'trial', { trial: noClock(FIRST) }],
  ['a number while none is known to be the first', STARTED_AT, 'trial', { trial: noClock(null) }],
  ['an approved account whose business is not verified', before, 'trial', of({ reviewStatus: 'approved' })],
  ['a business Meta said nothing of', before, 'trial', of({ businessVerification: null })],
  ['a verification that is pending', before, 'trial', of({ businessVerification: 'pending' })],
  // trial_expired: over, and not both verified and approved
  ['the first number in the moment of the end', END, 'trial_expired'],
  ['the first number a second after the end', after, 'trial_expired'],
  ['approved, but not verified, after the end', after, 'trial_expired', of({ reviewStatus: 'approved' })],
  ['verified, but not approved, in the moment of the end', END, 'trial_expired', of(verified, named)],
  ['verified and rejected after the end', after, 'trial_expired', of({ ...verified, reviewStatus: 'rejected' })],
  ['a further number after the end', END, 'trial_expired', { phoneNumberId: SECOND }],
  // trial_other_number: further numbers while the first is in trial
  ['a further number', STARTED_AT, 'trial_other_number', { phoneNumberId: SECOND }],
  ['a further number a second before the end', before, 'trial_other_number', { phoneNumberId: SECOND }],
  // verified_trial: verified, not yet live, within 30 days or approved
  ['verified within 30 days', STARTED_AT, 'verified_trial', of(verified, named)],
  ['verified a second before the end', before, 'verified_trial', of(verified, named)],
  ['verified a millisecond before the end', END - 1, 'verified_trial', of(verified)],
  ['a further number of a verified business', before, 'verified_trial', of(verified, { phoneNumberId: SECOND })],
  ['verified and approved without a name', before, 'verified_trial', of(approved)],
  ['verified and approved without a name, after the end', after, 'verified_trial', of(approved)],
  ['verified and approved with a declined name', after, 'verified_trial', of(approved, { nameStatus: 'DECLINED' })],
  ['verified and approved, no word of the name', after, 'verified_trial', of(approved, { nameStatus: null })],
  ['verified when connected', STARTED_AT, 'verified_trial', of(verified, { trial: noClock(FIRST) })],
  // live: verified, approved, name approved or available without review
  ['everything granted', STARTED_AT, 'live', of(approved, named)],
  ['everything granted a second before the end', before, 'live', of(approved, named)],
  ['everything granted a second after the end', after, 'live', of(approved, named)],
  ['a name that needs no review', after, 'live', of(approved, { nameStatus: 'AVAILABLE_WITHOUT_REVIEW' })],
  ['a further number with everything granted', after, 'live', of(approved, { ...named, phoneNumberId: SECOND })],
  ['everything granted when connected', STARTED_AT, 'live', of(approved, { ...named, trial: noClock(null) })],
  ["Meta's words in any case", after, 'live', upperCase()],
  ['no account known', after, 'live', { account: null, nameStatus: null }],
  ["the operator's word for all that nobody said", after, 'live', byOperator({})],
  ["the operator's word, and Meta's against it", before, 'trial', byOperator({ businessVerification: 'not_verified' })],
  // failed: setting up failed
  ['a number that could not be registered', before, 'failed', { isSetUp: false, failure }],
  ['a number whose account failed', before, 'failed', of({ failure }, { isSetUp: false })],
  ['a failure after everything was granted', after, 'failed', of(approved, { ...named, isSetUp: false, failure })],
  ['a later failure of a number that is set up', before, 'trial', { failure }],
  ['a number on its way', before, 'trial', { isSetUp: false }],
]

function noClock(phoneNumberId: string | null): StandingFacts['trial'] {
  return { startedAt: null, phoneNumberId, displayPhoneNumber: null }
}

function upperCase(): Partial<StandingFacts> {
  return of({ businessVerification: 'VERIFIED', reviewStatus: 'APPROVED' }, { nameStatus: 'approved' })
}

function byOperator(changes: Partial<AccountFacts>): Partial<StandingFacts> {
  const silent = { isByOperator: true, businessVerification: null, reviewStatus: null }
  return of({ ...silent, ...changes }, { nameStatus: null })
}

describe('the stage of a number', () => {
  it.each(CASES)('%s', (_, at, stage, facts) => {
    expect(stageOf(standingFacts(facts), at)).toBe(stage)
  })

  it('goes on by itself once the business is verified and approved after the trial', () => {
    const expired = standingFacts()
    expect(stageOf(expired, after)).toBe('trial_expired')
    expect(stageOf({ ...expired, account: accountFacts(approved) }, after)).toBe('verified_trial')
    expect(stageOf({ ...expired, account: accountFacts(approved), ...named }, after)).toBe('live')
  })
})

describe('the standing', () => {
  it('of a trial tells its end and the places of both pools', () => {
    const standing = standingOf(standingFacts(), { templates: 1, answers: 4, customers: 9, meta: 3 }, STARTED_AT)
    expect(standing).toMatchObject({
      trial: { startedAt: '2026-11-22T10:00:00.000Z', endsAt: '2026-12-22T10:00:00.000Z', phoneNumberId: FIRST },
      places: [
        { pool: 'templates', used: 1, limit: 2 },
        { pool: 'answers', used: 4, limit: 10 },
      ],
      metaLimit: null,
      missing: ['business_verification', 'account_review', 'name_review'],
      failure: null,
    })
  })

  it('of the larger trial counts customers', () => {
    const standing = standingOf(standingFacts(of(verified)), { ...NOTHING_USED, customers: 1_499 }, STARTED_AT)
    expect(standing.places).toEqual([{ pool: 'customers', used: 1_499, limit: 1_500 }])
  })

  it("of a live number tells Meta's limit", () => {
    const facts = standingFacts(of(approved, { ...named, messagingLimit: 'TIER_2K' }))
    const standing = standingOf(facts, { ...NOTHING_USED, meta: 1_600 }, after)
    expect(standing).toMatchObject({ places: [], missing: [], metaLimit: { limit: 2_000, used: 1_600 } })
    expect(standingOf({ ...facts, messagingLimit: null }, NOTHING_USED, after).metaLimit).toBeNull()
  })

  it('of a number that failed tells the step', () => {
    const standing = standingOf(standingFacts({ isSetUp: false, failure }), NOTHING_USED, before)
    expect(standing).toMatchObject({ stage: 'failed', failure, places: [] })
  })

  it('names what is missing before the first channel and a payment method', () => {
    const facts = standingFacts(of({ ...approved, payment: 'missing' }, { ...named, trial: noClock(null) }))
    expect(standingOf(facts, NOTHING_USED, before).missing).toEqual(['first_channel', 'payment'])
  })

  it('has one designated number: the one picked, the first by default', () => {
    const isDesignated = (changes: Partial<StandingFacts>): boolean =>
      standingOf(standingFacts(changes), NOTHING_USED, before).isDesignated
    expect(isDesignated({})).toBe(true)
    expect(isDesignated({ designatedNumber: SECOND })).toBe(false)
    expect(isDesignated({ designatedNumber: null })).toBe(true)
    expect(standingOf(standingFacts({ isDesignationChosen: true }), NOTHING_USED, before).isDesignationChosen).toBe(
      true,
    )
  })
})

describe('overlays', () => {
  const names = (changes: Partial<StandingFacts>, at: number = before): string[] =>
    overlaysOf(standingFacts(changes), at).map(({ name }) => name)

  it('are none without a reason', () => {
    expect(names({})).toEqual([])
    expect(names({ account: null })).toEqual([])
  })

  it('tell when rejected documents may be sent again: 35 days after the last submission', () => {
    const day = (changes: Partial<AccountFacts>): string | null | undefined =>
      overlaysOf(standingFacts(of({ reviewStatus: 'REJECTED', ...changes })), before)[0]?.until
    const iso = (at: number): string => new Date(at + RESUBMIT_AFTER_MS).toISOString()
    const dates = { reviewSubmittedAt: 1_000, reviewPendingSince: 2_000, rejectedAt: 3_000 }
    expect(day(dates)).toBe(iso(1_000))
    expect(day({ ...dates, reviewSubmittedAt: null })).toBe(iso(2_000))
    expect(day({ rejectedAt: 3_000 })).toBe(iso(3_000))
    expect(day({})).toBeNull()
    expect(RESUBMIT_AFTER_MS).toBe(35 * 24 * 3_600_000)
  })

  it('of a restriction end with it, and leave out those that stop no message', () => {
    const until = before + SECOND_MS
    const restricted = (type: string, end: number | null) => of({ restrictions: [{ type, until: end }] })
    expect(names(restricted('RESTRICTED_BIZ_INITIATED_MESSAGING', until))).toEqual(['restricted'])
    expect(names(restricted('RESTRICTED_BIZ_INITIATED_MESSAGING', until), until - 1)).toEqual(['restricted'])
    expect(names(restricted('RESTRICTED_BIZ_INITIATED_MESSAGING', until), until)).toEqual([])
    expect(names(restricted('RESTRICTED_SOMETHING_NEW', null))).toEqual(['restricted'])
    expect(names(restricted('RESTRICTED_ADD_PHONE_NUMBER_ACTION', null))).toEqual([])
  })

  it('name a ban of the account or the number', () => {
    expect(names(of({ isBanned: true }))).toEqual(['banned'])
    expect(names({ platformStatus: 'BANNED' })).toEqual(['banned'])
  })

  it('name a verification that Meta took away, and never take silence for that', () => {
    expect(names(of({ wasVerified: true, businessVerification: 'revoked' }))).toEqual(['verification_revoked'])
    expect(names(of({ wasVerified: true, businessVerification: null }))).toEqual([])
    expect(names(of({ wasVerified: true, ...verified }))).toEqual([])
    expect(names(of({ businessVerification: 'revoked' }))).toEqual([])
  })

  it('name a missing payment method', () => {
    expect(names(of({ payment: 'missing' }))).toEqual(['payment_missing'])
  })
})

it.each([
  ['TIER_50', 50],
  ['TIER_250', 250],
  ['TIER_1K', 1_000],
  ['TIER_2K', 2_000],
  ['tier_10k', 10_000],
  ['TIER_100K', 100_000],
  ['2000', 2_000],
  ['-1', null],
  ['TIER_UNLIMITED', null],
  ['TIER_NOT_SET', undefined],
  ['', undefined],
  [null, undefined],
])("reads Meta's limit %s", (word, limit) => {
  expect(metaLimitOf(word)).toBe(limit)
})
