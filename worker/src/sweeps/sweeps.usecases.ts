import type { Clock } from '../platform/clock.ts'
import type { WorkItem } from './sweeps.repo.ts'

const MINUTE_MS = 60_000
/** Work is somebody's by then; older one was forgotten. */
const STALE_MS = MINUTE_MS
const WORK_LIMIT = 500
const LANE_LIMIT = 200
const STATUS_LIMIT = 500
/** Calls to Durable Objects under way at once. */
const CONCURRENCY = 20

const ID_LETTERS = '0123456789abcdefghijklmnopqrstuvwxyz'

export type WakePorts = {
  listStale(before: number, pivot: string, limit: number): Promise<WorkItem[]>
  wake(item: WorkItem): Promise<void>
  clock: Clock
  /** From 0 up to 1. */
  random(): number
}

/** Wakes conversations of one shard whose work waits for more than a minute. One that cannot be woken stops no other. */
export async function wakeStaleWork(ports: WakePorts): Promise<{ woken: number; failed: number }> {
  const letter = () => ID_LETTERS[Math.floor(ports.random() * ID_LETTERS.length)] ?? '0'
  const items = await ports.listStale(ports.clock() - STALE_MS, `cv_${letter()}${letter()}`, WORK_LIMIT)
  const { done, failed } = await forEachOf(items, ports.wake)
  return { woken: done, failed }
}

export type TouchPorts = {
  listRoutes(turn: number, limit: number): Promise<{ phoneNumberIds: string[]; wabaIds: string[] }>
  touchNumber(phoneNumberId: string): Promise<void>
  touchAccount(wabaId: string): Promise<void>
  touchUnrouted(): Promise<void>
  clock: Clock
}

/** Reminds lanes to drain, some each minute until all had their turn. */
export async function touchLanes(ports: TouchPorts): Promise<{ touched: number; failed: number }> {
  const { phoneNumberIds, wabaIds } = await ports.listRoutes(Math.floor(ports.clock() / MINUTE_MS), LANE_LIMIT)
  const touches = [
    ports.touchUnrouted,
    ...phoneNumberIds.map((id) => () => ports.touchNumber(id)),
    ...wabaIds.map((id) => () => ports.touchAccount(id)),
  ]
  const { done, failed } = await forEachOf(touches, (touch) => touch())
  return { touched: done, failed }
}

/** Lets go of statuses that waited 8 days for their message. */
export async function expireStatuses(ports: {
  expire(now: number, limit: number): Promise<number>
  clock: Clock
}): Promise<{ expired: number }> {
  return { expired: await ports.expire(ports.clock(), STATUS_LIMIT) }
}

async function forEachOf<Item>(
  items: readonly Item[],
  act: (item: Item) => Promise<void>,
): Promise<{ done: number; failed: number }> {
  const result = { done: 0, failed: 0 }
  for (let start = 0; start < items.length; start += CONCURRENCY) {
    const settled = await Promise.allSettled(items.slice(start, start + CONCURRENCY).map((item) => act(item)))
    for (const { status } of settled) result[status === 'fulfilled' ? 'done' : 'failed'] += 1
  }
  return result
}
