import { describe, expect, it } from 'vitest'
import { readPreferences, readProperty, readProxyAnswer, readRefusal, readWords } from './desk-answers.ts'

describe('a getter’s answer', () => {
  it.each([
    [{ status: 'success', 'ticket.id': '18' }, 'ticket.id', '18'],
    [{ status: 'success', ticket: { id: '18' } }, 'ticket.id', '18'],
    [{ status: 'success', 'user.id': 42 }, 'user.id', '42'],
    [{ status: 'failure' }, 'ticket.id', undefined],
    [{ 'ticket.id': '' }, 'ticket.id', undefined],
    [null, 'ticket.id', undefined],
  ])('%j of %s', (answer, property, value) => {
    expect(readProperty(answer, property)).toBe(value)
  })
})

describe('the proxy’s answer', () => {
  it.each([
    ['{"statusCode":200,"response":"{\\"a\\":1}"}', { status: 200, text: '{"a":1}' }],
    ['{"statusCode":"401","response":""}', { status: 401, text: '' }],
    [
      { statusCode: 200, response: { a: 1 } },
      { status: 200, text: '{"a":1}' },
    ],
    ['no JSON', undefined],
    ['{"response":"x"}', undefined],
  ])('%j', (answer, value) => {
    expect(readProxyAnswer(answer)).toEqual(value)
  })
})

it('takes preferences one by one and passes over what is no text', () => {
  expect(readPreferences({ appearance: 'dark', theme: 5, fontFamily: null })).toEqual({
    appearance: 'dark',
    theme: '5',
  })
  expect(readPreferences(undefined)).toEqual({})
})

it('keeps only words', () => {
  expect(readWords({ a: 'A', b: 1, c: null })).toEqual({ a: 'A' })
})

it('makes a sentence of every refusal', () => {
  expect(readRefusal(new Error('no'))).toBe('no')
  expect(readRefusal('no')).toBe('no')
  expect(readRefusal({ code: 1 })).toBe('{"code":1}')
  expect(readRefusal(undefined)).toBe('unknown')
})
