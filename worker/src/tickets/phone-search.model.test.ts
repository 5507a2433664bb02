import { describe, expect, it } from 'vitest'
import { isSamePhone, searchForms } from './phone-search.model.ts'

describe('a number is searched for', () => {
  it.each([
    ['+819012345678', ['+819012345678', '819012345678', '+81 90-1234-5678', '090-1234-5678', '09012345678']],
    ['+442079460101', ['+44 20 7946 0101', '020 7946 0101', '02079460101', '+44-20-7946-0101']],
    ['+15550100123', ['+15550100123', '15550100123']],
    // With and without Brazil's ninth digit.
    ['+5511912345678', ['+55 11 91234-5678', '+551112345678', '11912345678']],
  ])('%s in the forms people write', (phone, forms) => {
    expect(searchForms(phone)).toEqual(expect.arrayContaining(forms))
    expect(searchForms(phone).length).toBeLessThanOrEqual(30)
  })
})

describe('a written number', () => {
  it.each([
    ['+819012345678', '+81 90-1234-5678', true],
    ['+819012345678', '090 1234 5678', true],
    ['+819012345678', '0081 90 1234 5678', true],
    ['+819012345678', '+81 90-1234-5679', false],
    ['+819012345678', null, false],
    ['+819012345678', 'none', false],
    ['+5511912345678', '+55 11 1234-5678', true],
    ['+447700900123', '07700 900123', true],
    ['+447700900123', '+1 770 090 0123', false],
  ])('%s and %j are the same: %s', (phone, written, expected) => {
    expect(isSamePhone(phone, written)).toBe(expected)
  })
})
