import { describe, expect, it } from 'vitest'
import { isMediaHost, nextFetchAt, safeFileName, servedAs } from './media.model.ts'

describe('the token goes', () => {
  it.each([
    ['https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=1', true],
    ['https://mmg.whatsapp.net/x', true],
    ['https://evilfbsbx.com/x', false],
    ['https://fbsbx.com.evil.example/x', false],
    ['http://lookaside.fbsbx.com/x', false],
    ['https://user@evil.example/?lookaside.fbsbx.com', false],
    ['not a url', false],
  ])('to %s: %s', (url, expected) => {
    expect(isMediaHost(url, undefined)).toBe(expected)
  })

  it('only to the sandbox where one stands in', () => {
    expect(isMediaHost('http://127.0.0.1:4303/media/1', 'http://127.0.0.1:4303')).toBe(true)
    expect(isMediaHost('http://127.0.0.1:4304/media/1', 'http://127.0.0.1:4303')).toBe(false)
  })
})

describe('stored bytes', () => {
  it.each([
    ['image/jpeg', 'image/jpeg', 'inline'],
    ['audio/ogg; codecs=opus', 'audio/ogg', 'inline'],
    ['image/svg+xml', 'application/octet-stream', 'attachment'],
    ['text/html', 'application/octet-stream', 'attachment'],
    ['application/pdf', 'application/pdf', 'attachment'],
    [null, 'application/octet-stream', 'attachment'],
  ])('of type %s are served as %s, %s', (mimeType, contentType, disposition) => {
    const served = servedAs(mimeType, 'a "b".pdf')
    expect(served.contentType).toBe(contentType)
    expect(served.disposition.startsWith(`${disposition}; filename*=UTF-8''a%20_b_.pdf`)).toBe(true)
  })
})

it.each([
  ['../../etc/passwd', '__.._etc_passwd'],
  ['photo\u202Egpj.exe', 'photo_gpj.exe'],
  ['', 'file'],
  [null, 'file'],
  ['a\r\nSet-Cookie: x', 'a__Set-Cookie_ x'],
])('makes %j safe', (name, expected) => {
  expect(safeFileName(name)).toBe(expected)
})

it('tries a fetch eight times over some minutes', () => {
  const waits = Array.from({ length: 8 }, (_, attempts) => nextFetchAt(attempts, 0, 0.5))
  expect(waits.at(-1)).toBeNull()
  expect(waits.slice(0, 7)).toEqual([2_000, 4_000, 8_000, 16_000, 32_000, 64_000, 128_000])
})
