import type { Faults, FaultRule } from '../../shared/faults.ts'
import { sleep } from '../../shared/platform.ts'
import type { Delivery, Entry } from '../state.ts'
import type { World } from '../world.ts'
import { groupForBatches, mergedEntries, UPDATES_PER_BODY } from './batches.ts'
import { bodyOf, deliver } from './deliver.ts'
import { Pool, shuffled } from './pools.ts'
import { targetsOf } from './targets.ts'
import type { Change } from './targets.ts'

const RETRY_FOR_MS = 7 * 24 * 3_600_000
const AT_ONCE = 48
const KEPT_DELIVERIES = 20_000
const STRUCTURAL = new Set(['shuffle', 'hold', 'batch'])

/** One webhook in the journal `GET /__sandbox/webhooks`; `status` is the last HTTP status, 0 for no answer. */
export type WebhookEntry = {
  id: number
  time: string
  url: string
  body: unknown
  status: number
  state: Delivery['state']
  tries: number
}

/**
 * Signed webhooks to the subscribed apps: concurrent, in no promised order, repeated until an HTTP 200 for up to
 * 7 days of the platforms' clock. What waits is kept in the state and goes on after a restart.
 */
export class Outbox {
  readonly #world: World
  readonly #faults: Faults
  readonly #log: Delivery[] = []
  readonly #timers = new Map<number, NodeJS.Timeout>()
  readonly #ready: Delivery[] = []
  #running = 0
  #isStopped = false
  #heldTimer: NodeJS.Timeout | undefined
  #held: Delivery[] = []
  readonly #shuffling: Pool<Delivery>
  readonly #batching: Pool<Delivery>

  constructor(world: World, faults: Faults) {
    this.#world = world
    this.#faults = faults
    this.#shuffling = new Pool((deliveries) => void this.#sendSpread(shuffled(deliveries)))
    this.#batching = new Pool((deliveries) => this.#merge(deliveries).forEach((delivery) => this.#enqueue(delivery)))
  }

  /** Tells every app that subscribed to the account. Returns the ids of the deliveries. */
  emit({ value, ...change }: Change): number[] {
    return this.emitMany({ ...change, values: [value] })
  }

  /** Tells one app at its own address, whether it subscribed to the account or not; `entryId` as Meta fills it. */
  emitToApp(appId: string, entryId: string, field: string, value: unknown): void {
    const url = this.#world.state.apps[appId]?.callbackUrl
    if (typeof url !== 'string') return
    this.#begin(this.#add(appId, url, [{ id: entryId, time: this.#world.nowSeconds(), changes: [{ field, value }] }]))
  }

