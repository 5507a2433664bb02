import type { Deps } from '../deps.ts'
import { chatKey, isJson } from '../state.ts'
import type { Customer, Json, NumberRecord, StoredMessage } from '../state.ts'
import { choicesOf, describe } from './describe.ts'
import type { BubbleView, CustomerView, NumberView, PhoneView } from './view-types.ts'

const SHOWN = 200
/** What changes another bubble is no bubble of its own; a business's failed message never reached the phone. */
const NO_BUBBLE = new Set(['reaction', 'edit', 'revoke', 'request_welcome'])

/**
 * The phone of one customer with one business number on the screen. A number that is not on WhatsApp gives way to the
 * first that is; without any there is no chat, only the codes that are under way.
 */
export function phoneView(deps: Deps, customerId: string | undefined, phoneNumberId: string | undefined): PhoneView {
  const { world, typing } = deps
  const customers = Object.values(world.state.customers).filter((customer) => customer.isGhost !== true)
  const customer = customers.find(({ id }) => id === customerId) ?? customers[0]
  if (customer === undefined) throw new Error('the sandbox has no customer')
  const numbers = Object.values(world.state.numbers).filter((each) => world.isReachable(each))
  const number = numbers.find(({ id }) => id === phoneNumberId) ?? numbers[0]
  const chat = number === undefined ? [] : world.chat(customer.id, number.id).filter(isShown).slice(-SHOWN)
  return {
    now: world.clock.now(),
    customers: customers.map((each) => customerView(deps, each, number)),
    customerId: customer.id,
    numbers: numbers.map((each) => numberView(deps, customer, each)),
    phoneNumberId: number?.id ?? '',
    codes: codesOf(deps),
    isTyping: number !== undefined && typing.isTyping(chatKey(customer.id, number.id)),
    bubbles: chat.map((message) => bubbleOf(deps, message)),
  }
}

/** Codes that a text or a call brought to the owners of business numbers, in place of their telephones. */
function codesOf({ world }: Deps): PhoneView['codes'] {
  return Object.values(world.state.numbers).flatMap(({ displayPhoneNumber, code }) =>
    code === undefined || code.expiresAt <= world.clock.now()
      ? []
      : [{ display: displayPhoneNumber, value: code.value, isCall: code.method === 'VOICE' }],
  )
}

function isShown(message: StoredMessage): boolean {
  if (NO_BUBBLE.has(message.type)) return false
  return message.direction === 'in' || message.status !== 'accepted'
}

function customerView({ world }: Deps, customer: Customer, number: NumberRecord | undefined): CustomerView {
  const { id, name, username, waId, hidesPhone, readReceipts, isOnline } = customer
  const hasPhone = waId !== undefined && !hidesPhone
  const userId = number === undefined ? id : world.userIdOf(customer, world.businessIdOf(number))
  const other = username === undefined ? userId : `@${username}`
  const handle = hasPhone ? `+${waId}` : other
  return { id, name: name ?? handle, handle, hasPhone, readReceipts, isOnline }
}

function numberView({ world }: Deps, customer: Customer, number: NumberRecord): NumberView {
  const chat = world.chat(customer.id, number.id).filter(isShown)
  const last = chat.at(-1)
  return {
    id: number.id,
    name: number.verifiedName,
    display: number.displayPhoneNumber,
    unread: chat.filter(({ direction, status }) => direction === 'out' && status === 'delivered').length,
    last: last === undefined ? '' : describe(last).text.slice(0, 60),
  }
}

function bubbleOf({ world }: Deps, message: StoredMessage): BubbleView {
  const { id, direction, type, status, statuses, isEdited = false, isRevoked = false } = message
  const described = describe(message)
  const errors = statuses.find((entry) => entry.status === 'failed')?.errors
  const failure = errors?.map((error) => `${String(error['code'])} ${String(error['title'])}`).join(', ')
  const quote = quoteOf(message, (quoted) => world.message(quoted))
  const media = mediaOf(world.state.media, message)
  return {
    ...described,
    id,
    direction,
    type,
    at: message.timestamp * 1000,
    status,
    choices: direction === 'out' ? choicesOf(message) : [],
    reactions: message.reactions.map(({ emoji }) => emoji),
    isEdited,
    isRevoked,
    isSystem: type === 'system',
    ...(failure === undefined ? {} : { failure }),
    ...(quote === undefined ? {} : { quote }),
    ...(media === undefined ? {} : { media }),
  }
}

function quoteOf(
  message: StoredMessage,
  find: (id: string) => StoredMessage | undefined,
): BubbleView['quote'] | undefined {
  const context = message.content['context']
  if (!isJson(context)) return undefined
  const id = context['id'] ?? context['message_id']
  if (typeof id !== 'string') return undefined
  const quoted = find(id)
  return { id, text: quoted === undefined ? 'An earlier message' : describe(quoted).text.slice(0, 120) }
}

function mediaOf(
  media: Record<string, { mimeType: string; filename?: string }>,
  message: StoredMessage,
): BubbleView['media'] {
  const { mediaId } = message
  const record = mediaId === undefined ? undefined : media[mediaId]
  if (mediaId === undefined || record === undefined) return undefined
  const object = message.content[message.type]
  return {
    kind: message.type === 'voice' ? 'audio' : message.type,
    url: `/phone/media/${mediaId}`,
    mimeType: record.mimeType,
    filename: filenameOf(object) ?? record.filename ?? 'file',
  }
}

function filenameOf(object: unknown): string | undefined {
  const json: Json = isJson(object) ? object : {}
  return typeof json['filename'] === 'string' ? json['filename'] : undefined
}
