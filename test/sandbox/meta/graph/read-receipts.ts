import type { Json, NumberRecord } from '../state.ts'
import { chatKey } from '../state.ts'
import type { Deps } from '../deps.ts'
import { shape, text, oneOf } from './checks.ts'
import { badParameter, GraphError } from './errors.ts'

const THIRTY_DAYS = 30 * 86_400

const typingIndicator = shape({ type: oneOf('text') }, { required: ['type'] })

/** `status: "read"`, with typing or without: this and the customer's earlier messages get their blue ticks. */
export function markRead({ world, typing }: Deps, number: NumberRecord, body: Json): Json {
  const problem =
    oneOf('read')(body['status'], 'status') ??
    (body['message_id'] === undefined
      ? { details: 'The parameter message_id is required.' }
      : text()(body['message_id'], 'message_id')) ??
    (body['typing_indicator'] === undefined ? undefined : typingIndicator(body['typing_indicator'], 'typing_indicator'))
  if (problem !== undefined) throw badParameter(problem.details)

  const message = world.message(String(body['message_id']))
  const isOurs = message !== undefined && message.direction === 'in' && message.phoneNumberId === number.id
  if (!isOurs) throw new GraphError(131009, 'Param message_id is not the id of a message this number received')
  if (message.timestamp < world.nowSeconds() - THIRTY_DAYS) {
    throw new GraphError(131009, 'The message is more than 30 days old')
  }
  for (const each of world.chat(message.customerId, number.id)) {
    if (each.direction === 'in' && each.timestamp <= message.timestamp && each.status === 'received')
      each.status = 'read'
  }
  if (body['typing_indicator'] !== undefined) typing.begin(chatKey(message.customerId, number.id))
  world.touch()
  return { success: true }
}
