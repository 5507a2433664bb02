import { describe, expect, it } from 'vitest'
import { likelyCountryCode, newNumber, splitFull } from './number.model.ts'

it.each([
  ['+81 90-1234-5678', { countryCode: '81', phoneNumber: '9012345678' }],
  ['0044 20 7946 0150', { countryCode: '44', phoneNumber: '2079460150' }],
  ['+1 (555) 010-0100', { countryCode: '1', phoneNumber: '5550100100' }],
  ['+353 1 234 5678', { countryCode: '353', phoneNumber: '12345678' }],
  ['＋４４ ２０７９４６０１５０', { countryCode: '44', phoneNumber: '2079460150' }],
  ['020 7946 0150', null],
  ['+44', null],
  ['', null],
])('takes %s apart', (text, expected) => {
  expect(splitFull(text)).toEqual(expected)
})

describe('a new number', () => {
  it('is sent as digits', () => {
    const form = { countryCode: '+44', phoneNumber: '20 7946 0150', migrate: true }
    expect(newNumber(form)).toEqual({ countryCode: '44', phoneNumber: '2079460150', migrate: true })
  })

  it.each([
    ['', '2079460150'],
    ['44', '207'],
    ['4444', '2079460150'],
    ['44', '1234567890123456'],
  ])('is not sent as +%s %s', (countryCode, phoneNumber) => {
    expect(newNumber({ countryCode, phoneNumber, migrate: false })).toBeNull()
  })
})

it('guesses a country code only where the language says it', () => {
  expect(['ja', 'en', 'en-GB', 'de', 'ar-XB'].map(likelyCountryCode)).toEqual(['81', '', '44', '49', ''])
})
