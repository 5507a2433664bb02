import type { QuotaRefusal, Sending } from '../../../contract/index.ts'
import type { AppError } from '../platform/errors.ts'
import type { Permit } from './places.repo.ts'
import type { QuotaDetails } from './quotas.errors.ts'
import { quotaError, quotaSentence } from './quotas.errors.ts'
import type { KnownStanding, QuotasRepo } from './quotas.repo.ts'
import type { SendKind, SendPolicy } from './send-policy.model.ts'
import { FULL_REFUSALS, sendPolicy } from './send-policy.model.ts'
import { overlaysOf, PLACE_LIMITS, trialEndOf } from './standing.model.ts'
import type { Usage } from './standing.types.ts'

const UNCOUNTED: SendPolicy = { do: 'allow', pool: null }

/** What a number may send, judged from its facts; of one that is not connected Meta's own answer tells. */
export function policyOf(known: KnownStanding | null, kind: SendKind, now: number): SendPolicy {
  return known === null ? UNCOUNTED : sendPolicy(known.facts, kind, now)
}

/** The permit for something of this kind, or the refusal. */
export function permitOf(
  known: KnownStanding | null,
  phoneNumberId: string,
  kind: SendKind,
  now: number,
): Permit | { refusal: QuotaRefusal } {
  const policy = policyOf(known, kind, now)
  if (policy.do === 'refuse') return { refusal: policy.refusal }
  const { pool } = policy
  return { phoneNumberId, standing: known?.text ?? null, pool, limit: pool === null ? 0 : PLACE_LIMITS[pool] }
}

/** The permit for a send on this number. Throws `quota.<refusal>`. */
export async function requirePermit(
  repo: QuotasRepo,
  phoneNumberId: string,
  kind: SendKind,
  now: number,
): Promise<Permit> {
  const known = await repo.readStanding(phoneNumberId)
  const permit = permitOf(known, phoneNumberId, kind, now)
  if ('refusal' in permit) throw refusalError(permit.refusal, known, await repo.readUsage(now), now)
  return permit
}

/** The error for a permit whose pool had no place left for a new person. */
export async function fullError(repo: QuotasRepo, { phoneNumberId, pool }: Permit, now: number): Promise<Error> {
  if (pool === null) return new Error('A permit without a pool cannot be full.')
  const known = await repo.readStanding(phoneNumberId)
  return refusalError(FULL_REFUSALS[pool], known, await repo.readUsage(now), now)
}

/** What the composer shows before anybody writes. */
export async function readSending(
  repo: QuotasRepo,
  phoneNumberId: string,
  contactId: string,
  now: number,
): Promise<Sending> {
  const known = await repo.readStanding(phoneNumberId)
  const policy = policyOf(known, 'answer', now)
  const endsAt = known === null ? null : endOf(known, policy.do === 'refuse' ? policy.refusal : null, now)
  if (policy.do === 'refuse') return { refusal: policy.refusal, endsAt }
  const { pool } = policy
  if (pool === null || (await repo.hasPlace(pool, contactId))) return { refusal: null, endsAt }
  const used = (await repo.readUsage(now))[pool]
  const limit = PLACE_LIMITS[pool]
  return { refusal: used < limit ? null : FULL_REFUSALS[pool], places: { pool, used, limit }, endsAt }
}

/** `quota.<refusal>` with the facts that apply. */
export function refusalError(refusal: QuotaRefusal, known: KnownStanding | null, usage: Usage, now: number): AppError {
  return quotaError(refusal, known === null ? {} : detailsOf(refusal, known, usage, now))
}

/** Why a message that was let in before is not sent any more. */
export function refusalSentence(refusal: QuotaRefusal, known: KnownStanding | null, now: number): string {
  if (known === null) return quotaSentence(refusal, {})
  const { displayPhoneNumber } = known.facts.trial
  return quotaSentence(refusal, { endsAt: endOf(known, refusal, now), displayPhoneNumber })
}

function detailsOf(refusal: QuotaRefusal, known: KnownStanding, usage: Usage, now: number): QuotaDetails {
  const endsAt = endOf(known, refusal, now)
  const pool = Object.entries(FULL_REFUSALS).find(([, full]) => full === refusal)?.[0]
  if (pool === 'templates' || pool === 'answers' || pool === 'customers') {
    return { pool, used: usage[pool], limit: PLACE_LIMITS[pool], endsAt }
  }
  const isOther = refusal === 'trial_other_number'
  return { endsAt, ...(isOther && { displayPhoneNumber: known.facts.trial.displayPhoneNumber }) }
}

/** When the refusal lifts or did begin: the end of what lies over the stage, else that of the trial where it matters. */
function endOf({ facts }: KnownStanding, refusal: QuotaRefusal | null, now: number): string | null {
  const overlay = overlaysOf(facts, now).find(({ name }) => name === refusal)
  if (overlay !== undefined) return overlay.until
  const endsAt = trialEndOf(facts)
  const isLive = refusal === null && policyPoolIsNull(facts, now)
  return endsAt === null || isLive ? null : new Date(endsAt).toISOString()
}

function policyPoolIsNull(facts: KnownStanding['facts'], now: number): boolean {
  const policy = sendPolicy(facts, 'answer', now)
  return policy.do === 'allow' && policy.pool === null
}
