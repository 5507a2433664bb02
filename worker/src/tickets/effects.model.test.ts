import { describe, expect, it } from 'vitest'
import { backoffMs, lastLook, LOOK_DELAYS_MS, nextLook } from './effects.model.ts'

describe('what was lost is looked for', () => {
  it.each([
    [0, 1_000],
    [999, 1_000],
    [1_000, 3_000],
    [5_000, 8_000],
    [8_000, 20_000],
    [20_000, 40_000],
    [40_000, null],
    [90_000, null],
  ])('%i ms after the loss next at %s', (now, expected) => {
    expect(nextLook(0, now, LOOK_DELAYS_MS)).toBe(expected)
  })

  it('for forty seconds', () => {
    expect(lastLook(5, LOOK_DELAYS_MS)).toBe(40_005)
  })
})

it('waits longer with each failure, five minutes at most, and never in step', () => {
  expect([0, 1, 2, 3].map((failures) => backoffMs(failures, 0.5))).toEqual([2_000, 4_000, 8_000, 16_000])
  expect(backoffMs(50, 0.5)).toBe(300_000)
  expect(backoffMs(0, 0)).toBeLessThan(backoffMs(0, 1))
})
