import { expect, it } from 'vitest'
import type { WakeChain } from './wakes.usecases.ts'
import { wakeNext } from './wakes.usecases.ts'

/** A Desk that is done with so many conversations a round; `stuck` ones never are. */
async function wakeAll(waiting: string[], doneEachRound: number, stuck: ReadonlySet<string> = new Set()) {
  const pending = new Set(waiting)
  const woken: string[] = []
  const working = new Set<string>()
  let now = 0
  let rounds = 0
  let most = 0
  let next: WakeChain | null = { waiting, underWay: [] }
  while (next !== null) {
    const chain: WakeChain = next
    next = null
    rounds += 1
    await wakeNext(
      {
        clock: () => now,
        stillPending: async (ids) => ids.filter((id) => pending.has(id)),
        wake: async (id) => {
          woken.push(id)
          working.add(id)
        },
        later: async (rest) => void (next = rest),
      },
      chain,
    )
    most = Math.max(most, working.size)
    for (const id of [...working].filter((one) => !stuck.has(one)).slice(0, doneEachRound)) {
      working.delete(id)
      pending.delete(id)
    }
    now += 1_000
  }
  return { woken, rounds, most }
}

const many = (count: number): string[] => Array.from({ length: count }, (_, index) => `cv_${index}`)

it('wakes thousands once each, oldest first, never more at a time than have room', async () => {
  const waiting = many(2_500)
  const { woken, rounds, most } = await wakeAll(waiting, 100)
  expect(woken).toEqual(waiting)
  expect(most).toBe(40)
  expect(rounds).toBe(63)
})

it('follows the pace of a slow Desk', async () => {
  const { woken, rounds, most } = await wakeAll(many(100), 5)
  expect(woken).toHaveLength(100)
  expect(most).toBe(40)
  expect(rounds).toBe(13)
})

it('leaves those that stand still to the sweep, and stops nobody behind them', async () => {
  const waiting = many(200)
  const { woken } = await wakeAll(waiting, 40, new Set(waiting.slice(0, 40)))
  expect(woken).toEqual(waiting)
})
