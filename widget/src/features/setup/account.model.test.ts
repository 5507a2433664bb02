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

it('lets the number of the larger trial be chosen once, and only among several', () => {
  const at = (phoneNumberId: string, isDesignated = false) => {
    const { standing } = number()
    return number({ phoneNumberId, step: 'done', standing: { ...standing, stage: 'verified_trial', isDesignated } })
  }
  const [one, two, chosen] = [at('1'), at('2'), at('3', true)]
  expect([canDesignate(one, [one]), canDesignate(one, [one, two]), canDesignate(one, [one, chosen])]).toEqual([
    false,
    true,
    false,
  ])
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
