import { z } from 'zod'
import type { Result } from '../platform/errors.ts'
import { failed, ok } from '../platform/errors.ts'
import { call, parseJson } from '../platform/http.ts'
import type { GraphAccess, GraphError } from './graph-client.ts'
import { readError } from './graph-client.ts'

const TIMEOUT_MS = 15_000

/** Meta's fields contradict each other between pages: every one may be missing, and every word is kept as it comes. */
const numberSchema = z.object({
  display_phone_number: z.string().optional(),
  verified_name: z.string().optional(),
  quality_rating: z.string().optional(),
  status: z.string().optional(),
  name_status: z.string().optional(),
  whatsapp_business_manager_messaging_limit: z.string().optional(),
  webhook_configuration: z
    .object({
      phone_number: z.string().optional(),
      whatsapp_business_account: z.string().optional(),
      application: z.string().optional(),
    })
    .optional(),
  health_status: z
    .object({
      entities: z
        .array(
          z.object({
            entity_type: z.string(),
            id: z.coerce.string(),
            can_send_message: z.string(),
            additional_info: z.array(z.string()).optional(),
            errors: z
              .array(z.object({ error_description: z.string().optional(), possible_solution: z.string().optional() }))
              .optional(),
          }),
        )
        .optional(),
    })
    .optional(),
})
const FIELDS = Object.keys(numberSchema.shape).join(',')

/** What Meta says of a number now. `webhook` is the address its webhooks go to: the number's, else the account's, else the app's. */
export type NumberReading = {
  displayPhoneNumber: string | null
  verifiedName: string | null
  quality: string | null
  status: string | null
  nameStatus: string | null
  limit: string | null
  webhook: string | null
  entities: { type: string; id: string; canSend: string; notes: string[] }[] | null
}

/** `GET /{phone-number-id}` with all that health needs ("Phone numbers", "Health status"). */
export async function readNumber(
  access: GraphAccess,
  phoneNumberId: string,
): Promise<Result<NumberReading, GraphError>> {
  const answer = await get(access, `${phoneNumberId}?fields=${FIELDS}`, numberSchema)
  if (!answer.ok) return answer
  const { webhook_configuration: webhook, health_status: health, ...facts } = answer.value
  return ok({
    displayPhoneNumber: facts.display_phone_number ?? null,
    verifiedName: facts.verified_name ?? null,
    quality: facts.quality_rating ?? null,
    status: facts.status ?? null,
    nameStatus: facts.name_status ?? null,
    limit: facts.whatsapp_business_manager_messaging_limit ?? null,
    webhook: webhook?.phone_number ?? webhook?.whatsapp_business_account ?? webhook?.application ?? null,
    entities:
      health?.entities?.map(({ entity_type: type, id, can_send_message: canSend, additional_info: info, errors }) => ({
        type,
        id,
        canSend,
        notes: [
          ...(info ?? []),
          ...(errors ?? []).map((error) =>
            [error.error_description, error.possible_solution].filter(Boolean).join(' '),
          ),
        ],
      })) ?? null,
  })
}

async function get<Schema extends z.ZodType>(
  access: GraphAccess,
  path: string,
  schema: Schema,
): Promise<Result<z.infer<Schema>, GraphError>> {
  const url = `${access.origin}/${access.version}/${path}`
  const answer = await call(url, { headers: { authorization: `Bearer ${access.token}` } }, TIMEOUT_MS)
  if (!answer.ok) return failed({ code: null, status: 0, details: answer.error.reason, retryAfterMs: null })
  const { status, headers, text } = answer.value
  const json = parseJson(text)
  if (status !== 200) return failed(readError(status, headers, json, access.token))
  const parsed = schema.safeParse(json)
  if (parsed.success) return ok(parsed.data)
  return failed({ code: null, status, details: 'Meta answered something that cannot be read.', retryAfterMs: null })
}
