import type { MessageContent, MessageView } from '../../../../contract/index.ts'
import { safeUrl } from './safe-url.model.ts'

type Location = Extract<MessageContent, { kind: 'location' }>
type Order = Extract<MessageContent, { kind: 'order' }>
export type MediaContent = Extract<MessageContent, { media: unknown }>

/** What WhatsApp says beside the content; a message that cannot be shown gives the same reason in its place. */
export function errorTexts({ content, extras }: Pick<MessageView, 'content' | 'extras'>): string[] {
  const reason = content.kind === 'unsupported' ? content.reason : null
  return [...new Set(extras?.errors?.map(({ text }) => text))].filter((text) => text !== reason)
}

export function hasMedia(content: MessageContent): content is MediaContent {
  return 'media' in content
}

/** `51.5, -0.12`, or null without both numbers. */
export function coordinates({ latitude, longitude }: Location): string | null {
  return latitude === null || longitude === null ? null : `${latitude}, ${longitude}`
}

/** The customer's own link to the place, else a map at its coordinates. */
export function mapUrl(location: Location): string | null {
  const own = safeUrl(location.url)
  const point = coordinates(location)
  if (own !== null || point === null) return own
  return `https://www.google.com/maps/search/?api=1&query=${encodeURIComponent(point.replace(' ', ''))}`
}

export type Total = { amount: number; currency: string }

/** The sum of an order per currency; items without a price or currency make no total. */
export function orderTotals(order: Order): Total[] {
  const sums = new Map<string, number>()
  for (const { quantity, price, currency } of order.items) {
    if (price === null || currency === null) return []
    sums.set(currency, (sums.get(currency) ?? 0) + quantity * price)
  }
  return [...sums].map(([currency, amount]) => ({ amount, currency }))
}

export type MediaView =
  | { state: 'ready'; url: string }
  /** WhatsApp is still handing it over. */
  | { state: 'pending' }
  | { state: 'failed' }

/** What can be shown of a message's file now. Addresses without an origin belong to the Worker's. */
export function mediaView(message: Pick<MessageView, 'media'>, origin: string): MediaView {
  const { media } = message
  if (media === undefined || media.state === 'failed') return { state: 'failed' }
  const isOurs = media.url?.startsWith('/') ?? false
  const url = safeUrl(isOurs ? `${origin}${media.url}` : (media.url ?? null))
  return media.state === 'stored' && url !== null ? { state: 'ready', url } : { state: 'pending' }
}

/** The name a file is saved under; WhatsApp gives one for documents only. */
export function fileName(content: MediaContent, message: Pick<MessageView, 'media'>): string | null {
  return message.media?.fileName ?? content.media.fileName
}
