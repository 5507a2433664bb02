import type { FailureKey, HealthCheck, NumberHealth, ProblemList, WholeWayTest } from '../../../../contract/index.ts'
import { FAILURE_KEYS } from '../../../../contract/reasons.ts'
import type { WordKey } from '../../state/words.ts'
import { quotaWord } from '../templates/quota.model.ts'

type Level = HealthCheck['level']

const RANK: Record<Level, number> = { bad: 0, warning: 1, unknown: 2, good: 3 }

/** The worst first; those that stand alike in the order they came. */
export function worstFirst<T extends { level: Level }>(items: readonly T[]): T[] {
  return items.toSorted((a, b) => RANK[a.level] - RANK[b.level])
}

/** Values of ours and Meta's that have words; what Meta adds later is shown as it is. */
const VALUES: Record<string, WordKey> = {
  connected: 'health_value.connected',
  revoked: 'health_value.revoked',
  disconnected: 'health_value.disconnected',
  lasting: 'health_value.lasting',
  permission: 'health_value.permission',
  subscribed: 'health_value.subscribed',
  not_subscribed: 'health_value.not_subscribed',
  other_address: 'health_value.other_address',
  present: 'health_value.present',
  missing: 'health_value.missing',
  verified: 'health_value.verified',
  not_verified: 'health_value.not_verified',
  pending: 'health_value.pending',
  never: 'health_value.never',
  silent: 'health_value.silent',
  banned: 'health_value.banned',
  restricted: 'health_value.restricted',
  rejected: 'health_value.rejected',
  available: 'health_value.available',
  limited: 'health_value.limited',
  blocked: 'health_value.blocked',
  green: 'health_value.green',
  yellow: 'health_value.yellow',
  red: 'health_value.red',
  approved: 'health_value.approved',
  available_without_review: 'health_value.approved',
  declined: 'health_value.declined',
  expired: 'health_value.expired',
  pending_review: 'health_value.pending',
}

const INSTANT = /^\d{4}-\d\d-\d\dT/

export const isInstant = (text: string): boolean => INSTANT.test(text)

export type HealthValue = { word: WordKey } | { date: string } | { count: number } | { raw: string } | null

/** Meta's words for a limit: `TIER_250`, `TIER_2K`, `TIER_UNLIMITED`. */
const TIER = /^TIER_(?:(\d+)(K?)|UNLIMITED)$/i

export function valueOf({ key, value }: Pick<HealthCheck, 'key' | 'value'>): HealthValue {
  if (value === null || (key === 'desk_work' && value === '0')) return null
  if (isInstant(value)) return { date: value }
  const tier = TIER.exec(value)
  if (tier !== null) {
    const [, count, thousands] = tier
    if (count === undefined) return { word: 'health_value.unlimited' }
    return { count: Number(count) * (thousands === '' ? 1 : 1_000) }
  }
  const word = VALUES[value.toLowerCase()]
  return word === undefined ? { raw: value } : { word }
}

/** Checks that need somebody stand open; the good ones are folded away. */
export function split(checks: readonly HealthCheck[]): { open: HealthCheck[]; folded: HealthCheck[] } {
  const sorted = worstFirst(checks)
  const isOpen = ({ level }: HealthCheck): boolean => level === 'bad' || level === 'warning'
  return { open: sorted.filter(isOpen), folded: sorted.filter((check) => !isOpen(check)) }
}

/** The newer facts of one number in the list; the order is made anew. */
export function withNumber(numbers: readonly NumberHealth[], newer: NumberHealth): NumberHealth[] {
  return worstFirst(numbers.map((one) => (one.phoneNumberId === newer.phoneNumberId ? newer : one)))
}

