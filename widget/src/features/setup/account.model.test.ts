import { expect, it } from 'vitest'
import { number } from '../../../test/setup-fixtures.ts'
import { canDesignate, reviewWord, verificationWord } from './account.model.ts'
import { refusalWord } from './failure.model.ts'
import { supportHref } from './links.model.ts'

it.each([
  ['VERIFIED', 'setup.account.isVerified'],
  ['verified', 'setup.account.isVerified'],
  ['pending_need_more_info', 'setup.account.isPending'],
  ['not_verified', 'setup.account.isNotVerified'],
  ['revoked', 'setup.account.isRejected'],
  ['something new', 'setup.account.isUnknown'],
  [null, 'setup.account.isUnknown'],
])('a business that is %s reads as %s', (status, word) => {
  expect(verificationWord(status)).toBe(word)
})

it.each([
  ['APPROVED', 'setup.account.isApproved'],
  ['DEFERRED', 'setup.account.isPending'],
  ['rejected', 'setup.account.isRejected'],
  [null, 'setup.account.isUnknown'],
])('a review that is %s reads as %s', (status, word) => {
  expect(reviewWord(status)).toBe(word)
})

it('lets another number than the first be chosen for the larger trial, once', () => {
  const at = (
    phoneNumberId: string,
    facts: { isDesignated?: boolean; isDesignationChosen?: boolean },
    step = 'done',
  ) => {
    const standing = { ...number().standing, stage: 'verified_trial' as const, ...facts }
    return number({ phoneNumberId, step: step === 'done' ? 'done' : 'channel', standing })
  }
  const first = at('1', { isDesignated: true })
  const second = at('2', { isDesignated: false })
  expect([first, second].map((one) => canDesignate(one, [first, second]))).toEqual([false, true])
  const chosen = at('3', { isDesignated: false, isDesignationChosen: true })
  expect(canDesignate(chosen, [first, chosen])).toBe(false)
  const onItsWay = at('4', { isDesignated: false }, 'channel')
  expect(canDesignate(onItsWay, [first, onItsWay])).toBe(false)
  const live = number({ phoneNumberId: '5', step: 'done' })
  expect(canDesignate(live, [first, live])).toBe(false)
})

it.each([
  ['help@kaiwa.example', 'mailto:help@kaiwa.example'],
  ['https://kaiwa.example/help', 'https://kaiwa.example/help'],
  ['data:text/html,x', null],
  ['call us', null],
  [null, null],
])('support at %s is %s', (support, href) => {
  expect(supportHref(support)).toBe(href)
})

it('says refusals in the person’s language where there is a sentence', () => {
  const refusal = { kind: 'http', status: 409, code: 'setup.has_channels', message: 'm' } as const
  expect(refusalWord(refusal)).toBe('setup.refusal.hasChannels')
  expect(refusalWord({ ...refusal, code: 'x.y' })).toBeNull()
  expect(refusalWord({ ...refusal, kind: 'network', code: '' })).toBe('setup.refusal.network')
})
