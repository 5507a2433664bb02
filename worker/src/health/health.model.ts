import type { HealthCheck, NumberHealth } from '../../../contract/index.ts'
import type { Alarm } from './silence.model.ts'

export type Level = HealthCheck['level']

/** Meta's `health_status` of a number: one verdict for each thing that must work for it to send ("Health status"). */
export type MetaHealth = { entities: readonly MetaEntity[] }
export type MetaEntity = { type: string; id: string; canSend: string; notes: readonly string[] }

/** What is stored about a number and all it needs. Times are epoch milliseconds; words are Meta's. */
export type HealthFacts = {
  now: number
  desk: { status: string; since: number }
  deskWork: { waiting: number; oldestAt: number | null }
  number: {
    platformStatus: string | null
    quality: string | null
    nameStatus: string | null
    limit: string | null
    health: MetaHealth | null
  }
  /** Null for a number whose account was never looked at. */
  account: {
    businessId: string
    verification: string | null
    reviewStatus: string | null
    isBanned: boolean
    restrictedUntil: number | null
    payment: string
    tokenIssuedAt: number | null
    tokenExpiresAt: number | null
    tokenScopes: readonly string[]
  } | null
  /** Where webhooks should go, and where they went when we last looked; null before that. */
  webhook: { expected: string | null; actual: string | null; isSubscribed: boolean } | null
  silence: { lastEventAt: number | null; alarm: Alarm }
}

const DAY_MS = 86_400_000
const MINUTE_MS = 60_000
const TOKEN_WARNING_MS = 7 * DAY_MS
const WORK_WARNING_MS = 2 * MINUTE_MS
const WORK_BAD_MS = 15 * MINUTE_MS

/** Permissions without which nothing works ("Permissions"). */
const NEEDED_SCOPES = ['whatsapp_business_management', 'whatsapp_business_messaging']

export const missingScopes = (scopes: readonly string[]): string[] =>
  NEEDED_SCOPES.filter((scope) => !scopes.includes(scope))

const RANK: Record<Level, number> = { bad: 0, warning: 1, unknown: 2, good: 3 }

type Verdict = Pick<HealthCheck, 'level'> & Partial<Omit<HealthCheck, 'key' | 'level'>>

/** Every check of a number, worst first. */
export function checksOf(facts: HealthFacts): HealthCheck[] {
  const verdicts: [HealthCheck['key'], Verdict][] = [
    ['desk', desk(facts)],
    ['token', token(facts)],
    ['subscription', subscription(facts)],
    ['number', number(facts)],
    ['account', account(facts)],
    ['business', withUrl(facts, entity(facts, 'BUSINESS'))],
    ['app', app(facts)],
    ['payment', payment(facts)],
    ['name', name(facts)],
    ['quality', quality(facts)],
    ['verification', verification(facts)],
    ['silence', silence(facts)],
    ['desk_work', deskWork(facts)],
    ['limit', { level: facts.number.limit === null ? 'unknown' : 'good', value: facts.number.limit }],
  ]
  return verdicts
    .map(([key, verdict]): HealthCheck => ({
      key,
      value: null,
      details: [],
      action: 'none',
      url: null,
      since: null,
      ...verdict,
    }))
    .toSorted((a, b) => RANK[a.level] - RANK[b.level])
}

/** The worst of some checks. What is not known yet makes nothing worse than good. */
export function levelOf(checks: readonly Pick<HealthCheck, 'level'>[]): NumberHealth['level'] {
  const known = checks.filter(({ level }) => level !== 'unknown')
  if (known.length === 0) return 'unknown'
  return known.reduce<Level>((worst, { level }) => (RANK[level] < RANK[worst] ? level : worst), 'good')
}

/** Meta's business settings, where verification, payment and reviews are. */
export function metaSettingsUrl(businessId: string): string {
  return `https://business.facebook.com/settings/info?business_id=${encodeURIComponent(businessId)}`
}

function desk({ desk: { status, since } }: HealthFacts): Verdict {
  if (status === 'connected') return { level: 'good', value: status }
  return { level: 'bad', value: status, action: 'reconnect', since: instant(since) }
}

function deskWork({ deskWork: { waiting, oldestAt }, now }: HealthFacts): Verdict {
  const age = oldestAt === null ? 0 : now - oldestAt
  const level = age > WORK_BAD_MS ? 'bad' : age > WORK_WARNING_MS ? 'warning' : 'good'
  if (level === 'good' || oldestAt === null) return { level, value: String(waiting) }
  // It goes on by itself; what stays for long is for whoever runs Kaiwa.
  return { level, value: String(waiting), since: instant(oldestAt), action: level === 'bad' ? 'support' : 'none' }
}

function token({ account: known, now }: HealthFacts): Verdict {
  if (known === null) return { level: 'unknown' }
  const { tokenExpiresAt, tokenScopes, tokenIssuedAt } = known
  const since = tokenIssuedAt === null ? null : instant(tokenIssuedAt)
  const missing = tokenScopes.length === 0 ? [] : missingScopes(tokenScopes)
  if (missing.length > 0) return { level: 'bad', value: 'permission', details: missing, action: 'reconnect' }
  const details = [...tokenScopes]
  if (tokenExpiresAt === null) return { level: 'good', value: 'lasting', details, since }
  const left = tokenExpiresAt - now
  const level = left <= 0 ? 'bad' : left < TOKEN_WARNING_MS ? 'warning' : 'good'
  const value = instant(tokenExpiresAt)
  return level === 'good' ? { level, value, details, since } : { level, value, action: 'reconnect' }
}

