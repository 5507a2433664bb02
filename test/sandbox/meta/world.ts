import type { SandboxClock } from '../shared/clock.ts'
import type { Store } from '../shared/store.ts'
import { businessScopedId } from './ids.ts'
import { countryOf, isPossibleNumber, numberForms, waIdOf } from './phones.ts'
import type { Settings } from './settings.ts'
import { chatKey } from './state.ts'
import type { Customer, NumberRecord, State, StoredMessage, WabaRecord } from './state.ts'

const DAY_SECONDS = 86_400

/** What the platform knows, with the lookups everything else needs. Every change ends with `touch()`. */
export class World {
  readonly clock: SandboxClock
  readonly #store: Store<State>
  readonly #messages = new Map<string, StoredMessage>()
  readonly #chats = new Map<string, StoredMessage[]>()
  readonly #byWaId = new Map<string, Customer>()
  readonly #byUserId = new Map<string, Customer>()
  readonly #listeners = new Set<() => void>()

  constructor(store: Store<State>, clock: SandboxClock) {
    this.#store = store
    this.clock = clock
    for (const message of this.state.messages) this.#index(message)
    for (const customer of Object.values(this.state.customers)) this.indexCustomer(customer)
  }

  get state(): State {
    return this.#store.state
  }

  get settings(): Settings {
    return this.state.settings
  }

  /** Unix seconds by the platforms' clock. */
  nowSeconds(): number {
    return Math.floor(this.clock.now() / 1000)
  }

  nextId(): number {
    return this.state.nextId++
  }

  /** Saves, and tells the open phone pages. */
  touch(): void {
    this.#store.save()
    for (const listener of this.#listeners) listener()
  }

  /** Calls back after every change, until the returned function is called. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  flush(): void {
    this.#store.flush()
  }

  message(id: string): StoredMessage | undefined {
    return this.#messages.get(id)
  }

  addMessage(message: StoredMessage): void {
    this.state.messages.push(message)
    this.#index(message)
  }

  chat(customerId: string, phoneNumberId: string): readonly StoredMessage[] {
    return this.#chats.get(chatKey(customerId, phoneNumberId)) ?? []
  }

  /** The account of a number. */
  wabaOf(number: NumberRecord): WabaRecord {
    const waba = this.state.wabas[number.wabaId]
    if (waba === undefined) throw new Error(`number ${number.id} belongs to no account`)
    return waba
  }

  /** On WhatsApp, and not at another provider, where nobody here would hear of a message. */
  isReachable(number: NumberRecord): boolean {
    const apps = this.wabaOf(number).subscriptions.map(({ appId }) => this.state.apps[appId])
    return number.isRegistered && (apps.length === 0 || apps.some((app) => typeof app?.callbackUrl === 'string'))
  }

  businessIdOf(number: NumberRecord): string {
    return this.wabaOf(number).businessId
  }

  customerByPhone(digits: string): Customer | undefined {
    for (const form of numberForms(digits)) {
      const found = this.#byWaId.get(form)
      if (found !== undefined) return found
    }
    return undefined
  }

  customerByUserId(userId: string): Customer | undefined {
    const known = this.#byUserId.get(userId)
    if (known !== undefined) return known
    const businessIds = Object.keys(this.state.businesses)
    return Object.values(this.state.customers).find((customer) =>
      businessIds.some((businessId) => this.userIdOf(customer, businessId) === userId),
    )
  }

  /** The person behind a number, made up when new: everybody with a possible number is on WhatsApp here. */
  personBehind(digits: string): Customer | undefined {
    const known = this.customerByPhone(digits)
    if (known !== undefined || !isPossibleNumber(digits)) return known
    return this.addCustomer({ waId: waIdOf(digits), name: `Customer ${digits.slice(-4)}` })
  }

  addCustomer(facts: Partial<Omit<Customer, 'id'>>): Customer {
    const id = `c${Object.keys(this.state.customers).length + 1}`
    const customer: Customer = {
      hidesPhone: facts.waId === undefined,
      userIds: {},
      identityHash: `idh-${id}`,
      readReceipts: true,
      isOnline: true,
      ...facts,
      id,
    }
    this.state.customers[id] = customer
    this.indexCustomer(customer)
    return customer
  }

  /** Call after a customer's number or ids changed. */
  indexCustomer(customer: Customer): void {
    for (const index of [this.#byWaId, this.#byUserId]) {
      for (const [key, value] of index) if (value === customer) index.delete(key)
    }
    if (customer.waId !== undefined) this.#byWaId.set(customer.waId, customer)
    for (const userId of Object.values(customer.userIds)) this.#byUserId.set(userId, customer)
  }

  /** The customer's business-scoped user id in one business portfolio. */
  userIdOf(customer: Customer, businessId: string): string {
    const known = customer.userIds[businessId]
    if (known !== undefined) return known
    const made = businessScopedId(countryOf(customer.waId), `${customer.id}|${customer.waId ?? ''}`, businessId)
    customer.userIds[businessId] = made
    this.#byUserId.set(made, customer)
    return made
  }

  /** Unix seconds at which the 24 hours end; undefined when the customer never wrote. */
  windowClosesAt(customerId: string, phoneNumberId: string): number | undefined {
    const last = this.state.windows[chatKey(customerId, phoneNumberId)]
    return last === undefined ? undefined : last + DAY_SECONDS
  }

  isWindowOpen(customerId: string, phoneNumberId: string): boolean {
    return (this.windowClosesAt(customerId, phoneNumberId) ?? 0) > this.nowSeconds()
  }

  #index(message: StoredMessage): void {
    this.#messages.set(message.id, message)
    const key = chatKey(message.customerId, message.phoneNumberId)
    const chat = this.#chats.get(key)
    if (chat === undefined) this.#chats.set(key, [message])
    else chat.push(message)
  }
}
