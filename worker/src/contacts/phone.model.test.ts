import { describe, expect, it } from 'vitest'
import { phoneForms, phoneKey, toE164 } from './phone.model.ts'

describe('one person, several forms of a number', () => {
  it.each([
    ['Brazil, ninth digit', '5511987654321', '551187654321'],
    ['Brazil, another area', '5531991234567', '553191234567'],
    ['Argentina, nine', '5491123456789', '541123456789'],
    ['Mexico, one', '5215512345678', '525512345678'],
  ])('%s', (_name, long, short) => {
    expect(phoneKey(long)).toBe(phoneKey(short))
    expect(phoneForms(long)).toEqual(expect.arrayContaining([long, short]))
    expect(phoneForms(short)).toEqual(expect.arrayContaining([long, short]))
  })

  it.each([
    ['a Brazilian mobile and a landline', '5511931234567', '551131234567'],
    ['numbers of other countries', '4479876543210', '447876543210'],
    ['two Mexican numbers', '525512345678', '525512345679'],
  ])('keeps apart %s', (_name, one, other) => {
    expect(phoneKey(one)).not.toBe(phoneKey(other))
  })

  it('is shown in E.164', () => {
    expect(toE164('447700900123')).toBe('+447700900123')
  })
})
