import { describe, expect, it } from 'vitest'
import { account, channel, draft, failure, number, setup } from '../../../test/setup-fixtures.ts'
import { findNumber, isFull, isOutsideTrial, isSetUp, numbersToChoose, titleOf, wizardOf } from './wizard.model.ts'

const withDraft = account({ draft })
const other = number({ phoneNumberId: '800200', displayPhoneNumber: '+44 20 7946 0202' })
const steps = (...list: string[]) => list

describe('the wizard', () => {
  it.each([
    ['begins with Facebook', setup(), steps('current', 'todo', 'todo', 'todo')],
    [
      'asks for the profile next',
      setup({ accounts: [account()], numbers: [number()] }),
      steps('done', 'current', 'todo', 'todo'),
    ],
    ['then for the number', setup({ accounts: [withDraft] }), steps('done', 'done', 'current', 'todo')],
    [
      'stays there until it is registered',
      setup({ accounts: [withDraft], numbers: [number({ isVerified: true, step: 'register' })] }),
      steps('done', 'done', 'current', 'todo'),
    ],
    [
      'then for the channel',
      setup({ accounts: [withDraft], numbers: [number({ step: 'channel' })] }),
      steps('done', 'done', 'done', 'current'),
    ],
    [
      'asks no profile of a number that has its name already',
      setup({ accounts: [account()], numbers: [number({ isVerified: true, isRegistered: true, step: 'channel' })] }),
      steps('done', 'done', 'done', 'current'),
    ],
    [
      'ends with the channel',
      setup({ accounts: [withDraft], numbers: [number({ isRegistered: true, step: 'done' })] }),
      steps('done', 'done', 'done', 'done'),
    ],
  ])('%s', (_, view, expected) => {
    expect(Object.values(wizardOf(view, null).steps)).toEqual(expected)
  })

  it('lets the person choose among numbers that nobody has begun with', () => {
    const view = setup({ accounts: [withDraft], numbers: [number(), other] })
    expect(wizardOf(view, null).number).toBeNull()
    expect(wizardOf(view, { kind: 'number', id: '800200' }).number?.phoneNumberId).toBe('800200')
    expect(numbersToChoose(view, withDraft)).toHaveLength(2)
  })

  it('goes on with the number that was begun with', () => {
    const begun = number({ phoneNumberId: '800200', failure })
    const view = setup({ accounts: [withDraft], numbers: [number(), begun] })
    expect(wizardOf(view, null).number?.phoneNumberId).toBe('800200')
  })

  it('begins anew for another account, and at the number for another number', () => {
    const view = setup({ accounts: [withDraft], numbers: [number({ step: 'done' })] })
    expect(wizardOf(view, { kind: 'connect' }).current).toBe('facebook')
    expect(wizardOf(view, { kind: 'add', wabaId: '700100' }).current).toBe('number')
  })
})

it.each([
  ['44', '2079460202'],
  ['44', '02079460202'],
])('finds the number that was added as %s %s', (countryCode, phoneNumber) => {
  expect(findNumber(setup({ numbers: [number(), other] }), { countryCode, phoneNumber })?.phoneNumberId).toBe('800200')
})

it('finds none where it is not there yet', () => {
  expect(findNumber(setup({ numbers: [number()] }), { countryCode: '44', phoneNumber: '1' })).toBeNull()
})

it('is set up once a channel is there, also one that is off', () => {
  const withChannel = (state: string) => setup({ channels: { items: [{ ...channel, state }], limit: 1 } })
  expect([isSetUp(setup()), isSetUp(withChannel('off')), isSetUp(withChannel('removed'))]).toEqual([false, true, false])
})

it.each([
  ['setup.title', setup(), { kind: 'connect' } as const],
  ['setup.title', setup({ channels: { items: [channel], limit: 1 } }), null],
  ['setup.accounts.connect', setup({ channels: { items: [channel], limit: 1 } }), { kind: 'connect' } as const],
])('is named %s after what one came for', (title, view, at) => {
  expect(titleOf(view, at)).toBe(title)
})

it.each([
  ['of a number in the trial', 'trial', null, true, false],
  ['of a further verified one before the trial has begun', 'trial_other_number', null, true, false],
  ['of one that is verified later', 'trial_other_number', null, false, true],
  ['of a further one once the trial has begun', 'trial_other_number', '2026-03-01T00:00:00.000Z', true, true],
])('is said that it only receives: %s', (_, stage, startedAt, isVerified, expected) => {
  const base = number({ isVerified })
  const standing = { ...base.standing, stage, trial: { ...base.standing.trial, startedAt } }
  expect(isOutsideTrial(number({ isVerified, standing }))).toBe(expected)
})

it.each([
  ['as many as departments', { items: [channel], limit: 1 }, true],
  ['fewer', { items: [channel], limit: 2 }, false],
  ['one that was removed', { items: [{ ...channel, state: 'removed' }], limit: 1 }, false],
  ['no department known', { items: [channel], limit: 0 }, false],
])('knows before the end whether a channel can be made: %s', (_, channels, expected) => {
  expect(isFull(setup({ channels }))).toBe(expected)
})
