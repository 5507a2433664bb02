import { describe, expect, it } from 'vitest'
import { hmacHex } from '../platform/crypto.ts'
import { isSignedByMeta } from './signature.ts'

const SECRET = 'demo-app-secret'
const BODY = '{"object":"whatsapp_business_account","entry":[]}'
const HEX = 'd6003bedf605fdf46943662e7d2065e132f4b26764d6ec946ba3fae527acafc2'
const bytes = (text: string) => new TextEncoder().encode(text)
const lastChanged = `${HEX.slice(0, -1)}${HEX.endsWith('2') ? '3' : '2'}`

describe('a signature', () => {
  it('passes for the raw bytes under the app secret', async () => {
    expect(await isSignedByMeta(bytes(BODY), `sha256=${HEX}`, [SECRET])).toBe(true)
  })

  it('passes under either secret during a rotation', async () => {
    expect(await isSignedByMeta(bytes(BODY), `sha256=${HEX}`, ['the-new-secret', SECRET])).toBe(true)
    expect(
      await isSignedByMeta(bytes(BODY), `sha256=${await hmacHex('the-new-secret', BODY)}`, ['the-new-secret', SECRET]),
    ).toBe(true)
  })

  it('covers bytes, not text: an escaped letter and the letter itself differ', async () => {
    const escaped = '{"a":"\\u00e4"}'
    const header = `sha256=${await hmacHex(SECRET, escaped)}`
    expect(await isSignedByMeta(bytes(escaped), header, [SECRET])).toBe(true)
    expect(await isSignedByMeta(bytes('{"a":"ä"}'), header, [SECRET])).toBe(false)
  })

  it.each([
    ['none', BODY, null],
    ['of another secret', BODY, `sha256=${'0'.repeat(64)}`],
    ['of another body', BODY.replace('[]', '[1]'), `sha256=${HEX}`],
    ['without its prefix', BODY, HEX],
    ['with a sha1 prefix', BODY, `sha1=${HEX}`],
    ['empty', BODY, ''],
    ['with the last digit changed', BODY, `sha256=${lastChanged}`],
    ['cut short', BODY, `sha256=${HEX.slice(0, -2)}`],
    ['with something after it', BODY, `sha256=${HEX}00`],
    ['that is no hex', BODY, `sha256=${'z'.repeat(64)}`],
  ])('is refused: %s', async (_name, body, header) => {
    expect(await isSignedByMeta(bytes(body), header, [SECRET])).toBe(false)
  })

  it('of an empty body is refused even when it is right', async () => {
    expect(await isSignedByMeta(bytes(''), `sha256=${await hmacHex(SECRET, '')}`, [SECRET])).toBe(false)
  })

  it('is refused while no secret is configured', async () => {
    expect(await isSignedByMeta(bytes(BODY), `sha256=${HEX}`, [])).toBe(false)
    expect(await isSignedByMeta(bytes(BODY), `sha256=${HEX}`, [''])).toBe(false)
  })
})
