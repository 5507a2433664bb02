import { z } from 'zod'
import { figure, flag, listOf, text } from './webhook.schemas.ts'

/** The part of a message that its type names, one schema for each type of "Inbound messages". */
export const textSchema = z.object({ body: z.string() })

export const mediaSchema = z.object({
  id: text,
  mime_type: text,
  sha256: text,
  caption: text,
  filename: text,
  voice: flag,
  animated: flag,
})

export const locationSchema = z.object({ latitude: figure, longitude: figure, name: text, address: text, url: text })

export const sharedContactsSchema = z.array(z.unknown()).pipe(
  listOf(
    z.object({
      name: z.object({ formatted_name: text, first_name: text, last_name: text }).optional().catch(undefined),
      phones: listOf(z.object({ phone: text, wa_id: text, type: text })),
      emails: listOf(z.object({ email: text, type: text })),
      org: z.object({ company: text }).optional().catch(undefined),
    }),
  ),
)

export const reactionSchema = z.object({ message_id: text, emoji: text })

export const choiceSchema = z.object({ id: text, title: z.string(), description: text })
export const formReplySchema = z.object({ name: text, response_json: z.unknown().optional() })
export const callPermissionSchema = z.object({ response: text })
export const interactiveSchema = z.object({
  type: text,
  list_reply: z.unknown().optional(),
  button_reply: z.unknown().optional(),
  nfm_reply: z.unknown().optional(),
  call_permission_reply: z.unknown().optional(),
})

export const buttonSchema = z.object({ text: z.string(), payload: text })

export const orderSchema = z.object({
  catalog_id: text,
  text,
  product_items: listOf(
    z.object({ product_retailer_id: z.string(), quantity: figure, item_price: figure, currency: text }),
  ),
})

/** The edited message is of any kind; what can change is its text or its caption. */
export const editSchema = z.object({
  original_message_id: text,
  message: z
    .object({
      text: z.object({ body: text }).optional().catch(undefined),
      image: z.object({ caption: text }).optional().catch(undefined),
      video: z.object({ caption: text }).optional().catch(undefined),
      document: z.object({ caption: text }).optional().catch(undefined),
    })
    .optional()
    .catch(undefined),
})

export const revokeSchema = z.object({ original_message_id: text })
