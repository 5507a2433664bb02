import { describe, expect, it } from 'vitest'
import type { MetaRefusal, SetupStep } from './setup-failures.model.ts'
import { ownFailure, setupFailureOf } from './setup-failures.model.ts'

const now = Date.parse('2026-11-22T10:00:00.000Z')
const refused = (code: number | null, details: string | null = null, more: Partial<MetaRefusal> = {}): MetaRefusal => ({
  kind: 'refused',
  code,
  details,
  retryAfterMs: null,
  ...more,
})

/** Step, code, Meta's words; what it means, who mends it, the button. */
const TABLE: [SetupStep, number | null, string, string, string, string][] = [
  ['facebook', 100, 'This authorization code has been used', 'code_expired', 'admin', 'retry'],
  ['facebook', 190, 'Session expired', 'token_invalid', 'admin', 'reconnect'],
  ['facebook', 200, 'Permissions error', 'permission_missing', 'admin', 'reconnect'],
  ['facebook', 10, 'No permission', 'permission_missing', 'admin', 'reconnect'],
  ['facebook', 131005, 'Access denied', 'permission_missing', 'admin', 'reconnect'],
  ['facebook', 101, 'Error validating application', 'app_secret_wrong', 'admin', 'retry'],
  ['facebook', 80007, 'Rate limit', 'meta_limit', 'nobody', 'wait'],
  ['facebook', 2, 'Unavailable', 'meta_down', 'meta', 'retry'],
  ['profile', 100, 'Param description is too long', 'profile_refused', 'admin', 'change_name'],
  ['number', 100, 'Not a valid phone number', 'number_invalid', 'admin', 'change_number'],
  ['number', 100, 'It is in use in the WhatsApp Business app', 'number_in_use', 'admin', 'change_number'],
  ['number', 100, 'It is registered with another account', 'number_taken', 'old_provider', 'change_number'],
  ['number', 100, 'The display name is not allowed', 'name_refused', 'admin', 'change_name'],
  ['number', 100, 'You reached the maximum of phone numbers', 'number_limit', 'admin', 'open_meta'],
  ['number', 100, 'Disable two-step verification first', 'two_step_on', 'old_provider', 'retry'],
  [
    'number',
    100,
    'The phone number is not registered with another account',
    'migration_refused',
    'old_provider',
    'support',
  ],
  ['number', 2388103, 'The number cannot be moved', 'migration_refused', 'old_provider', 'support'],
  ['number', 368, 'Temporarily blocked', 'number_banned', 'meta', 'open_meta'],
  ['code', 136024, 'Too many codes', 'too_many_codes', 'nobody', 'wait'],
  ['code', 2494100, 'In maintenance', 'meta_down', 'meta', 'wait'],
  ['verify', 136025, 'The code is not correct', 'code_wrong', 'admin', 'retry'],
  ['verify', 136025, 'The code has expired', 'code_too_old', 'admin', 'retry'],
  ['verify', 136025, 'Guessed too many times', 'too_many_tries', 'admin', 'retry'],
  ['register', 133005, 'PIN mismatch', 'pin_wrong', 'admin', 'enter_pin'],
  ['register', 131031, 'The PIN is wrong', 'pin_wrong', 'admin', 'enter_pin'],
  ['register', 131031, 'Account has been locked', 'number_banned', 'meta', 'open_meta'],
  ['register', 133006, 'Needs verification', 'not_verified', 'admin', 'retry'],
  ['register', 133008, 'Too many PIN guesses', 'pin_too_many', 'nobody', 'wait'],
  ['register', 133009, 'PIN too fast', 'pin_too_many', 'nobody', 'wait'],
  ['register', 133015, 'Recently deleted', 'too_many_registrations', 'nobody', 'wait'],
  ['register', 133016, 'Too many registrations', 'too_many_registrations', 'nobody', 'wait'],
  ['register', 131042, 'Payment', 'payment_missing', 'admin', 'open_meta'],
  ['register', 131037, 'Name not approved', 'name_pending', 'meta', 'wait'],
  ['register', 999999, 'New at Meta', 'other', 'admin', 'support'],
  ['subscribe', 100, 'Before override …', 'subscription_refused', 'admin', 'retry'],
  ['subscribe', 2200, 'Callback verification failed', 'subscription_refused', 'operator', 'support'],
  ['history', 2593108, 'Too late', 'history_too_late', 'nobody', 'support'],
]

describe('what Meta refuses while setting up', () => {
  it.each(TABLE)('%s %s “%s” is %s, for %s: %s', (...[step, code, words, key, who, action]) => {
    expect(setupFailureOf(step, refused(code, words), now)).toMatchObject({ step, key, who, action, metaCode: code })
  })

  it.each([
    [133016, '2026-11-25T10:00:00.000Z'],
    [133015, '2026-11-22T10:05:00.000Z'],
    [133005, null],
  ])('%s says when trying again makes sense', (code, retryAt) => {
    expect(setupFailureOf('register', refused(code), now).retryAt).toBe(retryAt)
  })

  it.each([
    ['number', 100, 2388093, 'two_step_on'],
    ['number', 100, 2388103, 'number_limit'],
    ['number', 100, 2494100, 'migration_refused'],
    ['code', 136024, 2388091, 'too_many_codes'],
    ['number', 100, 2388002, 'number_in_use'],
  ] as const)('%s %s with the subcode %s is %s', (step, code, subcode, key) => {
    const words = 'This number is used in WhatsApp Messenger'
    expect(setupFailureOf(step, refused(code, words, { subcode }), now).key).toBe(key)
  })

  it('follows Meta’s own word for how long to wait', () => {
    const failure = setupFailureOf('code', refused(136024, 'Too many', { retryAfterMs: 90_000 }), now)
    expect(failure.retryAt).toBe('2026-11-22T10:01:30.000Z')
  })

  it('is no refusal where no answer came', () => {
    for (const kind of ['lost', 'not_sent'] as const)
      expect(setupFailureOf('register', refused(null, 'gone', { kind }), now)).toMatchObject({ key: 'meta_down' })
  })
})

it('what Kaiwa finds itself is the administrator’s to mend unless said otherwise', () => {
  expect(ownFailure('facebook', 'wrong_account', now)).toMatchObject({ who: 'admin', action: 'retry', metaCode: null })
  expect(ownFailure('facebook', 'other', now, { who: 'meta', details: 'x' })).toMatchObject({
    who: 'meta',
    details: 'x',
  })
})
