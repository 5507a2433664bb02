import type { FailureKey, HealthCheck, NumberHealth, WholeWayTest } from '../../../../contract/index.ts'
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

export type HealthValue = { word: WordKey } | { date: string } | { count: number } | { raw: string } | null

/** Meta's words for a limit: `TIER_250`, `TIER_2K`, `TIER_UNLIMITED`. */
const TIER = /^TIER_(?:(\d+)(K?)|UNLIMITED)$/i

export function valueOf({ key, value }: Pick<HealthCheck, 'key' | 'value'>): HealthValue {
  if (value === null || (key === 'desk_work' && value === '0')) return null
  if (INSTANT.test(value)) return { date: value }
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

const LEG_DETAILS: Record<string, WordKey> = {
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

/** A test is looked at again until it is over. */
export function isUnderWay({ state }: Pick<WholeWayTest, 'state'>): boolean {
  return state === 'waiting' || state === 'running'
}
