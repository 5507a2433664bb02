import { describe, expect, it } from 'vitest'
import { CallLeases, LEASE_MS } from './call-leases.ts'

/** Leases on a clock that only `pass` moves. */
function leases(busyUntil = 0) {
  let now = 1_000_000
  let ids = 0
  let kept = busyUntil === 0 ? 0 : now + busyUntil
  const timers: { at: number; run: () => void }[] = []
  const calls = new CallLeases({
    now: () => now,
    newId: () => `lease-${(ids += 1)}`,
    wait: (ms) => new Promise((resolve) => void timers.push({ at: now + ms, run: resolve })),
    readBusyUntil: () => kept,
    writeBusyUntil: (at) => {
      kept = at
    },
  })
  return {
    calls,
    kept: () => (kept === 0 ? 0 : kept - now),
    pass: async (ms: number) => {
      now += ms
      for (const timer of timers) if (timer.at <= now) timer.run()
      await Promise.resolve()
    },
  }
}

async function isSettled(promise: Promise<void>): Promise<boolean> {
  let settled = false
  void promise.then(() => {
    settled = true
  })
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve()
  return settled
}

describe('calls under way', () => {
  it('are none at first', async () => {
    expect(await isSettled(leases().calls.settled())).toBe(true)
  })

  it('are waited for, those that begin later are not', async () => {
    const { calls } = leases()
    const [first, second] = [calls.begin(), calls.begin()]
    const settled = calls.settled()
    calls.begin()
    calls.end(first)
    expect(await isSettled(settled)).toBe(false)
    calls.end(second)
    expect(await isSettled(settled)).toBe(true)
  })

  it('that a crash cut short end by themselves', async () => {
    const { calls, pass } = leases()
    calls.begin()
    const settled = calls.settled()
    await pass(LEASE_MS - 1)
    expect(await isSettled(settled)).toBe(false)
    await pass(1)
    expect(await isSettled(settled)).toBe(true)
  })

  it('of an instance before this one are waited for as long as they may last', async () => {
    const { calls, pass } = leases(2 * LEASE_MS)
    const settled = calls.settled()
    await pass(LEASE_MS - 1)
    expect(await isSettled(settled)).toBe(false)
    await pass(1)
    expect(await isSettled(settled)).toBe(true)
  })

  it('leave nothing to wait for once the number is at rest', async () => {
    const { calls, kept, pass } = leases()
    const lease = calls.begin()
    expect(kept()).toBe(2 * LEASE_MS)
    calls.end(lease)
    await pass(2_000)
    await isSettled(Promise.resolve())
    expect(kept()).toBe(0)
  })
})
