import { describe, expect, it } from 'vitest'
import { digitsOf, eraseAt, typeInto } from './code.model.ts'

describe('six boxes', () => {
  it.each([
    ['one digit after the other', '12', 2, '3', { code: '123', focus: 3 }],
    ['a pasted code', '', 0, '123 456', { code: '123456', focus: 5 }],
    ['a code pasted into a later box', '99', 3, 'Code: 123-456', { code: '123456', focus: 5 }],
    ['more digits than there are boxes', '', 0, '1234567', { code: '123456', focus: 5 }],
    ['a digit in the middle, typed over', '123456', 2, '9', { code: '129456', focus: 3 }],
    ['a letter', '12', 2, 'x', { code: '12', focus: 2 }],
    ['full-width and Arabic digits', '', 0, '１２٣', { code: '123', focus: 3 }],
  ])('take %s', (_, code, at, text, expected) => {
    expect(typeInto(code, at, text)).toEqual(expected)
  })

  it.each([
    ['the last digit', '123', 2, { code: '12', focus: 2 }],
    ['the one before an empty box', '123', 3, { code: '12', focus: 2 }],
    ['nothing where nothing is', '', 0, { code: '', focus: 0 }],
  ])('give back %s', (_, code, at, expected) => {
    expect(eraseAt(code, at)).toEqual(expected)
  })
})

it('reads digits of other scripts', () => {
  expect(digitsOf('۱۲ ۳')).toBe('123')
})
