import { z } from 'zod'

/**
 * Schemas of what Meta sends. They never refuse a whole object for one odd field: a field of another type than documented
 * reads as absent, unknown fields are left out, and only the parser decides what it cannot do without.
 */
export const text = z.string().optional().catch(undefined)
export const flag = z.boolean().optional().catch(undefined)

/** A number, also where Meta writes it as text. */
export const figure = z
  .union([
    z.number(),
    z
      .string()
      .regex(/^-?\d+(\.\d+)?$/)
      .transform(Number)
      .pipe(z.number()),
  ])
  .optional()
  .catch(undefined)

const idText = z
  .union([z.string(), z.number().int().transform(String)])
  .optional()
  .catch(undefined)

/** Meta's message ids are short and printable; anything else is no id. */
const wamid = z
  .string()
  .regex(/^[\x21-\x7e]{1,512}$/)
  .optional()
  .catch(undefined)

/** A list of which the elements that do not fit are left out. */
export function listOf<Schema extends z.ZodType>(schema: Schema) {
  return z
    .array(z.unknown())
    .catch([])
    .transform((items): z.output<Schema>[] =>
      items.flatMap((item) => {
        const result = schema.safeParse(item)
        return result.success ? [result.data] : []
      }),
    )
}

export const metaErrorSchema = z
  .object({
    code: figure,
    title: text,
    message: text,
    error_data: z.object({ details: text }).optional().catch(undefined),
  })
  .transform((error) => ({
    code: error.code === undefined || !Number.isSafeInteger(error.code) ? null : error.code,
    title: error.title ?? null,
    message: error.message ?? null,
    details: error.error_data?.details ?? null,
  }))

export const contactSchema = z.object({
  profile: z.object({ name: text, username: text }).optional().catch(undefined),
  wa_id: idText,
  user_id: text,
  parent_user_id: text,
})
export type WebhookContact = z.infer<typeof contactSchema>

/** What a change of the field `messages` says beside its messages and statuses. */
export const messagesValueSchema = z.object({ contacts: listOf(contactSchema), errors: listOf(metaErrorSchema) })

const timestamp = z.union([z.string(), z.number()]).optional().catch(undefined)

/** What every message has, or may have, around its content. */
export const messageSchema = z.object({
  id: wamid,
  from: idText,
  from_user_id: text,
  from_parent_user_id: text,
  timestamp,
  type: text,
  group_id: idText,
  context: z
    .object({
      id: wamid,
      forwarded: flag,
      frequently_forwarded: flag,
      referred_product: z.object({ catalog_id: text, product_retailer_id: text }).optional().catch(undefined),
    })
    .optional()
    .catch(undefined),
  referral: z
    .object({ source_url: text, source_type: text, headline: text, body: text, ctwa_clid: text })
    .optional()
    .catch(undefined),
  errors: listOf(metaErrorSchema),
  unsupported: z.object({ type: text }).optional().catch(undefined),
})
export type WebhookMessage = z.infer<typeof messageSchema>

export const systemSchema = z.object({
  type: text,
  body: text,
  wa_id: idText,
  new_wa_id: idText,
  customer: idText,
  user_id: text,
  parent_user_id: text,
  previous_user_id: text,
  previous_parent_user_id: text,
})

export const statusSchema = z.object({
  id: wamid,
  status: text,
  timestamp,
  biz_opaque_callback_data: text,
  recipient_type: text,
  pricing: z.object({ billable: flag, pricing_model: text, type: text, category: text }).optional().catch(undefined),
  errors: listOf(metaErrorSchema),
})
