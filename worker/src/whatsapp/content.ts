import type { MessageContent } from '../../../contract/index.ts'
import type { z } from 'zod'
import { readInteractive } from './content.interactive.ts'
import {
  buttonSchema,
  editSchema,
  locationSchema,
  mediaSchema,
  orderSchema,
  reactionSchema,
  revokeSchema,
  sharedContactsSchema,
  textSchema,
} from './content.schemas.ts'
import type { MediaFacts } from './events.ts'
import { systemSchema } from './webhook.schemas.ts'

type Content = MessageContent
type Reader = (part: unknown) => Content | null

/**
 * What a message says: `type` picks the reader, `part` is the member of the message that the type names. Null when the type
 * is not known or its part cannot be read.
 */
export function readContent(type: string, part: unknown): Content | null {
  return Object.hasOwn(READERS, type) ? (READERS[type]?.(part) ?? null) : null
}

/** The media a message brings, to be fetched; null where Meta sent no media id. */
export function readMedia(type: string, part: unknown): MediaFacts | null {
  if (!MEDIA_TYPES.has(type)) return null
  const media = parse(mediaSchema, part)
  if (media?.id === undefined || !/^[\x21-\x7e]{1,200}$/.test(media.id)) return null
  return {
    metaMediaId: media.id,
    mimeType: media.mime_type ?? null,
    fileName: media.filename ?? null,
    sha256: media.sha256 ?? null,
  }
}

const MEDIA_TYPES = new Set(['image', 'video', 'audio', 'voice', 'document', 'sticker'])

const READERS: Record<string, Reader> = {
  text: (part) => map(parse(textSchema, part), ({ body }) => ({ kind: 'text', text: body })),
  image: mediaReader((ref) => ({ kind: 'image', media: ref })),
  video: mediaReader((ref) => ({ kind: 'video', media: ref })),
  document: mediaReader((ref) => ({ kind: 'document', media: ref })),
  audio: mediaReader((ref, { voice }) => ({ kind: 'audio', media: ref, isVoice: voice === true })),
  // The type of voice notes before 2021, still in some bodies.
  voice: mediaReader((ref) => ({ kind: 'audio', media: ref, isVoice: true })),
  sticker: mediaReader((ref, { animated }) => ({ kind: 'sticker', media: ref, isAnimated: animated === true })),
  location: (part) =>
    map(parse(locationSchema, part), ({ latitude, longitude, name, address, url }) => ({
      kind: 'location',
      latitude: latitude ?? null,
      longitude: longitude ?? null,
      name: name ?? null,
      address: address ?? null,
      url: url ?? null,
    })),
  contacts: (part) =>
    map(parse(sharedContactsSchema, part), (contacts) => ({
      kind: 'contacts',
      contacts: contacts.map(({ name, phones, emails, org }) => ({
        name: name?.formatted_name ?? ([name?.first_name, name?.last_name].filter(Boolean).join(' ') || 'Contact'),
        phones: phones.flatMap(({ phone, wa_id: waId, type }) =>
          phone === undefined && waId === undefined
            ? []
            : [{ phone: phone ?? `+${waId}`, type: type ?? null, waId: waId ?? null }],
        ),
        emails: emails.flatMap(({ email, type }) => (email === undefined ? [] : [{ email, type: type ?? null }])),
        organisation: org?.company ?? null,
      })),
    })),
  reaction: (part) =>
    map(parse(reactionSchema, part), (reaction) => ({
      kind: 'reaction',
      targetWamid: reaction.message_id ?? null,
      // Taking a reaction away comes as an empty emoji or none at all.
      emoji: reaction.emoji || null,
    })),
  interactive: readInteractive,
  button: (part) =>
    map(parse(buttonSchema, part), ({ text, payload }) => ({
      kind: 'choice',
      source: 'template',
      title: text,
      description: null,
      payload: payload ?? null,
    })),
  order: (part) =>
    map(parse(orderSchema, part), (order) => ({
      kind: 'order',
      catalogId: order.catalog_id ?? null,
      note: order.text || null,
      items: order.product_items.map((item) => ({
        sku: item.product_retailer_id,
        quantity: item.quantity ?? 1,
        price: item.item_price ?? null,
        currency: item.currency ?? null,
      })),
    })),
  system: (part) =>
    map(parse(systemSchema, part), ({ type, body }) => ({
      kind: 'system',
      event: systemEvent(type),
      text: body ?? null,
    })),
  edit: (part) =>
    map(parse(editSchema, part), ({ original_message_id: targetWamid, message }) => ({
      kind: 'edit',
      targetWamid: targetWamid ?? null,
      text:
        message?.text?.body ?? message?.image?.caption ?? message?.video?.caption ?? message?.document?.caption ?? null,
    })),
  revoke: (part) =>
    map(parse(revokeSchema, part), ({ original_message_id: targetWamid }) => ({
      kind: 'revoke',
      targetWamid: targetWamid ?? null,
    })),
  request_welcome: () => ({ kind: 'welcome_request' }),
}

type MediaPart = z.infer<typeof mediaSchema>
type MediaRef = Extract<Content, { kind: 'image' }>['media']

function mediaReader(make: (ref: MediaRef, part: MediaPart) => Content): Reader {
  return (part) =>
    map(parse(mediaSchema, part), (found) =>
      make(
        {
          mediaId: found.id ?? null,
          mimeType: found.mime_type ?? null,
          fileName: found.filename ?? null,
          caption: found.caption || null,
        },
        found,
      ),
    )
}

function systemEvent(type: string | undefined): Extract<Content, { kind: 'system' }>['event'] {
  if (type === 'user_changed_number' || type === 'customer_changed_number') return 'number_changed'
  if (type === 'user_changed_user_id') return 'user_id_changed'
  if (type === 'customer_identity_changed') return 'identity_changed'
  return 'other'
}

function parse<Schema extends z.ZodType>(schema: Schema, part: unknown): z.output<Schema> | null {
  const result = schema.safeParse(part)
  return result.success ? result.data : null
}

function map<Found>(found: Found | null, make: (found: Found) => Content): Content | null {
  return found === null ? null : make(found)
}
