import { describe, expect, it } from 'vitest'
import { stepOf } from './number-steps.model.ts'
import { chosenAccount, isCoexistent, readSignupEvent, tokenTrouble } from './signup.model.ts'

const BOTH = ['whatsapp_business_management', 'whatsapp_business_messaging']

describe('the event of Meta’s dialog', () => {
  const event = (name: string, data?: unknown) => ({ type: 'WA_EMBEDDED_SIGNUP', event: name, data })
  const finished = { kind: 'finished', wabaId: '700100', phoneNumberId: null, isCoexistence: false }

  it.each([
    ['FINISH', { waba_id: '700100', phone_number_id: '800100' }, { ...finished, phoneNumberId: '800100' }],
    ['FINISH_ONLY_WABA', { waba_id: 700100 }, finished],
    ['FINISH_WHATSAPP_BUSINESS_APP_ONBOARDING', { waba_id: '700100' }, { ...finished, isCoexistence: true }],
    ['FINISH', { waba_id: 'x; DROP' }, { ...finished, wabaId: null }],
    ['FINISH', undefined, { ...finished, wabaId: null }],
    ['CANCEL', { current_step: 'PHONE_NUMBER_SETUP' }, { kind: 'cancelled', step: 'PHONE_NUMBER_SETUP' }],
    ['CANCEL', {}, { kind: 'cancelled', step: null }],
    ['CANCEL', { error_message: 'No', error_id: '1' }, { kind: 'error', message: 'No' }],
    ['SOMETHING_NEW', {}, null],
  ])('%s %j', (name, data, expected) => {
    expect(readSignupEvent(event(name, data))).toEqual(expected)
  })

  it.each([null, 'x', 7, {}, { type: 'OTHER', event: 'FINISH' }])('that is none is none: %j', (raw) => {
    expect(readSignupEvent(raw)).toBeNull()
  })
})

describe('a token', () => {
  const claims = { appId: '500100', isValid: true, scopes: BOTH, wabaIds: ['700200', '700100'] }

  it.each([
    [claims, null],
    [{ ...claims, isValid: false }, 'token_invalid'],
    [{ ...claims, appId: '1' }, 'token_invalid'],
    [{ ...claims, scopes: ['whatsapp_business_messaging'] }, 'permission_missing'],
  ])('%j is %s', (one, trouble) => {
    expect(tokenTrouble(one, '500100')).toBe(trouble)
  })

  it.each([
    ['700100', claims.wabaIds, '700100'],
    [null, claims.wabaIds, '700200'],
    ['700300', claims.wabaIds, null],
    ['700300', null, '700300'],
    [null, null, null],
  ])('named %s, for %j: %s', (named, wabaIds, chosen) => {
    expect(chosenAccount({ ...claims, wabaIds }, named)).toBe(chosen)
  })
})

it('a number stays in the Business app where Meta says so, or the dialog was about it', () => {
  const number = { phoneNumberId: '800100', isOnBusinessApp: false }
  const signup = { isCoexistence: true, phoneNumberId: null, count: 1 }
  expect(isCoexistent({ ...number, isOnBusinessApp: true }, { ...signup, isCoexistence: false })).toBe(true)
  expect(isCoexistent(number, signup)).toBe(true)
  expect(isCoexistent(number, { ...signup, count: 2 })).toBe(false)
  expect(isCoexistent(number, { ...signup, count: 2, phoneNumberId: '800100' })).toBe(true)
  expect(isCoexistent(number, { ...signup, isCoexistence: false })).toBe(false)
})

describe('the first step of a number that is not done', () => {
  const none = { isVerified: false, isRegistered: false, isCoexistent: false, hasChannel: false, hasName: false }
  it.each([
    [{}, 'profile'],
    [{ hasName: true }, 'verify'],
    [{ hasName: true, isVerified: true }, 'register'],
    [{ isVerified: true }, 'profile'],
    [{ isRegistered: true }, 'channel'],
    [{ isCoexistent: true }, 'channel'],
    [{ isRegistered: true, hasChannel: true }, 'done'],
    [{ isCoexistent: true, hasChannel: true }, 'done'],
    [{ hasName: true, isVerified: true, hasChannel: true }, 'register'],
  ])('%j: %s', (facts, step) => {
    expect(stepOf({ ...none, ...facts })).toBe(step)
  })
})
