import { isJson } from '../state.ts'
import type { StoredMessage } from '../state.ts'
import type { World } from '../world.ts'

const THIRTY_DAYS = 30 * 86_400

/** Why a reaction cannot stand on its target; undefined when it can, or when the message is no reaction. */
export function reactionProblem(world: World, message: StoredMessage): string | undefined {
  if (message.type !== 'reaction') return undefined
  const target = targetOf(world, message)
  const isInChat = target?.customerId === message.customerId && target.phoneNumberId === message.phoneNumberId
  if (target === undefined || !isInChat) return 'The message that is reacted to is not in this chat'
  if (target.type === 'reaction') return 'A reaction cannot be reacted to'
  if (target.isRevoked === true) return 'The message that is reacted to was deleted'
  if (target.timestamp < message.timestamp - THIRTY_DAYS)
    return 'The message that is reacted to is more than 30 days old'
  return undefined
}

/** Puts a reaction on its target, or takes it away when the emoji is empty or missing. One per side. */
export function showReaction(world: World, message: StoredMessage): void {
  const target = message.type === 'reaction' ? targetOf(world, message) : undefined
  if (target === undefined) return
  const by = message.direction === 'in' ? 'customer' : 'business'
  const emoji = objectOf(message)['emoji']
  target.reactions = target.reactions.filter((reaction) => reaction.by !== by)
  if (typeof emoji === 'string' && emoji !== '') target.reactions.push({ by, emoji })
}

function targetOf(world: World, message: StoredMessage): StoredMessage | undefined {
  return world.message(String(objectOf(message)['message_id']))
}

function objectOf(message: StoredMessage): Record<string, unknown> {
  const object = message.content['reaction']
  return isJson(object) ? object : {}
}
