import { describe, expect, it } from 'vitest'
import type { Row } from './rows.model.ts'
import {
  followsAfter,
  isAtEnd,
  isFarFromEnd,
  isInView,
  isPrepended,
  isPureScroll,
  nearsEnd,
  nearsStart,
} from './scroll.model.ts'

const at = (offset: number, size = 5_000) => ({ offset, viewport: 500, size })
const rows = (...keys: string[]): Row[] => keys.map((key) => ({ kind: 'day', key, at: '' }))

describe('following the live end', () => {
  it.each([
    ['stays while nothing moves', true, at(4_500), at(4_500), true],
    ['stays when a row grows', true, at(4_500), at(4_500, 5_400), true],
    ['stays when rows above turn out lower', true, at(4_500), at(4_100, 4_900), true],
    ['ends when something scrolls up', true, at(4_500), at(4_300), false],
    ['comes back at the end', false, at(3_000), at(4_490), true],
    ['does not come back by itself', false, at(3_000), at(3_600), false],
  ])('%s', (_, was, before, now, follows) => {
    expect(followsAfter(was, before, now, false)).toBe(follows)
  })

  it.each([
    ['ends when somebody scrolls up', true, at(4_500), at(4_300), false],
    ['ends with the first pixels', true, at(4_500), at(4_480), false],
    ['ends although rows that come into view are lower', true, at(1_369, 2_001), at(459, 1_841), false],
    ['stays when rows above turn out lower', true, at(4_500), at(4_400, 4_900), true],
    ['stays when a row grows', true, at(4_500), at(4_500, 5_400), true],
    ['comes back at the end, once the way up is over', false, at(4_480), at(4_480), true],
  ])('%s, by hand', (_, was, before, now, follows) => {
    expect(followsAfter(was, before, now, true)).toBe(follows)
  })
})

it('knows the ends', () => {
  expect([isAtEnd(at(4_460)), isAtEnd(at(4_400))]).toEqual([true, false])
  expect([isFarFromEnd(at(4_100)), isFarFromEnd(at(3_900))]).toEqual([false, true])
  expect([nearsStart(at(800)), nearsStart(at(1_000))]).toEqual([true, false])
  expect([nearsEnd(at(4_000)), nearsEnd(at(3_000))]).toEqual([true, false])
})

it('knows a row that can be seen whole', () => {
  const isSeen = (top: number): boolean => isInView(at(1_000), top, 200)
  expect([isSeen(1_000), isSeen(1_300), isSeen(1_301), isSeen(990)]).toEqual([true, true, false, false])
})

it('knows a view that only moved', () => {
  expect(isPureScroll(at(10), at(20))).toBe(true)
  expect(isPureScroll(at(10), at(10))).toBe(false)
  expect(isPureScroll(at(10), at(20, 5_001))).toBe(false)
})

describe('rows that came in front', () => {
  it.each([
    ['older ones', rows('c', 'd'), rows('a', 'b', 'c', 'd'), true],
    ['nothing new', rows('c', 'd'), rows('c', 'd'), false],
    ['newer ones', rows('c', 'd'), rows('c', 'd', 'e'), false],
    ['another conversation', rows('c', 'd'), rows('x', 'y'), false],
    ['the first rows of all', rows(), rows('a'), false],
  ])('%s', (_, before, now, isInFront) => {
    expect(isPrepended(before, now)).toBe(isInFront)
  })
})
