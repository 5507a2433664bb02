import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readPlace, writePlace } from './message-position.model.ts'

const place = fc.record({
  sentAt: fc.nat({ max: 8_640_000_000_000_000 / 10 }),
  position: fc.nat({ max: 9_007_199_254_740_991 }),
  seq: fc.nat({ max: 9_007_199_254_740_991 }),
})

describe('a place as text', () => {
  it('reads back as it was written', () => {
    fc.assert(
      fc.property(place, (value) => {
        expect(readPlace(writePlace(value))).toEqual(value)
      }),
    )
  })

  it('compares as the place does', () => {
    fc.assert(
      fc.property(place, place, (a, b) => {
        const order = a.sentAt - b.sentAt || a.position - b.position || a.seq - b.seq
        const [left, right] = [writePlace(a), writePlace(b)]
        expect(left < right).toBe(order < 0)
        expect(left === right).toBe(order === 0)
      }),
    )
  })

  it.each([
    '',
    'x',
    '1.2.3',
    "000000000000001.0000000000000001.0000000000000001' OR 1",
    `${writePlace({ sentAt: 1, position: 2, seq: 3 })}0`,
  ])('refuses %j', (text) => {
    expect(readPlace(text)).toBeNull()
  })
})
