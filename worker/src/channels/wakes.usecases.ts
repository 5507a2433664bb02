import type { Clock } from '../platform/clock.ts'

/** Conversations under way at the same time: enough to use every call that Desk allows, and few enough that new customers get theirs. */
const AT_ONCE = 40

/** Whoever works for longer than that waits for something else; the sweep of pending work is there for them. */
const UNDER_WAY_MS = 15_000

export type WakeChain = {
  /** Those that wait longest first. */
  waiting: readonly string[]
  underWay: readonly { id: string; at: number }[]
}

export type WakePorts = {
  clock: Clock
  /** Those of the conversations that are still to be worked on. */
  stillPending: (conversationIds: readonly string[]) => Promise<string[]>
  /** Wakes a conversation; never throws, as the sweep of pending work finds what was not woken. */
  wake: (conversationId: string) => Promise<void>
  /** Goes on with the rest in a moment. */
  later: (chain: WakeChain) => Promise<void>
}

/**
 * Wakes as many conversations as have room beside those under way, and goes on with the rest in a moment: thousands that waited go at the
 * pace at which Desk and Meta take them, and whoever writes meanwhile does not wait behind them all.
 */
export async function wakeNext(ports: WakePorts, { waiting, underWay }: WakeChain): Promise<void> {
  const now = ports.clock()
  const young = underWay.filter(({ at }) => at > now - UNDER_WAY_MS)
  const pending = new Set(young.length === 0 ? [] : await ports.stillPending(young.map(({ id }) => id)))
  const busy = young.filter(({ id }) => pending.has(id))
  const next = waiting.slice(0, AT_ONCE - busy.length)
  await Promise.all(next.map((id) => ports.wake(id)))
  const rest = waiting.slice(next.length)
  if (rest.length === 0) return
  await ports.later({ waiting: rest, underWay: [...busy, ...next.map((id) => ({ id, at: now }))] })
}
