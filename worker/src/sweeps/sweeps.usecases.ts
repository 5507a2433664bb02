import type { Clock } from '../platform/clock.ts'
import type { WorkItem } from './sweeps.repo.ts'

const MINUTE_MS = 60_000
/** Work is somebody's by then; older one was forgotten. */
const STALE_MS = MINUTE_MS
const WORK_LIMIT = 500
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

export type ExpirePorts = {
  listOrgs(now: number, limit: number): Promise<string[]>
  /** Resolves to how many statuses of the organisation were let go. */
  expire(orgId: string, now: number): Promise<number>
  clock: Clock
}

/** Lets go of statuses of one shard that waited too long for their message. */
export async function expireStatuses(ports: ExpirePorts): Promise<{ expired: number; failed: number }> {
  const now = ports.clock()
  let expired = 0
  const { failed } = await forEachOf(await ports.listOrgs(now, STATUS_LIMIT), async (orgId) => {
    expired += await ports.expire(orgId, now)
  })
  return { expired, failed }
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
