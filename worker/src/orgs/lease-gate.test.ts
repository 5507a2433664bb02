import { beforeEach, describe, expect, it } from 'vitest'
import { LEASE_MS, LeaseGate } from './lease-gate.ts'
import { isTokenUsable, refreshAllowance, slotsOf } from './lease.model.ts'

/** Time that moves only when told. */
class Time {
  now = 1_000_000
  #timers: Array<{ at: number; run: () => void }> = []

  after(ms: number, run: () => void): () => void {
    const timer = { at: this.now + ms, run }
    this.#timers.push(timer)
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer)
    }
  }

  pass(ms: number): void {
    const until = this.now + ms
    for (;;) {
      const next = this.#timers.filter(({ at }) => at <= until).toSorted((a, b) => a.at - b.at)[0]
      if (next === undefined) break
      this.#timers = this.#timers.filter((other) => other !== next)
      this.now = next.at
      next.run()
    }
    this.now = until
  }
}

let time: Time
let gate: LeaseGate
let granted: string[]
let count: number

beforeEach(() => {
  time = new Time()
  count = 0
  granted = []
  gate = new LeaseGate({
    now: () => time.now,
    random: () => 0.5,
    newLeaseId: () => `lease${(count += 1)}`,
    after: (ms, run) => time.after(ms, run),
  })
  gate.slots = 2
})

function ask(name: string, waitMs = 10_000): Promise<string | null> {
  const asked = gate.acquire(waitMs)
  void asked.then((leaseId) => granted.push(`${name}:${leaseId}`))
  return asked
}

const settled = (): Promise<void> => Promise.resolve().then(() => undefined)

describe('the gate', () => {
  it('lets no more through than there are slots, and serves those who wait in their order', async () => {
    const first = await ask('a')
    await ask('b')
    void ask('c')
    void ask('d')
    await settled()
    expect(granted).toEqual(['a:lease1', 'b:lease2'])
    gate.release(first ?? '')
    await settled()
    expect(granted).toEqual(['a:lease1', 'b:lease2', 'c:lease3'])
  })

  it('sends away who waited too long, and keeps the others in line', async () => {
    const first = await ask('a')
    await ask('b')
    void ask('c', 1_000)
    void ask('d')
    time.pass(1_000)
    await settled()
    gate.release(first ?? '')
    await settled()
    expect(granted).toEqual(['a:lease1', 'b:lease2', 'c:null', 'd:lease3'])
  })

  it('takes back a lease that nobody returned', async () => {
    await ask('a')
    await ask('b')
    void ask('c', 2 * LEASE_MS)
    time.pass(LEASE_MS)
    await settled()
    expect(granted).toContain('c:lease3')
  })

  it('pauses after "too many", longer each time, and then uses half the slots', async () => {
    gate.slots = 4
    gate.slowDown()
    void ask('a')
    void ask('b')
    void ask('c')
    time.pass(499)
    await settled()
    expect(granted).toEqual([])
    time.pass(1)
    await settled()
    expect(granted).toEqual(['a:lease1', 'b:lease2'])
    gate.slowDown()
    gate.release('lease1')
    time.pass(999)
    await settled()
    expect(granted).toHaveLength(2)
    time.pass(1)
    await settled()
    expect(granted).toHaveLength(3)
  })
})

it.each([
  [1, 1],
  [5, 4],
  [10, 8],
  [25, 20],
])('of %i concurrent calls %i are ours', (concurrency, slots) => {
  expect(slotsOf(concurrency)).toBe(slots)
})

it('hands out no token that ends within the call', () => {
  expect(isTokenUsable(1_000_000, 0)).toBe(true)
  expect(isTokenUsable(100_000, 0)).toBe(false)
})

it('asks for ten tokens in ten minutes at most', () => {
  const now = 10_000_000
  const ten = Array.from({ length: 10 }, (_, index) => now - 599_000 + index)
  expect(refreshAllowance(ten.slice(1), now).allowedAt).toBe(now)
  expect(refreshAllowance(ten, now).allowedAt).toBe(now + 2_000)
  expect(refreshAllowance(ten, now + 1_001)).toEqual({ recent: ten.slice(2), allowedAt: now + 1_001 })
})
