import { expect, it } from 'vitest'
import { backoffMs, LOOK_DELAYS_MS, lookGapMs } from './effects.model.ts'

it('looks for what was lost 1, 3, 8, 20 and 40 seconds after, each counted from the look before', () => {
  const gaps = [0, 1, 2, 3, 4, 5].map((looks) => lookGapMs(looks, LOOK_DELAYS_MS))
  expect(gaps).toEqual([1_000, 2_000, 5_000, 12_000, 20_000, null])
})

it('waits longer with each failure, five minutes at most, and never in step', () => {
  expect([0, 1, 2, 3].map((failures) => backoffMs(failures, 0.5))).toEqual([2_000, 4_000, 8_000, 16_000])
  expect(backoffMs(50, 0.5)).toBe(300_000)
  expect(backoffMs(0, 0)).toBeLessThan(backoffMs(0, 1))
})
