import type { Customer, NumberRecord } from '../state.ts'
import type { World } from '../world.ts'
import type { InboundInput } from './schema.ts'

/** A control call that cannot be understood; answered 400 with its words. */
export class InputError extends Error {}

/** The person a control call speaks of, made when new. Throws InputError when it names nobody. */
export function customerOf(world: World, number: NumberRecord, input: InboundInput): Customer {
  const name = input.name === null ? undefined : input.name
  const customer = knownCustomer(world, input) ?? newCustomer(world, input)
  if (name !== undefined) customer.name = name
  if (input.username !== undefined) customer.username = input.username
  if (input.name === null) delete customer.name
  adoptUserId(world, customer, number, input.userId)
  return customer
}

/** Undefined when nobody has this number or id yet. Throws InputError without any of the three. */
export function knownCustomer(
  world: World,
  { customerId, from, userId }: Pick<InboundInput, 'customerId' | 'from' | 'userId'>,
): Customer | undefined {
  if (customerId !== undefined) {
    const known = world.state.customers[customerId]
    if (known === undefined) throw new InputError(`customerId: there is no customer ${customerId}`)
    return known
  }
  if (from !== undefined) return world.customerByPhone(digitsOf(from))
  if (userId !== undefined) return world.customerByUserId(userId)
  throw new InputError('from or userId: whose message is it?')
}

function newCustomer(world: World, { from, userId }: InboundInput): Customer {
  const waId = from === undefined ? undefined : digitsOf(from)
  return world.addCustomer({
    name: `Customer ${(waId ?? userId ?? '').slice(-4)}`,
    ...(waId === undefined ? {} : { waId }),
  })
}

/** A given user id becomes the person's own, unless it is somebody else's already. */
function adoptUserId(world: World, customer: Customer, number: NumberRecord, userId: string | undefined): void {
  if (userId === undefined || world.customerByUserId(userId) !== undefined) return
  customer.userIds[world.businessIdOf(number)] = userId
  world.indexCustomer(customer)
}

export function digitsOf(phone: string): string {
  return phone.replace(/[\s().+-]/g, '')
}
