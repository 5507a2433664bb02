import { describe, expect, it } from 'vitest'
import { readDialled, readPhones } from './starts.model.ts'

describe('a number that somebody types', () => {
  it.each([
    ['+44 7700 900123', '447700900123'],
    ['447700900123', '447700900123'],
    ['00 44 (7700) 900-123', '447700900123'],
    ['+81 90-1234-5678', '819012345678'],
    // Forms that only WhatsApp writes.
    ['+55 11 9 8765 4321', '5511987654321'],
    ['+551187654321', '551187654321'],
    ['+5215512345678', '5215512345678'],
    ['07700 900123', null],
    ['+44 7700', null],
    ['+999 1234 5678', null],
    ['+44 7700 900123 ext 4', null],
    ['hello', null],
    ['+', null],
    ['1'.repeat(16), null],
  ])('%j is %j', (written, digits) => {
    expect(readDialled(written)).toBe(digits)
  })
})

describe('the numbers of a contact', () => {
  it.each([
    [['+44 7700 900123', '07700 900123'], '442079460101', ['+447700900123']],
    [['0044 7700 900123', null], null, ['+447700900123']],
    [['07700 900123', '+81 90 1234 5678'], null, ['+819012345678']],
    [['090-1234-5678', ''], '+81 3 1234 5678', ['+819012345678']],
    [['call me', null], '442079460101', []],
  ])('%j of the country of %j are %j', (written, reference, expected) => {
    expect(readPhones(written, reference)).toEqual(expected)
  })
})
