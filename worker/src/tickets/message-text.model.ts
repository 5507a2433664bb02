import type { Failure, MessageContent, MessageExtras } from '../../../contract/index.ts'
import { oneLine, safeText } from './plain-text.model.ts'

export type Said = {
  content: MessageContent
  extras: MessageExtras | null
  summary: string
  isRevoked: boolean
}

/** What a message says, as text of one or more lines for a ticket: everything a reader of the ticket alone needs. Never empty. */
export function saidText({ content, extras, summary, isRevoked }: Said): string {
  if (isRevoked) return '(The sender deleted this message.)'
  const lines = [...linesOf(content), ...extraLines(extras)].filter((line) => line.trim() !== '')
  return safeText(lines.length === 0 ? summary : lines.join('\n'))
}

function linesOf(content: MessageContent): string[] {
  switch (content.kind) {
    case 'text':
    case 'template':
      return [content.text]
    case 'image':
      return [labelled('Photo', null), content.media.caption ?? '']
    case 'video':
      return [labelled('Video', null), content.media.caption ?? '']
    case 'audio':
      return [
        labelled(content.isVoice ? 'Voice message' : 'Audio file', content.isVoice ? null : content.media.fileName),
      ]
    case 'document':
      return [labelled('Document', content.media.fileName), content.media.caption ?? '']
    case 'sticker':
      return [labelled('Sticker', null)]
    case 'location':
      return locationLines(content)
    case 'contacts':
      return content.contacts.flatMap(contactLines)
    case 'choice':
      return [content.title, content.description ?? '']
    case 'form':
      return [content.name ?? 'Form', ...content.fields.map(({ key, value }) => `${key}: ${value}`), content.raw ?? '']
    case 'order':
      return ['Order', ...content.items.map(orderLine), content.note ?? '']
    case 'edit':
      return ['Changed an earlier message to:', content.text ?? '(no text)']
    case 'revoke':
      return ['(Deleted an earlier message.)']
    case 'reaction':
    case 'call_permission':
    case 'system':
    case 'welcome_request':
    case 'unsupported':
    case 'unknown':
      return []
  }
}

function labelled(label: string, name: string | null): string {
  return name === null ? `[${label}]` : `[${label}: ${oneLine(name, 200)}]`
}

function locationLines(content: Extract<MessageContent, { kind: 'location' }>): string[] {
  const { latitude, longitude, name, address, url } = content
  const place = latitude === null || longitude === null ? null : `${latitude},${longitude}`
  return [
    labelled('Location', null),
    name ?? '',
    address ?? '',
    place ?? '',
    place === null ? '' : `https://maps.google.com/?q=${place}`,
    url ?? '',
  ]
}

function contactLines(contact: Extract<MessageContent, { kind: 'contacts' }>['contacts'][number]): string[] {
  const organisation = contact.organisation === null ? [] : [contact.organisation]
  const phones = contact.phones.map(({ phone, type }) => (type === null ? phone : `${phone} (${type})`))
  const emails = contact.emails.map(({ email }) => email)
  return [labelled('Contact', contact.name), ...organisation, ...phones, ...emails]
}

function orderLine(item: Extract<MessageContent, { kind: 'order' }>['items'][number]): string {
  const price = item.price === null ? '' : ` at ${item.price} ${item.currency ?? ''}`.trimEnd()
  return `${item.quantity} x ${item.sku}${price}`
}

function extraLines(extras: MessageExtras | null): string[] {
  const { forwarded, referral, product } = extras ?? {}
  return [
    ...(forwarded === undefined ? [] : ['(Forwarded)']),
    ...(product === undefined ? [] : [`(About the product ${product.sku})`]),
    ...(referral === undefined
      ? []
      : [`(Came from an ad: ${[referral.headline, referral.url].filter((part) => part !== null).join(' ')})`]),
  ]
}

/** What became of one of our messages, where it did not simply arrive. */
export function outcomeNote(status: string, failure: Failure | null): string | null {
  if (status === 'unknown') return '(It is not known whether this message arrived.)'
  if (status !== 'failed') return null
  const cause = failure?.details ?? failure?.key ?? ''
  return cause === '' ? '(Not delivered.)' : `(Not delivered: ${oneLine(cause, 300)})`
}
