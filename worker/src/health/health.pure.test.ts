import { describe, expect, it } from 'vitest'
import type { HealthCheck } from '../../../contract/index.ts'
import type { HealthFacts } from './health.model.ts'
import { checksOf, levelOf } from './health.model.ts'
import type { Gap } from './silence.model.ts'
import { alarmAfter, hourOf } from './silence.model.ts'

const now = Date.parse('2026-11-22T10:00:00.000Z')
const hour = 3_600_000
const day = 24 * hour
const scopes = ['whatsapp_business_management', 'whatsapp_business_messaging']

const account: NonNullable<HealthFacts['account']> = {
  businessId: '600100',
  verification: 'verified',
  reviewStatus: 'approved',
  isBanned: false,
  restrictedUntil: null,
  payment: 'present',
  tokenIssuedAt: now - day,
  tokenExpiresAt: null,
  tokenScopes: scopes,
}
const entities = ['PHONE_NUMBER', 'WABA', 'BUSINESS', 'APP'].map((type) => ({
  type,
  id: '1',
  canSend: 'AVAILABLE',
  notes: [],
}))
const healthy: HealthFacts = {
  now,
  desk: { status: 'connected', since: now - day },
  deskWork: { waiting: 0, oldestAt: null },
  number: {
    platformStatus: 'CONNECTED',
    quality: 'GREEN',
    nameStatus: 'APPROVED',
    limit: 'TIER_2K',
    health: { entities },
  },
  account,
  webhook: { expected: 'https://a.example/w', actual: 'https://a.example/w', isSubscribed: true },
  silence: { lastEventAt: now - hour, alarm: { afterMs: 6 * hour, isComparable: true } },
}
const check = (facts: Partial<HealthFacts>, key: HealthCheck['key']) => {
  const found = checksOf({ ...healthy, ...facts }).find((each) => each.key === key)
  return [found?.level, found?.value, found?.action]
}
const blocked = (type: string, canSend: string) => ({
  ...healthy.number,
  health: { entities: entities.map((each) => (each.type === type ? { ...each, canSend, notes: ['Why'] } : each)) },
})

describe('a healthy number', () => {
  it('has only good checks', () => {
    expect(new Set(checksOf(healthy).map(({ level }) => level))).toEqual(new Set(['good']))
    expect(levelOf(checksOf(healthy))).toBe('good')
  })

  it('about which nothing is known is unknown', () => {
    const number = { platformStatus: null, quality: null, nameStatus: null, limit: null, health: null }
    const facts = { ...healthy, number, account: null, webhook: null }
    const levels = checksOf({ ...facts, silence: { ...healthy.silence, lastEventAt: null } }).map(({ level }) => level)
    expect(levels.filter((level) => level === 'good')).toHaveLength(2)
    expect(levels.filter((level) => level === 'unknown')).toHaveLength(12)
    expect(levelOf([{ level: 'unknown' }])).toBe('unknown')
  })
})

describe.each<
  [HealthCheck['key'], string, Partial<HealthFacts>, [HealthCheck['level'], string | null, HealthCheck['action']]]
