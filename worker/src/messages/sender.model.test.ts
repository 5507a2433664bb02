import { expect, it } from 'vitest'
import { FULL_ALLOWANCE, pauseUntil, takePermits } from './sender.model.ts'

it('grants a second of sends at once and no more', () => {
  const first = takePermits(FULL_ALLOWANCE, 100, 1_000_000)
  expect(first.granted).toBe(64)
  const second = takePermits(first.allowance, 1, 1_000_000)
  expect(second).toMatchObject({ granted: 0, retryAt: 1_000_016 })
  expect(takePermits(second.allowance, 1, second.retryAt).granted).toBe(1)
})

it('never grants more than 64 in any second of a long run', () => {
  let allowance = FULL_ALLOWANCE
  let granted = 0
  for (let now = 0; now < 10_000; now += 5) {
    const permit = takePermits(allowance, 3, now)
    allowance = permit.allowance
    granted += permit.granted
  }
  expect(granted).toBeGreaterThanOrEqual(640)
  expect(granted).toBeLessThanOrEqual(64 + 640)
})

it('grants nothing while paused, then starts from nothing', () => {
  const paused = pauseUntil(FULL_ALLOWANCE, 5_000)
  expect(takePermits(paused, 1, 4_999)).toMatchObject({ granted: 0, retryAt: 5_000 })
  expect(takePermits(paused, 1, 6_000).granted).toBe(1)
})
