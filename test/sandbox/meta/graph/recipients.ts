import { dialledDigits } from '../phones.ts'
import type { Customer, Json, NumberRecord } from '../state.ts'
import type { World } from '../world.ts'
import { badParameter, GraphError } from './errors.ts'

const USER_ID = /^[A-Z]{2}\.(?:ENT\.)?[A-Za-z0-9]{1,128}$/

export type Recipient = {
  customer: Customer
  /** As the business wrote it. */
  input: string
  /** Named by business-scoped user id: the answer then carries no `wa_id`. */
  isByUserId: boolean
  /** `contacts[]` item of Graph's answer. */
  contact: Json
}

/**
 * Whom a send means: `to` (a phone number) wins over `recipient` (a business-scoped user id). Somebody who cannot be on
 * WhatsApp is kept as a ghost: the send is accepted and fails later with 131026. Throws 100, 131009, 131021, 137000.
 */
export function recipientOf(world: World, number: NumberRecord, body: Json): Recipient {
  const { to, recipient } = body
  if (to === undefined && recipient === undefined) throw badParameter('The parameter to is required.')
  const found = to === undefined ? byUserId(world, number, recipient) : byPhone(world, number, to)
  const hash = body['recipient_identity_key_hash']
  if (hash !== undefined && hash !== found.customer.identityHash) {
    throw new GraphError(137000, 'The recipient_identity_key_hash does not match the one of the recipient.')
  }
  return found
}

function byPhone(world: World, number: NumberRecord, to: unknown): Recipient {
  if (typeof to !== 'string') throw badParameter('Param to must be a string')
  const digits = dialledDigits(to, number.digits)
  if (digits === undefined) throw new GraphError(131009, `Param to is not a valid WhatsApp phone number: ${to}`)
  if (digits === number.digits)
    throw new GraphError(131021, 'Recipient phone number cannot be the sender phone number.')
  const customer = world.personBehind(digits) ?? world.addCustomer({ waId: digits, isGhost: true })
  return { customer, input: to, isByUserId: false, contact: { input: to, wa_id: customer.waId ?? digits } }
}

function byUserId(world: World, number: NumberRecord, recipient: unknown): Recipient {
  if (typeof recipient !== 'string' || !USER_ID.test(recipient)) {
    throw new GraphError(131009, 'Param recipient is not a valid business-scoped user id')
  }
  const businessId = world.businessIdOf(number)
  const known = world.customerByUserId(recipient)
  // An id of another portfolio names nobody here.
  const isOurs = known !== undefined && world.userIdOf(known, businessId) === recipient
  const customer = isOurs ? known : world.addCustomer({ userIds: { [businessId]: recipient }, isGhost: true })
  return { customer, input: recipient, isByUserId: true, contact: { input: recipient, user_id: recipient } }
}
