import { describe, expect, it } from 'vitest'
import { directionOf, isolate, languageTag, plainText, runsLike, timeZoneOf } from './locale.model.ts'

it.each([
  ['en', 'en', 'ltr'],
  ['ja', 'ja', 'ltr'],
  ['zh', 'zh-Hans-CN', 'ltr'],
  ['tw', 'zh-Hant-TW', 'ltr'],
  ['ar', 'ar', 'rtl'],
  ['he', 'he', 'rtl'],
  ['ar-XB', 'ar-XB', 'rtl'],
  ['no language', 'en', 'ltr'],
])('Desk’s %s is %s, %s', (code, tag, direction) => {
  expect(languageTag(code)).toBe(tag)
  expect(directionOf(languageTag(code))).toBe(direction)
})

describe('a foreign word in a sentence', () => {
  it('stands as it is when it runs the same way', () => {
    expect(isolate('Ana Ito', 'ltr')).toBe('Ana Ito')
    expect(isolate('田中さくら', 'ltr')).toBe('田中さくら')
  })

  it('is kept apart when it runs the other way', () => {
    expect(isolate('سكورا', 'ltr')).toBe('\u2068سكورا\u2069')
    expect(isolate('Ana', 'rtl')).toBe('\u2068Ana\u2069')
  })

  it('cannot turn the rest of the line around', () => {
    expect(isolate('Ana\u202Egnp.exe', 'ltr')).toBe('Anagnp.exe')
    expect(isolate('\u2069سكورا', 'ltr')).toBe('\u2068سكورا\u2069')
  })
})

it('knows which texts run like the page', () => {
  expect(runsLike('Hello 👋 12', 'ltr')).toBe(true)
  expect(runsLike('Hello مرحبا', 'ltr')).toBe(false)
  expect(runsLike('12:30 👋', 'rtl')).toBe(true)
})

it('writes half a character as a replacement', () => {
  expect(plainText('a\uD800b')).toBe('a\uFFFDb')
})

it.each([
  ['Asia/Tokyo', 'Asia/Tokyo'],
  ['No/Where', undefined],
  ['', undefined],
  [undefined, undefined],
])('time zone %s', (zone, known) => {
  expect(timeZoneOf(zone)).toBe(known)
})
