import type { Deps } from '../deps.ts'
import { newWamid } from '../ids.ts'
import { isJson } from '../state.ts'
import type { Customer, Json, NumberRecord, StoredMessage } from '../state.ts'
import { contactOf, valueFrame } from '../webhooks/values.ts'
import type { World } from '../world.ts'
import { contentOf } from './content.ts'
import { customerOf, digitsOf, InputError } from './customers.ts'
import { applyEffects, completedSystem } from './effects.ts'
import type { InboundInput } from './schema.ts'

type Prepared = { number: NumberRecord; message: Json; contact: Json | undefined; valueErrors: unknown[] }

/** Plays one thing a customer does and sends its webhook. Resolves to the message's id, or the delivery's for `raw`. */
export function receive(deps: Deps, input: InboundInput): { id: string } {
  const number = numberOf(deps.world, input.phoneNumberId)
  if (input.raw !== undefined) return { id: sendRaw(deps, number, input) }
  const prepared = prepare(deps, input)
  emit(deps, number, [prepared])
  return { id: String(prepared.message['id']) }
}

/** Several at once, in one body: one change per business number, its messages in the given order. */
export function receiveBatch(deps: Deps, inputs: readonly InboundInput[]): { ids: string[] } {
  const prepared = inputs.map((input) => prepare(deps, input))
  const byAccount = Map.groupBy(prepared, ({ number }) => number.wabaId)
  for (const [wabaId, ofAccount] of byAccount) {
    const byNumber = [...Map.groupBy(ofAccount, ({ number }) => number.id).values()]
    const values = byNumber.map((group) => valueOf(group))
    const first = ofAccount[0]
    if (first === undefined) continue
    deps.outbox.emitMany({ wabaId, phoneNumberId: first.number.id, field: 'messages', values })
  }
  return { ids: prepared.map(({ message }) => String(message['id'])) }
}

function prepare(deps: Deps, input: InboundInput): Prepared {
  const { world } = deps
  const number = numberOf(world, input.phoneNumberId)
  if (!number.isRegistered) throw new InputError(`${number.displayPhoneNumber} is not on WhatsApp`)
  const customer = customerOf(world, number, input)
  const type = input.type ?? 'text'
  const seconds = secondsOf(world, input.timestamp)
  const content = contentOf(deps, input, type, customer, number)
  if (type === 'system') {
    content['system'] = completedSystem(world, isJson(content['system']) ? content['system'] : {}, customer, number)
  }
  const userId = input.userId ?? world.userIdOf(customer, world.businessIdOf(number))
  const shownPhone = customer.hidesPhone ? undefined : customer.waId
  const from = input.from === undefined ? shownPhone : digitsOf(input.from)
  const message: Json = {
    ...(from === undefined ? {} : { from }),
    ...(world.settings.includeUserIds || input.userId !== undefined ? { from_user_id: userId } : {}),
    id: input.id ?? newWamid(from ?? customer.id),
    timestamp: String(seconds),
    type,
    ...content,
  }
  const contact = type === 'system' ? undefined : contactWith(contactOf(world, customer, number), input, from)
  keep(deps, message, customer, number, content)
  return { number, message, contact, valueErrors: input.valueErrors ?? [] }
}

/** The ids in `contacts[]` are those the caller gave, even where they name two people. */
function contactWith(contact: Json, input: InboundInput, from: string | undefined): Json {
  const { wa_id: _waId, ...rest } = contact
  return {
    ...rest,
    ...(from === undefined ? {} : { wa_id: from }),
    ...(input.userId === undefined ? {} : { user_id: input.userId }),
  }
}

/** Stores the message once by its id; its webhook goes out every time. */
function keep({ world, throughput }: Deps, sent: Json, customer: Customer, number: NumberRecord, content: Json): void {
  throughput.add(number.id, world.clock.now())
  const id = String(sent['id'])
  if (world.message(id) !== undefined) return
  const type = String(sent['type'])
  const object = content[type]
  const message: StoredMessage = {
    id,
    direction: 'in',
    phoneNumberId: number.id,
    customerId: customer.id,
    type,
    timestamp: Number(sent['timestamp']),
    content,
    ...(isJson(object) && typeof object['id'] === 'string' ? { mediaId: object['id'] } : {}),
    status: 'received',
    statuses: [],
    reactions: [],
  }
  world.addMessage(message)
  applyEffects(world, message, customer, number)
  world.touch()
}

function emit(deps: Deps, number: NumberRecord, group: Prepared[]): void {
  deps.outbox.emit({ wabaId: number.wabaId, phoneNumberId: number.id, field: 'messages', value: valueOf(group) })
}

function valueOf(group: readonly Prepared[]): Json {
  const [first] = group
  if (first === undefined) return {}
  const contacts = new Map(
    group.flatMap(({ contact }) => (contact === undefined ? [] : [[JSON.stringify(contact), contact]])),
  )
  const errors = group.flatMap(({ valueErrors }) => valueErrors)
  return {
    ...valueFrame(first.number),
    ...(contacts.size === 0 ? {} : { contacts: [...contacts.values()] }),
    messages: group.map(({ message }) => message),
    ...(errors.length === 0 ? {} : { errors }),
  }
}

function sendRaw({ outbox }: Deps, number: NumberRecord, { raw, field }: InboundInput): string {
  const isChange = isJson(raw) && typeof raw['field'] === 'string' && 'value' in raw
  const change = isChange
    ? { field: String(raw['field']), value: raw['value'] }
    : { field: field ?? 'messages', value: raw }
  return String(outbox.emit({ wabaId: number.wabaId, phoneNumberId: number.id, ...change })[0] ?? '')
}

function numberOf(world: World, id: string | undefined): NumberRecord {
  const number = id === undefined ? firstNumber(world) : world.state.numbers[id]
  if (number === undefined) throw new InputError(`phoneNumberId: there is no number ${String(id)}`)
  return number
}

/** The first that is on WhatsApp. */
function firstNumber(world: World): NumberRecord | undefined {
  const numbers = Object.values(world.state.numbers)
  return numbers.find((number) => world.isReachable(number)) ?? numbers[0]
}

function secondsOf(world: World, timestamp: number | string | undefined): number {
  if (timestamp === undefined) return world.nowSeconds()
  const asNumber = Number(timestamp)
  const seconds = Number.isNaN(asNumber) ? Math.floor(Date.parse(String(timestamp)) / 1000) : asNumber
  if (Number.isNaN(seconds)) throw new InputError('timestamp: Unix seconds or ISO 8601')
  return seconds
}
