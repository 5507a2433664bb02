import type { Relink, Sender } from './events.ts'
import type { WebhookContact, WebhookMessage } from './webhook.schemas.ts'
import { systemSchema } from './webhook.schemas.ts'

/** A business-scoped user id: a country, and up to 128 letters and digits; a parent one has ENT between. */
const USER_ID = /^[A-Z]{2}\.[A-Za-z0-9]{1,128}$/
const PARENT_USER_ID = /^[A-Z]{2}\.ENT\.[A-Za-z0-9]{1,128}$/

/**
 * Who wrote a message. Phone and ids may each be absent, and some senders put the user id where the phone belongs. An id
 * that is not formed like one is left out; the message is kept.
 */
export function readSender(message: WebhookMessage, contacts: readonly WebhookContact[]): Sender {
  const contact = contactOf(message, contacts)
  const values = [message.from, message.from_user_id, contact?.wa_id, contact?.user_id]
  const parents = [message.from_parent_user_id, contact?.parent_user_id, ...values]
  return {
    parentUserId: firstOf(parents, PARENT_USER_ID),
    userId: firstOf([message.from_user_id, contact?.user_id, message.from, contact?.wa_id], USER_ID),
    phone: readPhone(message.from) ?? readPhone(contact?.wa_id),
    name: contact?.profile?.name ?? null,
    username: contact?.profile?.username ?? null,
  }
}

function contactOf(message: WebhookMessage, contacts: readonly WebhookContact[]): WebhookContact | undefined {
  const found = contacts.find(
    (contact) =>
      (contact.user_id !== undefined &&
        (contact.user_id === message.from_user_id || contact.user_id === message.from)) ||
      (contact.wa_id !== undefined && contact.wa_id === message.from),
  )
  if (found !== undefined) return found
  // One contact and no contradiction: the platform may write the number in two forms, or leave it out in one place.
  const [only] = contacts
  const isOther =
    only?.user_id !== undefined && message.from_user_id !== undefined && only.user_id !== message.from_user_id
  return contacts.length === 1 && !isOther ? only : undefined
}

/** Digits of a phone number written with or without "+", blanks, dashes and brackets; null when it is none. */
export function readPhone(value: string | undefined): string | null {
  if (value === undefined || !/^\+?[\d\s().-]{5,32}$/.test(value)) return null
  const digits = value.replace(/\D/g, '')
  return digits.length >= 5 && digits.length <= 17 ? digits : null
}

/**
 * What a system message says about a customer's ids before and after. `wa_id` is the new number; on the way out are the
 * `previous_*` ids and the number the message came from. Null where nothing about identity changed.
 */
export function readRelink(message: WebhookMessage, part: unknown): Relink | null {
  const system = systemSchema.safeParse(part).data
  const isMove = /changed_number|changed_user_id/.test(system?.type ?? '')
  if (system === undefined || !isMove) return null
  const phone = readPhone(system.wa_id) ?? readPhone(system.new_wa_id)
  const oldPhone = readPhone(message.from) ?? readPhone(system.customer)
  return {
    before: {
      parentUserId: firstOf([system.previous_parent_user_id], PARENT_USER_ID),
      userId: firstOf([system.previous_user_id], USER_ID),
      phone: oldPhone,
    },
    after: {
      parentUserId: firstOf([system.parent_user_id], PARENT_USER_ID),
      userId: firstOf([system.user_id], USER_ID),
      phone,
    },
  }
}

function firstOf(values: readonly (string | undefined)[], form: RegExp): string | null {
  return values.find((value) => value !== undefined && form.test(value)) ?? null
}
