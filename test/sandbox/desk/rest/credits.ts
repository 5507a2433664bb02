import { DeskError } from '../errors.ts'
import type { DeskSettings } from '../settings.ts'
import type { Portal } from '../state.ts'

const DAY_MS = 86_400_000

/** Base credits, credits per agent and concurrent calls of an edition; a trial counts as FREE. */
const EDITIONS: Record<DeskSettings['edition'], { base: number; perAgent: number; concurrency: number }> = {
  FREE: { base: 5_000, perAgent: 0, concurrency: 5 },
  EXPRESS: { base: 25_000, perAgent: 100, concurrency: 10 },
  PROFESSIONAL: { base: 75_000, perAgent: 500, concurrency: 15 },
  ENTERPRISE: { base: 100_000, perAgent: 1_000, concurrency: 25 },
}

export type Cost = 'single' | 'list' | 'delete' | 'bulk'

/** Credits of a call. `offset` is the list's `from`, `records` how many a bulk call names. */
export function costOf(cost: Cost, facts: { offset: number; records: number }): number {
  switch (cost) {
    case 'single':
      return 1
    case 'delete':
      return 6
    case 'bulk':
      return Math.max(1, Math.ceil(facts.records / 2))
    case 'list':
      return listCost(facts.offset)
  }
}

/** Zoho names the steps 5, 10, 50 and 100 but not where they begin: each further 1,000 is one step here. */
function listCost(offset: number): number {
  if (offset <= 2_000) return 3
  if (offset <= 3_000) return 5
  if (offset <= 4_000) return 10
  return offset <= 5_000 ? 50 : 100
}

/** Credits of the day; light agents are not counted. */
export function creditLimit(portal: Portal, settings: DeskSettings): number {
  const edition = EDITIONS[settings.edition]
  const agents = portal.agents.filter((agent) => agent.status === 'ACTIVE' && agent.rolePermissionType !== 'Light')
  return settings.creditsPerDay ?? edition.base + edition.perAgent * agents.length
}

export function concurrencyLimit(settings: DeskSettings): number {
  return settings.concurrency ?? EDITIONS[settings.edition].concurrency
}

export type Charge = { weight: number; remaining: number }

/** Takes the credits, or throws 429 THRESHOLD_EXCEEDED with the seconds until the next day. */
export function charge(portal: Portal, settings: DeskSettings, weight: number, now: number): Charge {
  const day = new Date(now).toISOString().slice(0, 10)
  if (portal.credits.day !== day) portal.credits = { day, used: 0 }
  const remaining = creditLimit(portal, settings) - portal.credits.used - weight
  if (remaining < 0) {
    const seconds = Math.ceil((DAY_MS - (now % DAY_MS)) / 1_000)
    throw new DeskError(429, 'THRESHOLD_EXCEEDED', 'The API credits of the day are used up.', {
      headers: { 'Retry-After': String(seconds), ...chargeHeaders({ weight, remaining: remaining + weight }) },
    })
  }
  portal.credits.used += weight
  return { weight, remaining }
}

export function chargeHeaders(charged: Charge): Record<string, string> {
  return {
    'X-Rate-Limit-Request-Weight-v3': String(charged.weight),
    'X-Rate-Limit-Remaining-v3': String(charged.remaining),
  }
}
