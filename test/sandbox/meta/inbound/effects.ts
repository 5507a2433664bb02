import { showReaction } from '../graph/reactions.ts'
import { asText, chatKey, isJson } from '../state.ts'
import type { Customer, Json, NumberRecord, StoredMessage } from '../state.ts'
import type { World } from '../world.ts'

/** Kinds that are no message to the business: they open no 24-hour window. */
const OPENS_NO_WINDOW = new Set(['system', 'edit', 'revoke', 'reaction', 'request_welcome'])

/** What an inbound message changes at Meta: the window, reactions, edits, deletions, ids, free entry from ads. */
export function applyEffects(world: World, message: StoredMessage, customer: Customer, number: NumberRecord): void {
  const key = chatKey(customer.id, number.id)
  if (!OPENS_NO_WINDOW.has(message.type)) {
    world.state.windows[key] = Math.max(world.state.windows[key] ?? 0, message.timestamp)
  }
  delete customer.isGhost
  const referral = message.content['referral']
  if (isJson(referral) && referral['source_type'] === 'ad') world.state.entryPoints[key] = { adAt: message.timestamp }
  showReaction(world, message)
  EFFECTS[message.type]?.(world, message, customer, number)
}

const EFFECTS: Record<
  string,
  (world: World, message: StoredMessage, customer: Customer, number: NumberRecord) => void
> = {
  edit: (world, message) => {
    const edit = objectOf(message, 'edit')
    const original = world.message(String(edit['original_message_id']))
    const replaced = isJson(edit['message']) ? edit['message'] : undefined
    if (original === undefined || replaced === undefined) return
    const type = asText(replaced['type'], original.type)
    if (replaced[type] !== undefined) original.content = { ...original.content, [type]: replaced[type] }
    original.isEdited = true
  },
  revoke: (world, message) => {
    const original = world.message(String(objectOf(message, 'revoke')['original_message_id']))
    if (original !== undefined) original.isRevoked = true
  },
  system: (world, message, customer, number) => {
    const system = objectOf(message, 'system')
    if (typeof system['wa_id'] === 'string') customer.waId = system['wa_id']
    // The ids of every portfolio are made anew; the one in the message is the one of this portfolio.
    customer.userIds = typeof system['user_id'] === 'string' ? { [world.businessIdOf(number)]: system['user_id'] } : {}
    world.indexCustomer(customer)
  },
}

/** The `system` object with what a test left out: text, and the new and previous user ids. */
export function completedSystem(world: World, system: Json, customer: Customer, number: NumberRecord): Json {
  const previous = world.userIdOf(customer, world.businessIdOf(number))
  const who = customer.name ?? customer.waId ?? 'User'
  const newId = `${previous.slice(0, 3)}${previous.slice(3).split('').toReversed().join('')}`
  const isNumber = system['type'] !== 'user_changed_user_id'
  return {
    type: 'user_changed_number',
    body: isNumber
      ? `User ${who} changed from ${customer.waId ?? ''} to ${asText(system['wa_id'])}`
      : `User ${who} changed their user id`,
    ...(world.settings.includeUserIds ? { user_id: newId, previous_user_id: previous } : {}),
    ...system,
  }
}

function objectOf(message: StoredMessage, key: string): Json {
  const object = message.content[key]
  return isJson(object) ? object : {}
}
