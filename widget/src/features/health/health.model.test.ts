import { describe, expect, it } from 'vitest'
import type { HealthCheck } from '../../../../contract/index.ts'
import { numberHealthSchema } from '../../../../contract/index.ts'
import { isUnderWay, legDetail, split, valueOf, withNumber, worstFirst } from './health.model.ts'

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