>([
  ['desk', 'revoked', { desk: { status: 'revoked', since: now } }, ['bad', 'revoked', 'reconnect']],
  ['token', 'over', { account: { ...account, tokenExpiresAt: now } }, ['bad', '2026-11-22T10:00:00.000Z', 'reconnect']],
  [
    'token',
    'over soon',
    { account: { ...account, tokenExpiresAt: now + day } },
    ['warning', '2026-11-23T10:00:00.000Z', 'reconnect'],
  ],
  [
    'token',
    'lasting long',
    { account: { ...account, tokenExpiresAt: now + 8 * day } },
    ['good', '2026-11-30T10:00:00.000Z', 'none'],
  ],
  [
    'token',
    'without a permission',
    { account: { ...account, tokenScopes: scopes.slice(1) } },
    ['bad', 'permission', 'reconnect'],
  ],
  [
    'subscription',
    'gone',
    { webhook: { expected: 'a', actual: null, isSubscribed: false } },
    ['bad', 'not_subscribed', 'repair'],
  ],
  [
    'subscription',
    'elsewhere',
    { webhook: { expected: 'a', actual: 'b', isSubscribed: true } },
    ['bad', 'other_address', 'repair'],
  ],
  [
    'subscription',
    'not read yet',
    { webhook: { expected: 'a', actual: null, isSubscribed: true } },
    ['unknown', null, 'none'],
  ],
  ['number', 'blocked', { number: blocked('PHONE_NUMBER', 'BLOCKED') }, ['bad', 'CONNECTED', 'open_meta']],
  [
    'number',
    'not connected',
    { number: { ...healthy.number, platformStatus: 'FLAGGED' } },
    ['bad', 'FLAGGED', 'open_meta'],
  ],
  ['account', 'limited', { number: blocked('WABA', 'LIMITED') }, ['warning', 'LIMITED', 'open_meta']],
  ['account', 'banned', { account: { ...account, isBanned: true } }, ['bad', 'banned', 'open_meta']],
  ['account', 'restricted', { account: { ...account, restrictedUntil: now + 1 } }, ['bad', 'restricted', 'open_meta']],
  [
    'account',
    'not restricted any more',
    { account: { ...account, restrictedUntil: now } },
    ['good', 'AVAILABLE', 'none'],
  ],
  ['account', 'rejected', { account: { ...account, reviewStatus: 'rejected' } }, ['bad', 'rejected', 'open_meta']],
  ['business', 'limited', { number: blocked('BUSINESS', 'LIMITED') }, ['warning', 'LIMITED', 'open_meta']],
  ['app', 'of a word not known', { number: blocked('APP', 'PURPLE') }, ['unknown', 'PURPLE', 'none']],
  [
    'name',
    'waiting',
    { number: { ...healthy.number, nameStatus: 'PENDING_REVIEW' } },
    ['warning', 'PENDING_REVIEW', 'none'],
  ],
  ['name', 'declined', { number: { ...healthy.number, nameStatus: 'DECLINED' } }, ['bad', 'DECLINED', 'change_name']],
  ['quality', 'red', { number: { ...healthy.number, quality: 'RED' } }, ['bad', 'RED', 'open_meta']],
  ['app', 'blocked', { number: blocked('APP', 'BLOCKED') }, ['bad', 'BLOCKED', 'support']],
  ['quality', 'not rated', { number: { ...healthy.number, quality: 'NA' } }, ['unknown', 'NA', 'none']],
  ['payment', 'missing', { account: { ...account, payment: 'missing' } }, ['bad', 'missing', 'open_meta']],
  [
    'verification',
    'pending',
    { account: { ...account, verification: 'pending' } },
    ['warning', 'pending', 'open_meta'],
  ],
  ['desk_work', 'late', { deskWork: { waiting: 3, oldestAt: now - 3 * 60_000 } }, ['warning', '3', 'none']],
  ['desk_work', 'very late', { deskWork: { waiting: 3, oldestAt: now - 16 * 60_000 } }, ['bad', '3', 'support']],
])('%s', (key, title, facts, expected) => {
  it(`${title} is ${expected[0]}`, () => {
    expect(check(facts, key)).toEqual(expected)
  })
})

it('stands worst first, and is as bad as its worst', () => {
  const checks = checksOf({ ...healthy, desk: { status: 'revoked', since: now }, webhook: null })
  expect(checks[0]?.key).toBe('desk')
  expect(checks.map(({ level }) => level).indexOf('unknown')).toBe(1)
  expect(levelOf(checks)).toBe('bad')
})

describe('silence', () => {
  const silent = (ms: number, isComparable = true) =>
    check({ silence: { lastEventAt: now - ms, alarm: { afterMs: 6 * hour, isComparable } } }, 'silence')[0]
  it('alarms when it is longer than is usual, not a moment before', () => {
    expect([silent(6 * hour), silent(6 * hour + 1)]).toEqual(['good', 'bad'])
  })

  it('is no alarm in the first night of a number', () => {
    expect(silent(12 * hour, false)).toBe('warning')
  })

  const gap = (daysAgo: number, longestMs: number, more = 0): Gap => ({
    hour: hourOf(now - daysAgo * day + more),
    longestMs,
    arrivals: 1,
  })
  it.each<[string, Gap[], number]>([
    ['nothing is known', [], 6 * hour],
    ['silences are short', [gap(1, hour), gap(2, hour)], 6 * hour],
    ['nights are long', [gap(1, 9 * hour), gap(2, 10 * hour)], 30 * hour],
    ['a night ended later', [gap(1, 10 * hour, hour)], 30 * hour],
    ['a weekend ended', [gap(1, 60 * hour, 5 * hour)], 180 * hour],
    ['it was at later hours only', [gap(1, 3 * hour, 4 * hour)], 6 * hour],
    ['it was at earlier hours only', [gap(1, 10 * hour, -hour)], 6 * hour],
    ['it was more than 14 days ago', [gap(15, 10 * hour)], 6 * hour],
  ])('alarms as late as it should where %s', (_, gaps, expected) => {
    expect(alarmAfter(gaps, now).afterMs).toBe(expected)
  })
})