  /** Several changes of one field in one body. */
  emitMany({ values, ...change }: Omit<Change, 'value'> & { values: readonly unknown[] }): number[] {
    const entry: Entry = { id: change.wabaId, changes: values.map((value) => ({ field: change.field, value })) }
    if (change.field !== 'messages') entry.time = this.#world.nowSeconds()
    return targetsOf(this.#world.state, change).map(({ appId, url }) => {
      const delivery = this.#add(appId, url, [entry])
      this.#begin(delivery)
      return delivery.id
    })
  }

  /** Goes on with what waited when the process ended. */
  start(): void {
    for (const delivery of Object.values(this.#world.state.deliveries)) {
      this.#log.push(delivery)
      this.#enqueue(delivery)
    }
  }

  stop(): void {
    this.#isStopped = true
    for (const timer of this.#timers.values()) clearTimeout(timer)
    clearInterval(this.#heldTimer)
    this.#shuffling.stop()
    this.#batching.stop()
  }

  /** Every webhook of this run, oldest first. */
  list(): WebhookEntry[] {
    return this.#log.map(({ id, createdAt, url, entries, status, state, tries }) => ({
      id,
      time: new Date(createdAt).toISOString(),
      url,
      body: bodyOf(entries),
      status,
      state,
      tries,
    }))
  }

  clear(): void {
    this.#log.length = 0
  }

  get waiting(): number {
    return Object.keys(this.#world.state.deliveries).length
  }

  #add(appId: string, url: string, entries: Entry[]): Delivery {
    const id = this.#world.nextId()
    const delivery: Delivery = {
      id,
      url,
      appId,
      entries,
      createdAt: this.#world.clock.now(),
      tries: 0,
      status: 0,
      state: 'waiting',
    }
    this.#world.state.deliveries[id] = delivery
    this.#log.push(delivery)
    if (this.#log.length > KEPT_DELIVERIES) this.#log.splice(0, this.#log.length - KEPT_DELIVERIES)
    return delivery
  }

  /** The first try meets the faults that change grouping and order; the others are met by every try. */
  #begin(delivery: Delivery): void {
    const fault = this.#faults.take('POST', 'webhook')
    if (fault === undefined || !STRUCTURAL.has(fault.kind)) return this.#enqueue(delivery, fault)
    const delayMs = fault.delayMs ?? 1_000
    if (fault.kind === 'shuffle') return this.#shuffling.add(delivery, delayMs)
    if (fault.kind === 'batch') return this.#batching.add(delivery, delayMs, sizeOf(fault))
    if (fault.delayMs !== undefined) return this.#later(delivery, fault.delayMs)
    this.#held.push(delivery)
    this.#heldTimer ??= setInterval(() => this.#releaseHeld(), 50)
  }

  /** Held webhooks without a delay of their own leave when the fault is taken away. */
  #releaseHeld(): void {
    if (this.#faults.list().some((rule) => rule.kind === 'hold')) return
    clearInterval(this.#heldTimer)
    this.#heldTimer = undefined
    for (const delivery of this.#held.splice(0)) this.#enqueue(delivery)
  }

  async #sendSpread(deliveries: Delivery[]): Promise<void> {
    for (const delivery of deliveries) {
      this.#enqueue(delivery)
      await sleep(5)
    }
  }

  /** The first of each group carries the others' updates; those are no deliveries of their own any more. */
  #merge(deliveries: Delivery[]): Delivery[] {
    return groupForBatches(deliveries).map(([first, ...others]) => {
      for (const other of others) {
        delete this.#world.state.deliveries[other.id]
        this.#log.splice(this.#log.indexOf(other), 1)
      }
      first.entries = mergedEntries([first, ...others])
      return first
    })
  }

  #later(delivery: Delivery, delayMs: number): void {
    if (this.#isStopped) return
    this.#timers.set(
      delivery.id,
      setTimeout(() => this.#enqueue(delivery), delayMs),
    )
  }

  #enqueue(delivery: Delivery, fault?: FaultRule): void {
    if (this.#isStopped) return
    if (fault !== undefined) return void this.#attempt(delivery, fault)
    this.#ready.push(delivery)
    this.#drain()
  }

  #drain(): void {
    while (this.#running < AT_ONCE) {
      const delivery = this.#ready.shift()
      if (delivery === undefined) return
      this.#running += 1
      const fault = delivery.tries > 0 ? this.#faults.take('POST', 'webhook') : undefined
      void this.#attempt(delivery, fault).finally(() => {
        this.#running -= 1
        this.#drain()
      })
    }
  }

  async #attempt(delivery: Delivery, fault: FaultRule | undefined): Promise<void> {
    this.#timers.delete(delivery.id)
    delivery.tries += 1
    const secret = this.#world.state.apps[delivery.appId]?.secret ?? ''
    const status = await deliver(delivery, secret, fault)
    if (this.#isStopped) return
    delivery.status = status
    const isTooOld = this.#world.clock.now() - delivery.createdAt > RETRY_FOR_MS
    if (status === 200 || isTooOld) {
      delivery.state = status === 200 ? 'delivered' : 'gave up'
      delete this.#world.state.deliveries[delivery.id]
    } else {
      const delays = this.#world.settings.retryDelaysMs
      this.#later(delivery, delays[Math.min(delivery.tries, delays.length) - 1] ?? 15_000)
    }
    this.#world.touch()
  }
}

function sizeOf(fault: FaultRule): number {
  const size = fault['size']
  return typeof size === 'number' ? Math.min(size, UPDATES_PER_BODY) : UPDATES_PER_BODY
}
