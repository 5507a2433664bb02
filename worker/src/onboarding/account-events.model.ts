import { z } from 'zod'

/** What stands over an account by Meta's own word: `restriction` is its `restriction_info` as JSON, `restrictedUntil` epoch milliseconds. */
export type AccountState = { isBanned: boolean; restriction: string | null; restrictedUntil: number | null }

const text = z.string().optional().catch(undefined)
const updateSchema = z.object({
  event: z.string(),
  ban_info: z.object({ waba_ban_state: text }).optional().catch(undefined),
  restriction_info: z
    .array(z.looseObject({ restriction_type: z.string(), expiration: z.union([z.number(), z.string()]).nullish() }))
    .optional()
    .catch(undefined),
})

/**
 * What the account's `account_update` events come to, oldest first. A ban holds until it is taken back; a restriction until the last
 * of its ends, or until another one is told. What cannot be read changes nothing.
 */
export function accountStateOf(updates: readonly unknown[]): AccountState {
  const state: AccountState = { isBanned: false, restriction: null, restrictedUntil: null }
  for (const raw of updates) {
    const update = updateSchema.safeParse(raw).data
    if (update === undefined) continue
    const ban = update.ban_info?.waba_ban_state?.toUpperCase()
    if (ban === 'DISABLE') state.isBanned = true
    if (ban === 'REINSTATE') Object.assign(state, { isBanned: false, restriction: null, restrictedUntil: null })
    if (update.event === 'ACCOUNT_RESTRICTION' && update.restriction_info !== undefined) {
      const ends = update.restriction_info.map(({ expiration }) => endOf(expiration))
      state.restriction = ends.length === 0 ? null : JSON.stringify(update.restriction_info)
      state.restrictedUntil = ends.every((end) => end !== null) && ends.length > 0 ? Math.max(...ends) : null
    }
  }
  return state
}

/** Meta writes times as seconds; a text may be seconds or a date. */
function endOf(expiration: number | string | null | undefined): number | null {
  if (expiration === null || expiration === undefined || expiration === '') return null
  const seconds = Number(expiration)
  const at = Number.isFinite(seconds) ? seconds * 1_000 : Date.parse(String(expiration))
  return Number.isFinite(at) ? at : null
}

/** Fields whose events say that something about an account or its numbers is another now. */
const FACT_FIELDS = new Set([
  'account_update',
  'account_review_update',
  'account_alerts',
  'business_capability_update',
  'phone_number_name_update',
  'phone_number_quality_update',
])

export function changesFacts(field: string): boolean {
  return FACT_FIELDS.has(field)
}
