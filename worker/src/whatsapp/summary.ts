import type { MessageContent } from '../../../contract/index.ts'

const MAX_CHARACTERS = 200

/** Line ends and control characters become blanks; direction marks and overrides would reach into what stands beside the line. */
const BREAKS = /[\p{Cc}\p{Zl}\p{Zp}]+/gu
const DIRECTIONS = /[\u{61c}\u{200e}\u{200f}\u{202a}-\u{202e}\u{2066}-\u{2069}\u{feff}]+/gu
const VISIBLE = /[^\p{Z}\p{Cc}\p{Cf}\u{115f}\u{1160}\u{3164}\u{ffa0}\u{2800}\p{Mn}]/u

/**
 * One plain-text line: line ends and runs of blanks folded, direction overrides taken out, at most `limit` code points.
 * Empty when nothing of it can be seen.
 */
export function toLine(text: string, limit = MAX_CHARACTERS): string {
  // Cut first, so that a huge text costs no more than a long one; a code point is at most two units.
  const head = text.slice(0, limit * 8).toWellFormed()
  const line = head.replace(DIRECTIONS, '').replace(BREAKS, ' ').replace(/\s+/gu, ' ').trim()
  if (!VISIBLE.test(line)) return ''
  const points = [...line]
  return points.length > limit ? `${points.slice(0, limit - 1).join('')}…` : line
}

/** One plain-text line that says what a message is, never empty: for lists, tickets' subjects and screen readers. */
export function summaryOf(content: MessageContent): string {
  return toLine(describe(content)) || 'Empty message'
}

function describe(content: MessageContent): string {
  switch (content.kind) {
    case 'text':
    case 'template':
      return content.text
    case 'image':
      return labelled('Photo', content.media.caption)
    case 'video':
      return labelled('Video', content.media.caption)
    case 'audio':
      return content.isVoice ? 'Voice message' : labelled('Audio file', content.media.fileName)
    case 'document':
      return labelled('Document', content.media.caption ?? content.media.fileName)
    case 'sticker':
      return 'Sticker'
    case 'location':
      return labelled(
        'Location',
        joined(content.name, content.address) || coordinates(content.latitude, content.longitude),
      )
    case 'contacts':
      return labelled('Contact', joined(...content.contacts.map(({ name }) => name)))
    case 'reaction':
      return content.emoji === null ? 'Took a reaction away' : `Reacted ${content.emoji}`
    case 'choice':
      return content.title || 'Made a choice'
    case 'form':
      return 'Form answered'
    case 'call_permission':
      return 'Answered a request for permission to call'
    case 'order':
      return labelled('Order', describeOrder(content))
    case 'system':
      return SYSTEM_LINES[content.event]
    case 'edit':
      return labelled('Edited', content.text)
    case 'revoke':
      return 'Deleted a message'
    case 'welcome_request':
      return 'Opened the chat'
    case 'unsupported':
    case 'unknown':
      return content.type === null ? 'Unsupported message' : `Unsupported message (${content.type})`
  }
}

const SYSTEM_LINES = {
  number_changed: 'Customer changed number',
  user_id_changed: 'Customer changed their WhatsApp account',
  identity_changed: 'Customer’s security code changed',
  other: 'Notice from WhatsApp',
}

function describeOrder({ items, note }: Extract<MessageContent, { kind: 'order' }>): string {
  const total = items.reduce((sum, { quantity, price }) => sum + quantity * (price ?? 0), 0)
  const currency = items.find((item) => item.currency !== null)?.currency ?? ''
  const price = items.some((item) => item.price !== null) ? `${Number(total.toFixed(2))} ${currency}`.trim() : ''
  return joined(...items.map(({ sku, quantity }) => `${quantity} x ${sku}`), price, note)
}

function coordinates(latitude: number | null, longitude: number | null): string {
  return latitude === null || longitude === null ? '' : `${latitude}, ${longitude}`
}

function joined(...parts: (string | null)[]): string {
  return parts.filter((part) => part !== null && part !== '').join(', ')
}

function labelled(label: string, detail: string | null): string {
  const line = toLine(detail ?? '')
  return line === '' ? label : `${label}: ${line}`
}
