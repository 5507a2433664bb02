import type { Json, NumberRecord, StoredMessage } from './state.ts'
import type { Deps } from './deps.ts'

/**
 * What `GET /__sandbox/state` answers: numbers, templates, customers with their windows, messages of both directions
 * oldest first, and the facts of media. No token and no secret.
 */
export function stateView(deps: Deps): Json {
  const { world, outbox } = deps
  const { state } = world
  return {
    now: new Date(world.clock.now()).toISOString(),
    settings: state.settings,
    apps: Object.values(state.apps).map(({ id, name, callbackUrl }) => ({ id, name, callbackUrl })),
    businesses: Object.values(state.businesses),
    wabas: Object.values(state.wabas),
    numbers: Object.values(state.numbers).map(numberView),
    templates: Object.values(state.templates),
    customers: Object.values(state.customers).map((customer) => ({
      ...customer,
      windows: Object.values(state.numbers).flatMap(({ id }) => {
        const closesAt = world.windowClosesAt(customer.id, id)
        return closesAt === undefined ? [] : [{ phoneNumberId: id, closesAt: new Date(closesAt * 1000).toISOString() }]
      }),
    })),
    messages: state.messages.map((message) => messageView(deps, message)),
    media: Object.values(state.media),
    webhooks: { waiting: outbox.waiting },
  }
}

/** The code of a pending verification is shown, because no telephone rings here; the PIN is not. */
function numberView({ pin: _pin, ...number }: NumberRecord): Json {
  return number
}

/** Each message with its type object under `content` and, as Meta carries it, under its own name too. */
function messageView({ world }: Deps, message: StoredMessage): Json {
  const customer = world.state.customers[message.customerId]
  const number = world.state.numbers[message.phoneNumberId]
  const isIn = message.direction === 'in'
  const isKnown = customer !== undefined && number !== undefined
  return {
    ...message,
    from: isIn ? customer?.waId : number?.digits,
    to: isIn ? number?.digits : customer?.waId,
    userId: isKnown ? world.userIdOf(customer, world.businessIdOf(number)) : undefined,
    ...message.content,
    ...(message.callbackData === undefined ? {} : { biz_opaque_callback_data: message.callbackData }),
  }
}
