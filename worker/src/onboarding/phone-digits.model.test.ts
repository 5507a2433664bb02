import { describe, expect, it } from 'vitest'
import { nationalDigits, sameNumber } from './phone-digits.model.ts'

describe('a number as it is typed', () => {
  it.each([
    ['44', '020 7946 0999', '2079460999'],
    ['44', '20 7946 0999', '2079460999'],
    ['39', '06 1234 5678', '0612345678'],
    ['81', '090-1234-5678', '9012345678'],
    ['1', '(212) 555-0123', '2125550123'],
    ['999', '0123', '0123'],
  ])('+%s %s goes to Meta as %s', (countryCode, phoneNumber, digits) => {
    expect(nationalDigits({ countryCode, phoneNumber })).toBe(digits)
  })

  it('is found among those Meta shows', () => {
    expect(sameNumber('+44 20 7946 0999', { countryCode: '44', phoneNumber: '020 7946 0999' })).toBe(true)
    expect(sameNumber('+44 20 7946 0998', { countryCode: '44', phoneNumber: '020 7946 0999' })).toBe(false)
  })
})
