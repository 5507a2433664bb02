import { z } from 'zod'

/** What Meta's dialog told the window it was opened from (Embedded Signup, "message event"). A hint: everything in it is checked. */
export type SignupEvent =
  | { kind: 'finished'; wabaId: string | null; phoneNumberId: string | null; isCoexistence: boolean }
  | { kind: 'cancelled'; step: string | null }
  | { kind: 'error'; message: string }

const id = z.coerce
  .string()
  .regex(/^\d{1,32}$/)
  .nullish()
  .catch(null)
const text = z.string().max(500).nullish().catch(null)

const eventSchema = z.object({
  type: z.literal('WA_EMBEDDED_SIGNUP'),
  event: z.string(),
  data: z
    .object({ waba_id: id, phone_number_id: id, current_step: text, error_message: text })
    .partial()
    .catch({})
    .default({}),
})

/** Reads the event; null for anything that is none. */
export function readSignupEvent(raw: unknown): SignupEvent | null {
  const parsed = eventSchema.safeParse(raw)
  if (!parsed.success) return null
  const { event, data } = parsed.data
  if (data.error_message) return { kind: 'error', message: data.error_message }
  if (event === 'CANCEL') return { kind: 'cancelled', step: data.current_step ?? null }
  if (!event.startsWith('FINISH')) return null
  return {
    kind: 'finished',
    wabaId: data.waba_id ?? null,
    phoneNumberId: data.phone_number_id ?? null,
    isCoexistence: event === 'FINISH_WHATSAPP_BUSINESS_APP_ONBOARDING',
  }
}

export type TokenClaims = {
  appId: string
  isValid: boolean
  scopes: readonly string[]
  wabaIds: readonly string[] | null
}

const SCOPES = ['whatsapp_business_management', 'whatsapp_business_messaging']

/** What is wrong with a token that should be our app's and may do everything Kaiwa does; null when nothing is. */
export function tokenTrouble(
  { appId, isValid, scopes }: TokenClaims,
  ownAppId: string,
): 'token_invalid' | 'permission_missing' | null {
  if (!isValid || appId !== ownAppId) return 'token_invalid'
  return SCOPES.every((scope) => scopes.includes(scope)) ? null : 'permission_missing'
}

/**
 * The account that was chosen: the one the dialog named, if the token is for it; without its word the newest one of the token. Meta
 * does not always say which accounts a token is for: then the dialog's word is tried by reading the account.
 */
export function chosenAccount({ wabaIds }: TokenClaims, named: string | null): string | null {
  if (named === null) return wabaIds?.[0] ?? null
  return wabaIds === null || wabaIds.includes(named) ? named : null
}

/** Numbers of an account that stay in the Business app: those Meta says so of, or the only one after such a dialog. */
export function isCoexistent(
  number: { phoneNumberId: string; isOnBusinessApp: boolean },
  signup: { isCoexistence: boolean; phoneNumberId: string | null; count: number },
): boolean {
  if (number.isOnBusinessApp) return true
  return signup.isCoexistence && (number.phoneNumberId === signup.phoneNumberId || signup.count === 1)
}
