import { describe, expect, it } from 'vitest'
import type { SendPolicy } from './send-policy.model.ts'
import { FULL_REFUSALS, sendPolicy } from './send-policy.model.ts'
import { TRIAL_MS } from './standing.model.ts'
import { accountFacts, SECOND, standingFacts, STARTED_AT } from './standing.test-helpers.ts'
import type { AccountFacts, StandingFacts } from './standing.types.ts'

const END = STARTED_AT + TRIAL_MS
const before = END - 1_000
const after = END + 1_000

const of = (account: Partial<AccountFacts>, more: Partial<StandingFacts> = {}): Partial<StandingFacts> => ({
  account: accountFacts(account),
  ...more,
})
const verified = { businessVerification: 'verified' }
const live = of({ ...verified, reviewStatus: 'approved' }, { nameStatus: 'APPROVED' })

/** The pool, '-' where nothing is counted, or the refusal. */
function told(policy: SendPolicy): string {
  return policy.do === 'refuse' ? policy.refusal : (policy.pool ?? '-')
}

const policies = (facts: Partial<StandingFacts>, at: number): string[] =>
  (['answer', 'template'] as const).map((kind) => told(sendPolicy(standingFacts(facts), kind, at)))

describe('what may be sent', () => {
  it.each<[string, number, string, string, Partial<StandingFacts>?]>([
    ['in the trial', before, 'answers', 'templates'],
    ['in its last millisecond', END - 1, 'answers', 'templates'],
    ['at its end', END, 'trial_expired', 'trial_expired'],
    ['after it', after, 'trial_expired', 'trial_expired'],
    ['by another number', before, 'trial_other_number', 'trial_other_number', { phoneNumberId: SECOND }],
    ['in the larger trial', before, 'customers', 'verified_templates', of(verified)],
    [
      'in the larger trial by another number',
      before,
      'verified_other_number',
      'verified_other_number',
      of(verified, { phoneNumberId: SECOND }),
    ],
    ['by a verified business nobody approved in time', END, 'trial_expired', 'trial_expired', of(verified)],
    ['by a live number', after, '-', '-', live],
    ['by a live number that is not designated', after, '-', '-', { ...live, designatedNumber: SECOND }],
    ['without a payment method', before, 'answers', 'templates', of({ payment: 'missing' })],
    [
      'where setting up failed',
      before,
      'setup_failed',
      'setup_failed',
      { isSetUp: false, failure: { step: 'code', key: 'code_wrong', detail: null } },
    ],
  ])('%s', (_, at, answer, template, facts = {}) => {
    expect(policies(facts, at)).toEqual([answer, template])
  })

  it.each<[string, Partial<StandingFacts>]>([
    ['channel_removed', { ...live, channel: 'removed' }],
    ['channel_off', { ...live, channel: 'off' }],
    ['banned', of({ isBanned: true })],
    ['banned', { ...live, platformStatus: 'BANNED' }],
    ['rejected', of({ ...verified, reviewStatus: 'rejected' })],
    ['verification_revoked', of({ businessVerification: 'revoked', wasVerified: true })],
    ['restricted', of({ restrictions: [{ type: 'SOMETHING_NEW', until: null }] })],
  ])('nothing: %s', (refusal, facts) => {
    expect(policies(facts, before)).toEqual([refusal, refusal])
  })

  it('but for what Meta restricted, until that ends', () => {
    const restricted = (type: string) => of({ restrictions: [{ type, until: before }] })
    const templates = restricted('RESTRICTED_BIZ_INITIATED_MESSAGING')
    expect(policies(templates, before - 1)).toEqual(['answers', 'restricted'])
    expect(policies(templates, before)).toEqual(['answers', 'templates'])
    const answers = restricted('RESTRICTED_CUSTOMER_INITIATED_MESSAGING')
    expect(policies(answers, before - 1)).toEqual(['restricted', 'templates'])
    expect(policies(restricted('RESTRICTED_ADD_PHONE_NUMBER_ACTION'), before - 1)).toEqual(['answers', 'templates'])
  })
})

it('names the refusal of each full pool', () => {
  expect(FULL_REFUSALS).toEqual({
    templates: 'trial_templates',
    answers: 'trial_answers',
    customers: 'verified_customers',
  })
})
