import { fromBase64 } from './crypto.ts'

const encoder = new TextEncoder()
const derived = new Map<string, Promise<CryptoKey>>()

/**
 * An HMAC-SHA256 key for one purpose, derived from a base64 secret by HKDF: a signature made for one purpose is worth nothing for
 * another. Derived once per isolate.
 */
export function purposeKey(secret: string, purpose: 'session' | 'media' | 'icon'): Promise<CryptoKey> {
  const name = `${purpose}:${secret}`
  const known = derived.get(name)
  if (known !== undefined) return known
  const key = derive(secret, purpose)
  derived.set(name, key)
  return key
}

async function derive(secret: string, purpose: string): Promise<CryptoKey> {
  const material = await crypto.subtle.importKey('raw', fromBase64(secret), 'HKDF', false, ['deriveKey'])
  return crypto.subtle.deriveKey(
    { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info: encoder.encode(`kaiwa:${purpose}`) },
    material,
    { name: 'HMAC', hash: 'SHA-256', length: 256 },
    false,
    ['sign', 'verify'],
  )
}
