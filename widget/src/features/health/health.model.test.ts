import { describe, expect, it } from 'vitest'
import type { HealthCheck } from '../../../../contract/index.ts'
import { numberHealthSchema } from '../../../../contract/index.ts'
import {
  badOnes,
  helpOf,
  isUnderWay,
  legDetail,
  mendOf,
  outcomeOf,
  split,
  valueOf,
  withNumber,
  worstFirst,
} from './health.model.ts'

const check = (facts: Partial<HealthCheck>): HealthCheck => ({
  key: 'quality',
  level: 'good',
  value: null,
  details: [],
  action: 'none',
  url: null,
  since: null,
  ...facts,
})

const health = (id: string, level: HealthCheck['level']) =>
  numberHealthSchema.parse({
    phoneNumberId: id,
    displayPhoneNumber: id,
    channelName: null,
    level,
    checks: [],
    lastWebhookAt: null,
    checkedAt: null,
  })

it('puts the worst first and keeps the order of the others', () => {
  const sorted = worstFirst([
    { level: 'good', n: 1 },
    { level: 'bad', n: 2 },
    { level: 'unknown', n: 3 },
    { level: 'warning', n: 4 },
    { level: 'bad', n: 5 },
  ] as const)
  expect(sorted.map(({ n }) => n)).toEqual([2, 5, 4, 3, 1])
})

describe('what a check says', () => {
  it.each([
    ['quality', 'GREEN', { word: 'health_value.green' }],
    ['number', 'CONNECTED', { word: 'health_value.connected' }],
    ['number', 'FLAGGED', { raw: 'FLAGGED' }],
    ['silence', '2026-11-22T12:00:00.000Z', { date: '2026-11-22T12:00:00.000Z' }],
    ['limit', 'TIER_250', { count: 250 }],
    ['limit', 'TIER_2K', { count: 2_000 }],
    ['limit', 'TIER_UNLIMITED', { word: 'health_value.unlimited' }],
    ['limit', 'TIER_NEW', { raw: 'TIER_NEW' }],
    ['desk_work', '0', null],
    ['desk_work', '7', { raw: '7' }],
    ['quality', null, null],
  ] as const)('%s %s', (key, value, said) => {
    expect(valueOf({ key, value })).toEqual(said)
  })
})

it('opens what needs somebody and folds the rest', () => {
  const { open, folded } = split([
    check({ key: 'desk' }),
    check({ key: 'payment', level: 'warning' }),
    check({ key: 'name', level: 'unknown' }),
    check({ key: 'token', level: 'bad' }),
  ])
  expect(open.map(({ key }) => key)).toEqual(['token', 'payment'])
  expect(folded.map(({ key }) => key)).toEqual(['name', 'desk'])
})

it('puts newer facts of a number in its place', () => {
  const after = withNumber([health('1', 'bad'), health('2', 'good')], health('1', 'good'))
  expect(after.map(({ phoneNumberId, level }) => [phoneNumberId, level])).toEqual([
    ['1', 'good'],
    ['2', 'good'],
  ])
})

it('follows a test until it is over', () => {
  expect(
    (['waiting', 'running', 'passed', 'failed', 'expired'] as const).map((state) => isUnderWay({ state })),
  ).toEqual([true, true, false, false, false])
})

it.each([
  ['by_hand', 'test_detail.by_hand'],
  ['kept', 'test_detail.kept'],
  ['revoked', 'desk.revoked'],
  ['quota.trial_answers', 'quota.trial_answers'],
  ['payment', 'failure.payment'],
  ['something_new', null],
])('says of a leg %s', (detail, word) => {
  expect(legDetail(detail)).toBe(word)
})

describe('what follows of a check', () => {
  it.each([
    ['payment', 'bad', 'missing', 'health_help.payment'],
    ['payment', 'good', 'present', null],
    ['payment', 'unknown', null, null],
    ['token', 'bad', '2026-11-22T12:00:00.000Z', 'health_help.token'],
    ['token', 'warning', '2026-11-22T12:00:00.000Z', 'health_help.token_soon'],
    ['token', 'bad', 'permission', 'health_help.token_permission'],
    ['subscription', 'bad', 'other_address', 'health_help.subscription_elsewhere'],
    ['account', 'bad', 'banned', 'health_help.account_banned'],
    ['account', 'bad', 'BLOCKED', 'health_help.account'],
    ['name', 'warning', 'PENDING_REVIEW', 'health_help.name_pending'],
    ['name', 'bad', 'DECLINED', 'health_help.name'],
    ['silence', 'warning', 'silent', 'health_help.silence_new'],
    ['silence', 'bad', 'silent', 'health_help.silence'],
  ] as const)('%s %s %s', (key, level, value, help) => {
    expect(helpOf({ key, level, value })).toBe(help)
  })

  it.each([
    ['desk', 'desk'],
    ['token', 'connect'],
    ['name', 'name'],
    ['subscription', 'checks'],
  ] as const)('%s is mended at %s', (key, where) => {
    expect(mendOf({ key })).toBe(where)
  })
})

describe('the banner', () => {
  const problem = (id: string, key: HealthCheck['key'], level: 'bad' | 'warning' = 'bad') => ({
    phoneNumberId: health(id, 'bad').phoneNumberId,
    displayPhoneNumber: id,
    channelName: 'Support',
    key,
    level,
    value: null,
    since: '2026-11-22T12:00:00.000Z',
  })

  it('names what is bad of each number, and once what concerns them all', () => {
    const bad = badOnes([
      problem('1', 'desk'),
      problem('2', 'desk'),
      problem('1', 'payment'),
      problem('2', 'payment'),
      problem('2', 'quality', 'warning'),
    ])
    expect(bad.map(({ key, displayPhoneNumber, isShared }) => [key, displayPhoneNumber, isShared])).toEqual([
      ['desk', '1', true],
      ['payment', '1', false],
      ['payment', '2', false],
    ])
  })
})

it.each([
  ['waiting', 'waiting', null],
  ['running', 'done', null],
  ['passed', 'done', 'test_outcome.passed'],
  ['failed', 'done', 'test_outcome.failed'],
  ['expired', 'waiting', 'test_outcome.expired'],
  ['expired', 'done', 'test_outcome.stuck'],
] as const)('a test that is %s, its message %s, ends as %s', (state, webhook, outcome) => {
  const legs = [{ leg: 'webhook' as const, state: webhook, at: null, detail: null }]
  expect(outcomeOf({ state, legs })).toBe(outcome)
})