const HELP: Record<HealthCheck['key'], WordKey | null> = {
  desk: 'health_help.desk',
  token: 'health_help.token',
  subscription: 'health_help.subscription',
  number: 'health_help.number',
  account: 'health_help.account',
  business: 'health_help.business',
  app: 'health_help.app',
  name: 'health_help.name',
  quality: 'health_help.quality',
  limit: null,
  payment: 'health_help.payment',
  verification: 'health_help.verification',
  silence: 'health_help.silence',
  desk_work: 'health_help.desk_work',
}

/** Where more is known than that something is wrong. */
const HELP_OF_VALUE: Record<string, WordKey> = {
  'token permission': 'health_help.token_permission',
  'subscription other_address': 'health_help.subscription_elsewhere',
  'account banned': 'health_help.account_banned',
  'account restricted': 'health_help.account_restricted',
  'account rejected': 'health_help.account_rejected',
  'verification pending': 'health_help.verification_pending',
}

/** What follows of a check that is not good, and who can mend it. */
export function helpOf({ key, level, value }: Pick<HealthCheck, 'key' | 'level' | 'value'>): WordKey | null {
  if (level === 'good' || level === 'unknown') return null
  const exact = HELP_OF_VALUE[`${key} ${value?.toLowerCase() ?? ''}`]
  if (exact !== undefined) return exact
  if (level === 'warning') {
    if (key === 'token') return 'health_help.token_soon'
    if (key === 'name') return 'health_help.name_pending'
    if (key === 'silence') return 'health_help.silence_new'
  }
  return HELP[key]
}

/** These are Desk's, one for all numbers. */
const SHARED: readonly HealthCheck['key'][] = ['desk', 'desk_work']

export type Problem = ProblemList['items'][number]

/** What is bad now, each once: what concerns every number stands there without one. */
export function badOnes(problems: readonly Problem[]): Array<Problem & { isShared: boolean }> {
  const bad = problems.filter(({ level }) => level === 'bad')
  const first = bad.filter(({ key }, at) => !SHARED.includes(key) || bad.findIndex((other) => other.key === key) === at)
  return first.map((problem) => ({ ...problem, isShared: SHARED.includes(problem.key) }))
}

/** Where something is mended: how Desk is connected, the account's connection, the number's name, or its checks with their buttons. */
export function mendOf({ key }: Pick<HealthCheck, 'key'>): 'desk' | 'connect' | 'name' | 'checks' {
  return key === 'desk' ? 'desk' : key === 'token' ? 'connect' : key === 'name' ? 'name' : 'checks'
}

const LEG_DETAILS: Record<string, WordKey> = {
  busy: 'desk.busy',
  paused_credits: 'desk.paused_credits',
  unreachable: 'desk.unreachable',
  uncertain: 'desk.uncertain',
  forbidden: 'test_detail.not_closed',
  invalid: 'test_detail.not_closed',
  gone: 'test_detail.gone',
  by_hand: 'test_detail.by_hand',
  no_ticket: 'test_detail.no_ticket',
  kept: 'test_detail.kept',
  revoked: 'desk.revoked',
  refused: 'desk.refused',
}

function isFailure(key: string): key is FailureKey {
  return FAILURE_KEYS.some((known) => known === key)
}

/** What is said about a leg: why a ticket is none or stays, or why the answer did not go. Null for what is newer than this page. */
export function legDetail(detail: string): WordKey | null {
  return LEG_DETAILS[detail] ?? quotaWord(detail) ?? (isFailure(detail) ? `failure.${detail}` : null)
}

/** How a test ended; null while it is under way. One that stopped between two legs says so. */
export function outcomeOf({ state, legs }: Pick<WholeWayTest, 'state' | 'legs'>): WordKey | null {
  if (state === 'waiting' || state === 'running') return null
  if (state !== 'expired') return `test_outcome.${state}`
  return legs.some((leg) => leg.state === 'done') ? 'test_outcome.stuck' : 'test_outcome.expired'
}

/** A test is looked at again until it is over. */
export function isUnderWay({ state }: Pick<WholeWayTest, 'state'>): boolean {
  return state === 'waiting' || state === 'running'
}
