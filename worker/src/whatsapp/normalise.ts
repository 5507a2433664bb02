import type { MessageContent, MessageExtras } from '../../../contract/index.ts'
import { readContent, readMedia } from './content.ts'
import type { MetaError } from './error-codes.ts'
import type { InboundMessage, Sender, WebhookEvent } from './events.ts'
import { readRelink, readSender } from './normalise.identity.ts'
import { readStatus } from './normalise.status.ts'
import { readTimestamp } from './timestamp.ts'
import type { WebhookUnit } from './webhook-body.ts'
import type { WebhookContact, WebhookMessage } from './webhook.schemas.ts'
import { messageSchema, messagesValueSchema } from './webhook.schemas.ts'

/** Types that WhatsApp itself could not hand over. */
const UNSUPPORTED = new Set(['unsupported', 'unknown', 'ephemeral'])

/**
 * One unit of a webhook body as an event of ours. Never throws, whatever the unit holds: what cannot be a message for want
 * of an id or a sender is `unreadable`, every other oddity costs only the field it stands in.
 */
export function normaliseUnit(unit: WebhookUnit): WebhookEvent {
  if (unit.kind === 'unreadable') return { kind: 'unreadable', reason: unit.reason }
  if (unit.kind === 'event') return { kind: 'event', field: unit.change.field }
  if (unit.kind === 'status') return readStatus(unit.raw)
  const value = messagesValueSchema.safeParse(unit.change.value).data
  return readMessage(unit.raw, value?.contacts ?? [], value?.errors ?? [])
}

function readMessage(raw: unknown, contacts: WebhookContact[], valueErrors: MetaError[]): WebhookEvent {
  const message = messageSchema.safeParse(raw).data
  if (message === undefined) return { kind: 'unreadable', reason: 'The message is no object.' }
  if (message.id === undefined) return { kind: 'unreadable', reason: 'The message has no readable id.' }
  if (message.group_id !== undefined) return { kind: 'ignored', reason: 'group_message' }
  const sender = readSender(message, contacts)
  const relink = message.type === 'system' ? readRelink(message, partOf(raw, 'system')) : null
  if (!hasId(sender) && (relink === null || !hasId(relink.before))) {
    return { kind: 'unreadable', reason: 'The message names no sender.' }
  }
  return { kind: 'message', wamid: message.id, sender, relink, ...readBody(raw, message, valueErrors) }
}

type Body = Omit<InboundMessage, 'kind' | 'wamid' | 'sender' | 'relink'>

function readBody(raw: unknown, message: WebhookMessage, valueErrors: MetaError[]): Body {
  const type = message.type ?? ''
  const part = partOf(raw, type)
  const read = UNSUPPORTED.has(type) ? null : readContent(type, part)
  const errors = message.errors.length > 0 || read !== null ? message.errors : valueErrors
  const content = read ?? placeholder(type, message, errors)
  return {
    at: readTimestamp(message.timestamp),
    content,
    extras: readExtras(message, errors),
    // A forwarded message has a context without an id.
    quoteWamid: message.context?.id ?? null,
    media: read === null ? null : readMedia(type, part),
    raw: read === null ? raw : null,
  }
}

/** What stands in the thread for a message that brings nothing we can show. */
function placeholder(type: string, message: WebhookMessage, errors: MetaError[]): MessageContent {
  const reason = errors[0] === undefined ? null : describe(errors[0])
  if (UNSUPPORTED.has(type)) {
    const inner = message.unsupported?.type ?? null
    return { kind: 'unsupported', type: inner ?? (type === 'ephemeral' ? type : null), reason }
  }
  if (errors.length > 0) return { kind: 'unsupported', type: type || null, reason }
  return { kind: 'unknown', type: type || 'unknown' }
}

function readExtras(message: WebhookMessage, errors: MetaError[]): MessageExtras | null {
  const { context, referral } = message
  const extras: MessageExtras = {}
  if (context?.frequently_forwarded === true) extras.forwarded = 'often'
  else if (context?.forwarded === true) extras.forwarded = 'once'
  const sku = context?.referred_product?.product_retailer_id
  if (sku !== undefined) extras.product = { catalogId: context?.referred_product?.catalog_id ?? null, sku }
  if (referral !== undefined) {
    extras.referral = {
      sourceType: referral.source_type ?? null,
      headline: referral.headline ?? null,
      body: referral.body ?? null,
      url: referral.source_url ?? null,
      clickId: referral.ctwa_clid ?? null,
    }
  }
  if (errors.length > 0) extras.errors = errors.map((error) => ({ code: error.code, text: describe(error) }))
  return Object.keys(extras).length === 0 ? null : extras
}

function describe(error: MetaError): string {
  return error.details ?? error.message ?? error.title ?? (error.code === null ? 'unknown' : `Error ${error.code}`)
}

function hasId(ids: Pick<Sender, 'parentUserId' | 'userId' | 'phone'>): boolean {
  return ids.parentUserId !== null || ids.userId !== null || ids.phone !== null
}

/** The member of a message that its type names; own members only, since a type is any text at all. */
function partOf(raw: unknown, type: string): unknown {
  if (typeof raw !== 'object' || raw === null || !Object.hasOwn(raw, type)) return undefined
  return Object.entries(raw).find(([key]) => key === type)?.[1]
}
