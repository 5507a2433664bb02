import { z } from 'zod'
import { ok } from '../platform/errors.ts'
import type { GraphAccess } from './graph-client.ts'
import type { GraphAnswer } from './graph-request.ts'
import { askGraph, successSchema } from './graph-request.ts'

/** What Graph says of a WhatsApp Business account, Meta's words in lower case; null where it does not say. */
export type GraphAccount = {
  wabaId: string
  name: string
  businessId: string
  businessName: string | null
  businessVerification: string | null
  reviewStatus: string | null
}

const word = z
  .string()
  .transform((text) => text.toLowerCase())
  .nullish()

const accountSchema = z.object({
  id: z.coerce.string(),
  name: z.string().nullish(),
  account_review_status: word,
  business_verification_status: word,
  owner_business_info: z.object({ id: z.coerce.string(), name: z.string().nullish() }).nullish(),
})

const ACCOUNT_FIELDS = 'id,name,account_review_status,business_verification_status,owner_business_info'

export async function readAccount(access: GraphAccess, wabaId: string): Promise<GraphAnswer<GraphAccount>> {
  const answer = await askGraph(access, { path: wabaId, query: { fields: ACCOUNT_FIELDS } }, accountSchema)
  if (!answer.ok) return answer
  const { id, name, account_review_status, business_verification_status, owner_business_info } = answer.value
  return ok({
    wabaId: id,
    name: name ?? '',
    businessId: owner_business_info?.id ?? '',
    businessName: owner_business_info?.name ?? null,
    businessVerification: business_verification_status ?? null,
    reviewStatus: account_review_status ?? null,
  })
}

/**
 * Whether something pays for the account's messages: its `primary_funding_id`, '0' for none. Asked for by itself, since not every
 * token may read it: then, as where the answer leaves it out, it is unknown.
 */
export async function readPayment(access: GraphAccess, wabaId: string): Promise<'present' | 'missing' | 'unknown'> {
  const schema = z.object({ primary_funding_id: z.coerce.string().optional() })
  const answer = await askGraph(access, { path: wabaId, query: { fields: 'primary_funding_id' } }, schema)
  const funding = answer.ok ? answer.value.primary_funding_id : undefined
  if (funding === undefined) return 'unknown'
  return /^[1-9]\d*$/.test(funding) ? 'present' : 'missing'
}

/** Takes the app's subscription off the account. */
export function unsubscribe(access: GraphAccess, wabaId: string): Promise<GraphAnswer<{ success: true }>> {
  return askGraph(access, { method: 'DELETE', path: `${wabaId}/subscribed_apps` }, successSchema)
}
