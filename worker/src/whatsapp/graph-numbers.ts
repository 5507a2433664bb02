import { z } from 'zod'
import { ok } from '../platform/errors.ts'
import type { GraphAccess } from './graph-client.ts'
import type { GraphAnswer } from './graph-request.ts'
import { askGraph, successSchema } from './graph-request.ts'

/** What Graph says of a business phone number, in Meta's words; null where it does not say. */
export type GraphNumber = {
  phoneNumberId: string
  displayPhoneNumber: string
  verifiedName: string | null
  nameStatus: string | null
  newName: string | null
  newNameStatus: string | null
  quality: string | null
  messagingLimit: string | null
  codeStatus: string | null
  platformStatus: string | null
  isOnBusinessApp: boolean
  lastOnboardedAt: number | null
}

const word = z.string().nullish().catch(null)

const numberSchema = z.object({
  id: z.coerce.string(),
  display_phone_number: z.string().optional(),
  verified_name: word,
  name_status: word,
  new_display_name: word,
  new_name_status: word,
  quality_rating: word,
  whatsapp_business_manager_messaging_limit: word,
  code_verification_status: word,
  status: word,
  is_on_biz_app: z.boolean().nullish().catch(null),
  last_onboarded_time: word,
})

const NUMBER_FIELDS = Object.keys(numberSchema.shape).join(',')
const listSchema = z.object({
  data: z.array(numberSchema),
  paging: z.object({ cursors: z.object({ after: z.string() }).optional(), next: z.string().optional() }).optional(),
})
const MAX_PAGES = 20

export async function readNumber(access: GraphAccess, phoneNumberId: string): Promise<GraphAnswer<GraphNumber>> {
  const answer = await askGraph(access, { path: phoneNumberId, query: { fields: NUMBER_FIELDS } }, numberSchema)
  return answer.ok ? ok(toNumber(answer.value)) : answer
}

/** All numbers of an account, page by page. */
export async function listAccountNumbers(access: GraphAccess, wabaId: string): Promise<GraphAnswer<GraphNumber[]>> {
  const numbers: GraphNumber[] = []
  let after: string | undefined
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const query = { fields: NUMBER_FIELDS, limit: '100', ...(after === undefined ? {} : { after }) }
    const answer = await askGraph(access, { path: `${wabaId}/phone_numbers`, query }, listSchema)
    if (!answer.ok) return answer
    numbers.push(...answer.value.data.map(toNumber))
    after = answer.value.paging?.cursors?.after
    if (answer.value.paging?.next === undefined || after === undefined) break
  }
  return ok(numbers)
}

export type NumberToAdd = { countryCode: string; phoneNumber: string; displayName: string; isMigration: boolean }

/** Adds a number to an account, not yet verified; with `isMigration` one that another account holds so far. Answers its id. */
export async function addNumber(
  access: GraphAccess,
  wabaId: string,
  number: NumberToAdd,
): Promise<GraphAnswer<string>> {
  const { countryCode: cc, phoneNumber, displayName, isMigration } = number
  const body = {
    cc,
    phone_number: phoneNumber,
    ...(isMigration ? { migrate_phone_number: true } : { verified_name: displayName }),
  }
  const schema = z.object({ id: z.coerce.string() })
  const answer = await askGraph(access, { method: 'POST', path: `${wabaId}/phone_numbers`, body }, schema)
  return answer.ok ? ok(answer.value.id) : answer
}

export type CodeMethod = 'SMS' | 'VOICE'

/** Asks for a code by text or call. 136024 where the number is verified already. */
export function requestCode(
  access: GraphAccess,
  phoneNumberId: string,
  code: { method: CodeMethod; language: string },
): Promise<GraphAnswer<{ success: true }>> {
  const body = { code_method: code.method, language: code.language }
  return askGraph(access, { method: 'POST', path: `${phoneNumberId}/request_code`, body }, successSchema)
}

export function verifyCode(
  access: GraphAccess,
  phoneNumberId: string,
  code: string,
): Promise<GraphAnswer<{ success: true }>> {
  return askGraph(access, { method: 'POST', path: `${phoneNumberId}/verify_code`, body: { code } }, successSchema)
}

/** Registers a verified number; the PIN becomes its two-step PIN, or must be the one it has. 10 times in 72 hours at most. */
export function registerNumber(
  access: GraphAccess,
  phoneNumberId: string,
  pin: string,
): Promise<GraphAnswer<{ success: true }>> {
  const body = { messaging_product: 'whatsapp', pin }
  return askGraph(access, { method: 'POST', path: `${phoneNumberId}/register`, body }, successSchema)
}

/** Asks for another display name; Meta reviews it and tells by `phone_number_name_update`. */
export function requestName(
  access: GraphAccess,
  phoneNumberId: string,
  name: string,
): Promise<GraphAnswer<{ success: true }>> {
  return askGraph(access, { method: 'POST', path: phoneNumberId, query: { new_display_name: name } }, successSchema)
}

export type GraphProfile = {
  vertical: string
  description: string
  about?: string | undefined
  address?: string | undefined
  email?: string | undefined
  websites?: string[] | undefined
}

/** Writes the business profile; what is left out stays as it is ("Business profiles"). `about` may not be empty. */
export function writeProfile(
  access: GraphAccess,
  phoneNumberId: string,
  { about, ...profile }: GraphProfile,
): Promise<GraphAnswer<{ success: true }>> {
  const body = { messaging_product: 'whatsapp', ...profile, ...(about === undefined || about === '' ? {} : { about }) }
  return askGraph(access, { method: 'POST', path: `${phoneNumberId}/whatsapp_business_profile`, body }, successSchema)
}

/** What stands in a number's public profile under "About"; '' for nothing. */
export async function readAbout(access: GraphAccess, phoneNumberId: string): Promise<GraphAnswer<string>> {
  const profile = z.object({
    about: z.string().optional(),
    business_profile: z.object({ about: z.string().optional() }).optional(),
  })
  const path = `${phoneNumberId}/whatsapp_business_profile`
  const answer = await askGraph(access, { path, query: { fields: 'about' } }, z.object({ data: z.array(profile) }))
  if (!answer.ok) return answer
  const [found] = answer.value.data
  return ok(found?.about ?? found?.business_profile?.about ?? '')
}

/**
 * Asks for a coexistent number's contacts or history, once each and within 24 hours of connecting ("Coexistence onboarding"). They come
 * as webhooks.
 */
export async function requestSync(
  access: GraphAccess,
  phoneNumberId: string,
  what: 'smb_app_state_sync' | 'history',
): Promise<GraphAnswer<object>> {
  const body = { messaging_product: 'whatsapp', sync_type: what }
  const schema = z.looseObject({})
  return askGraph(access, { method: 'POST', path: `${phoneNumberId}/smb_app_data`, body }, schema)
}

function toNumber(number: z.infer<typeof numberSchema>): GraphNumber {
  const onboarded = Date.parse(number.last_onboarded_time ?? '')
  return {
    phoneNumberId: number.id,
    displayPhoneNumber: number.display_phone_number ?? '',
    verifiedName: number.verified_name ?? null,
    nameStatus: number.name_status ?? null,
    newName: number.new_display_name ?? null,
    newNameStatus: number.new_name_status ?? null,
    quality: number.quality_rating ?? null,
    messagingLimit: number.whatsapp_business_manager_messaging_limit ?? null,
    codeStatus: number.code_verification_status ?? null,
    platformStatus: number.status ?? null,
    isOnBusinessApp: number.is_on_biz_app ?? false,
    lastOnboardedAt: Number.isNaN(onboarded) ? null : onboarded,
  }
}
