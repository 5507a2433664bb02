import { describe, expect, it } from 'vitest'
import { decision } from '../../../test/fixtures.ts'
import { activeIndex, rowAfterKey } from './feed-keys.model.ts'
import type { Row } from './rows.model.ts'

const day: Row = { kind: 'day', key: 'day', at: '' }
const line = (key: string): Row => ({ kind: 'decision', key, decision: decision(1) })
const rows = [day, line('a'), line('b'), { ...day, key: 'day2' }, line('c')]

describe('keys in the feed', () => {
  it.each([
    ['ArrowDown', 1, 2],
    ['ArrowDown', 2, 4],
    ['ArrowDown', 4, null],
    ['ArrowUp', 4, 2],
    ['ArrowUp', 1, null],
    ['Home', 4, 1],
    ['End', 1, 4],
    ['PageDown', 1, null],
    ['a', 1, null],
  ])('%s on row %i leads to %s', (key, from, to) => {
    expect(rowAfterKey(rows, from, key)).toBe(to)
  })
})

describe('the row that Tab reaches', () => {
  it('is the newest at first, then where the person was', () => {
    expect(activeIndex(rows, null)).toBe(4)
    expect(activeIndex(rows, 'a')).toBe(1)
    expect(activeIndex(rows, 'gone')).toBe(4)
  })

  it('is none without messages', () => {
    expect(activeIndex([], null)).toBe(-1)
    expect(activeIndex([day], null)).toBe(-1)
  })
})
