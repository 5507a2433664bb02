import { statusError } from './graph/errors.ts'
import type { Settings } from './settings.ts'
import type { Customer, StatusEntry, StatusName, StoredMessage } from './state.ts'
import type { Outbox } from './webhooks/outbox.ts'
import { statusValue } from './webhooks/values.ts'
import type { World } from './world.ts'

export type Step = { status: StatusName; delayMs: number }

type Circumstances = { settings: Settings; customer: Pick<Customer, 'isOnline' | 'readReceipts'>; isViewed: boolean }

/** What happens to an answer next, or undefined when it waits for somebody. A reaction is only ever sent. */
export function nextStep(
  message: Pick<StoredMessage, 'status' | 'type' | 'failWith'>,
  { settings, customer, isViewed }: Circumstances,
): Step | undefined {
  if (message.status === 'accepted') {
    if (message.failWith !== undefined) return { status: 'failed', delayMs: settings.sentDelayMs }
    return settings.autoSent ? { status: 'sent', delayMs: settings.sentDelayMs } : undefined
  }
  if (message.type === 'reaction') return undefined
  if (message.status === 'sent') {
    const isReached = settings.autoDelivered && customer.isOnline
    return isReached ? { status: 'delivered', delayMs: settings.deliveredDelayMs } : undefined
  }
  if (message.status === 'delivered' && customer.readReceipts && (settings.autoRead || isViewed)) {
    return { status: 'read', delayMs: settings.readDelayMs }
  }
  return undefined
}

/** Plays sent, delivered, read and failed for the answers of the business, each as its own webhook. */
export class StatusPlayer {
  readonly #world: World
  readonly #outbox: Outbox
  readonly #isViewed: (customerId: string, phoneNumberId: string) => boolean
  readonly #timers = new Map<string, NodeJS.Timeout>()

  constructor(world: World, outbox: Outbox, isViewed: (customerId: string, phoneNumberId: string) => boolean) {
    this.#world = world
    this.#outbox = outbox
    this.#isViewed = isViewed
  }

  /** Looks at every unfinished answer again: after a start, a changed setting, or a phone that comes online. */
  resume(): void {
    for (const message of this.#world.state.messages) if (message.direction === 'out') this.advance(message)
  }

  /** Plans the next status of one answer. */
  advance(message: StoredMessage): void {
    const customer = this.#world.state.customers[message.customerId]
    if (customer === undefined || this.#timers.has(message.id)) return
    const isViewed = this.#isViewed(message.customerId, message.phoneNumberId)
    const step = nextStep(message, { settings: this.#world.settings, customer, isViewed })
    if (step === undefined) return
    const timer = setTimeout(() => {
      this.#timers.delete(message.id)
      this.report(message, step.status)
      this.advance(message)
    }, step.delayMs)
    this.#timers.set(message.id, timer)
  }

  /** Makes a status a fact and tells the subscribed apps. */
  report(message: StoredMessage, status: StatusName): void {
    const entry: StatusEntry = { status, timestamp: this.#world.nowSeconds() }
    if (status === 'failed' && message.failWith !== undefined) {
      entry.errors = [statusError(message.failWith.code, message.failWith.details)]
    }
    message.status = status
    message.statuses.push(entry)
    const number = this.#world.state.numbers[message.phoneNumberId]
    if (number !== undefined) {
      this.#outbox.emit({
        wabaId: number.wabaId,
        phoneNumberId: number.id,
        field: 'messages',
        value: statusValue(this.#world, message, entry),
      })
    }
    this.#world.touch()
  }

  stop(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer)
    this.#timers.clear()
  }
}