function subscription({ webhook }: HealthFacts): Verdict {
  if (webhook === null || webhook.expected === null) return { level: 'unknown' }
  if (!webhook.isSubscribed) return { level: 'bad', value: 'not_subscribed', action: 'repair' }
  // The address in force is read with the number, the subscription also when the account is connected.
  if (webhook.actual === null) return { level: 'unknown' }
  if (webhook.actual === webhook.expected) return { level: 'good', value: 'subscribed' }
  return {
    level: 'bad',
    value: 'other_address',
    details: [webhook.actual],
    action: 'repair',
  }
}

function number(facts: HealthFacts): Verdict {
  const { platformStatus } = facts.number
  const verdict = entity(facts, 'PHONE_NUMBER')
  if (verdict.level === 'bad' || platformStatus === null)
    return withUrl(facts, { ...verdict, value: platformStatus ?? verdict.value ?? null })
  // `status` must be CONNECTED to message ("Phone numbers").
  const isConnected = platformStatus.toUpperCase() === 'CONNECTED'
  if (!isConnected) {
    const details = verdict.details ?? []
    return withUrl(facts, { level: 'bad', value: platformStatus, details, action: 'open_meta' })
  }
  return {
    ...withUrl(facts, verdict),
    level: verdict.level === 'unknown' ? 'good' : verdict.level,
    value: platformStatus,
  }
}

function account(facts: HealthFacts): Verdict {
  const verdict = entity(facts, 'WABA')
  const known = facts.account
  if (known === null) return verdict
  const url = metaSettingsUrl(known.businessId)
  if (known.isBanned) return { level: 'bad', value: 'banned', action: 'open_meta', url }
  if (known.restrictedUntil !== null && known.restrictedUntil > facts.now) {
    return { level: 'bad', value: 'restricted', details: [instant(known.restrictedUntil)], action: 'open_meta', url }
  }
  if (known.reviewStatus === 'rejected') return { level: 'bad', value: 'rejected', action: 'open_meta', url }
  return withUrl(facts, verdict)
}

/** The app is not the customer's: who runs Kaiwa looks after it. */
function app(facts: HealthFacts): Verdict {
  const verdict = entity(facts, 'APP')
  return verdict.action === 'open_meta' ? { ...verdict, action: 'support' } : verdict
}

/** To Meta's settings of the business, where it is known which one. */
function withUrl({ account: known }: HealthFacts, verdict: Verdict): Verdict {
  return verdict.action === 'open_meta' && known !== null
    ? { ...verdict, url: metaSettingsUrl(known.businessId) }
    : verdict
}

function entity({ number: { health } }: HealthFacts, type: string): Verdict {
  const found = health?.entities.find((each) => each.type === type)
  if (found === undefined) return { level: 'unknown' }
  const { canSend, notes } = found
  const level =
    canSend === 'AVAILABLE' ? 'good' : canSend === 'LIMITED' ? 'warning' : canSend === 'BLOCKED' ? 'bad' : 'unknown'
  const verdict: Verdict = { level, value: canSend, details: [...notes] }
  return level === 'good' || level === 'unknown' ? verdict : { ...verdict, action: 'open_meta' }
}

function payment({ account: known }: HealthFacts): Verdict {
  if (known === null || known.payment === 'unknown') return { level: 'unknown' }
  if (known.payment === 'present') return { level: 'good', value: known.payment }
  return { level: 'bad', value: known.payment, action: 'open_meta', url: metaSettingsUrl(known.businessId) }
}

function name({ number: { nameStatus } }: HealthFacts): Verdict {
  const value = nameStatus
  switch (nameStatus?.toUpperCase()) {
    case undefined:
    case 'NONE':
      return { level: 'unknown', value }
    case 'APPROVED':
    case 'AVAILABLE_WITHOUT_REVIEW':
      return { level: 'good', value }
    case 'DECLINED':
    case 'EXPIRED':
      return { level: 'bad', value, action: 'change_name' }
    default:
      return { level: 'warning', value }
  }
}

function quality(facts: HealthFacts): Verdict {
  const { quality: value } = facts.number
  const levels: Record<string, Level> = { GREEN: 'good', YELLOW: 'warning', RED: 'bad' }
  const level = levels[value?.toUpperCase() ?? ''] ?? 'unknown'
  return level === 'bad' || level === 'warning'
    ? withUrl(facts, { level, value, action: 'open_meta' })
    : { level, value }
}

function verification({ account: known }: HealthFacts): Verdict {
  if (known === null || known.verification === null) return { level: 'unknown' }
  const value = known.verification
  if (value === 'verified') return { level: 'good', value }
  return { level: 'warning', value, action: 'open_meta', url: metaSettingsUrl(known.businessId) }
}

function silence({ silence: { lastEventAt, alarm }, now }: HealthFacts): Verdict {
  if (lastEventAt === null) return { level: 'unknown', value: 'never', action: 'test' }
  const since = instant(lastEventAt)
  if (now - lastEventAt <= alarm.afterMs) return { level: 'good', value: since }
  // The first night of a new number is no alarm: it was never seen at this hour.
  return { level: alarm.isComparable ? 'bad' : 'warning', value: 'silent', action: 'test', since }
}

function instant(at: number): string {
  return new Date(at).toISOString()
}
