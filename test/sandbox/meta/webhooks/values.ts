import type { Customer, Json, NumberRecord, StatusEntry, StoredMessage } from '../state.ts'
import type { World } from '../world.ts'

/** The frame of every `messages` value. */
export function valueFrame(number: NumberRecord): Json {
  return {
    messaging_product: 'whatsapp',
    metadata: { display_phone_number: number.digits, phone_number_id: number.id },
  }
}

/** `contacts[]` item; the number is left out of somebody who hides it, the ids where they are switched off. */
export function contactOf(world: World, customer: Customer, number: NumberRecord): Json {
  const userId = world.userIdOf(customer, world.businessIdOf(number))
  const profile = {
    ...(customer.name === undefined ? {} : { name: customer.name }),
    ...(customer.username === undefined ? {} : { username: customer.username }),
  }
  return {
    ...(Object.keys(profile).length === 0 ? {} : { profile }),
    ...(customer.waId === undefined || customer.hidesPhone ? {} : { wa_id: customer.waId }),
    ...(world.settings.includeUserIds ? { user_id: userId } : {}),
  }
}

/** The value of one status webhook. `pricing` comes with `sent` and with the first of delivered and read. */
export function statusValue(world: World, message: StoredMessage, entry: StatusEntry): Json {
  const number = world.state.numbers[message.phoneNumberId]
  const customer = world.state.customers[message.customerId]
  if (number === undefined || customer === undefined) return {}
  const isFailed = entry.status === 'failed'
  return {
    ...valueFrame(number),
    ...(isFailed ? {} : { contacts: [contactOf(world, customer, number)] }),
    statuses: [
      {
        id: message.id,
        status: entry.status,
        timestamp: String(entry.timestamp),
        ...(customer.waId === undefined || customer.hidesPhone ? {} : { recipient_id: customer.waId }),
        ...(world.settings.includeUserIds
          ? { recipient_user_id: world.userIdOf(customer, world.businessIdOf(number)) }
          : {}),
        ...(message.callbackData === undefined ? {} : { biz_opaque_callback_data: message.callbackData }),
        ...conversationOf(world, message, entry),
        ...(message.pricing !== undefined && carriesPricing(message, entry) ? { pricing: message.pricing } : {}),
        ...(entry.errors === undefined ? {} : { errors: entry.errors }),
      },
    ],
  }
}

function carriesPricing(message: StoredMessage, entry: StatusEntry): boolean {
  if (entry.status === 'sent') return true
  if (entry.status !== 'delivered' && entry.status !== 'read') return false
  return message.statuses.find(({ status }) => status === 'delivered' || status === 'read') === entry
}

/** Up to Graph v23 every status names a conversation; its end stands on `sent` only. */
function conversationOf(world: World, message: StoredMessage, entry: StatusEntry): Json {
  if (world.settings.webhookVersion > 23 || message.pricing === undefined || entry.status === 'failed') return {}
  const isSent = entry.status === 'sent'
  return {
    conversation: {
      id: message.id.slice(-32),
      ...(isSent ? { expiration_timestamp: String(entry.timestamp + 86_400) } : {}),
      origin: { type: message.pricing['category'] },
    },
  }
}
