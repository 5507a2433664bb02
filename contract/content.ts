import { z } from 'zod'

const mediaRefSchema = z.object({
  /** Our id of the media; bytes come from the signed `url`. Null when Meta sent no media id. */
  mediaId: z.string().nullable(),
  mimeType: z.string().nullable(),
  fileName: z.string().nullable(),
  caption: z.string().nullable(),
})

const captioned = { media: mediaRefSchema }

/** What a message says, in our own words; one variant for each kind WhatsApp has, and one for those it will invent. */
export const messageContentSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('text'), text: z.string() }),
  z.object({ kind: z.literal('image'), ...captioned }),
  z.object({ kind: z.literal('video'), ...captioned }),
  z.object({ kind: z.literal('audio'), ...captioned, isVoice: z.boolean() }),
  z.object({ kind: z.literal('document'), ...captioned }),
  z.object({ kind: z.literal('sticker'), ...captioned, isAnimated: z.boolean() }),
  z.object({
    kind: z.literal('location'),
    latitude: z.number().nullable(),
    longitude: z.number().nullable(),
    name: z.string().nullable(),
    address: z.string().nullable(),
    url: z.string().nullable(),
  }),
  z.object({
    kind: z.literal('contacts'),
    contacts: z.array(
      z.object({
        name: z.string(),
        phones: z.array(z.object({ phone: z.string(), type: z.string().nullable(), waId: z.string().nullable() })),
        emails: z.array(z.object({ email: z.string(), type: z.string().nullable() })),
        organisation: z.string().nullable(),
      }),
    ),
  }),
  /** An emoji on another message; `emoji` null takes it away. */
  z.object({ kind: z.literal('reaction'), targetWamid: z.string().nullable(), emoji: z.string().nullable() }),
  /** The customer tapped a button or chose from a list. */
  z.object({
    kind: z.literal('choice'),
    source: z.enum(['button', 'list', 'template']),
    title: z.string(),
    description: z.string().nullable(),
    payload: z.string().nullable(),
  }),
  z.object({
    kind: z.literal('form'),
    name: z.string().nullable(),
    fields: z.array(z.object({ key: z.string(), value: z.string() })),
    /** What came instead of an object, as text. */
    raw: z.string().nullable(),
  }),
  z.object({ kind: z.literal('call_permission'), response: z.string().nullable() }),
  z.object({
    kind: z.literal('order'),
    catalogId: z.string().nullable(),
    note: z.string().nullable(),
    items: z.array(
      z.object({
        sku: z.string(),
        quantity: z.number(),
        price: z.number().nullable(),
        currency: z.string().nullable(),
      }),
    ),
  }),
  z.object({
    kind: z.literal('system'),
    event: z.enum(['number_changed', 'user_id_changed', 'identity_changed', 'other']),
    text: z.string().nullable(),
  }),
  z.object({ kind: z.literal('edit'), targetWamid: z.string().nullable(), text: z.string().nullable() }),
  z.object({ kind: z.literal('revoke'), targetWamid: z.string().nullable() }),
  z.object({ kind: z.literal('welcome_request') }),
  /** WhatsApp itself could not hand the message over; `type` is what it was, where known. */
  z.object({ kind: z.literal('unsupported'), type: z.string().nullable(), reason: z.string().nullable() }),
  /** A type this version does not know yet; the raw message is stored with it. */
  z.object({ kind: z.literal('unknown'), type: z.string() }),
  /** A template we sent; `text` is the body as the customer sees it. */
  z.object({ kind: z.literal('template'), name: z.string(), language: z.string(), text: z.string() }),
])
export type MessageContent = z.infer<typeof messageContentSchema>
export type MessageKind = MessageContent['kind']

/** Facts that any inbound message may carry beside its content. */
export const messageExtrasSchema = z.object({
  forwarded: z.enum(['once', 'often']).optional(),
  product: z.object({ catalogId: z.string().nullable(), sku: z.string() }).optional(),
  referral: z
    .object({
      sourceType: z.string().nullable(),
      headline: z.string().nullable(),
      body: z.string().nullable(),
      url: z.string().nullable(),
      clickId: z.string().nullable(),
    })
    .optional(),
  /** Errors Meta attached to the message. */
  errors: z.array(z.object({ code: z.number().nullable(), text: z.string() })).optional(),
})
export type MessageExtras = z.infer<typeof messageExtrasSchema>
