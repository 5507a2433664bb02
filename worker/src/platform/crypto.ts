const encoder = new TextEncoder()
const decoder = new TextDecoder()

export function toHex(bytes: ArrayBuffer | Uint8Array): string {
  const view = bytes instanceof Uint8Array ? bytes : new Uint8Array(bytes)
  let text = ''
  for (const byte of view) text += byte.toString(16).padStart(2, '0')
  return text
}

/** Bytes of a hex text; null when it is not hex. */
export function fromHex(text: string): Uint8Array<ArrayBuffer> | null {
  if (text.length % 2 !== 0 || !/^[0-9a-fA-F]*$/.test(text)) return null
  const bytes = new Uint8Array(text.length / 2)
  for (let index = 0; index < bytes.length; index += 1)
    bytes[index] = Number.parseInt(text.slice(index * 2, index * 2 + 2), 16)
  return bytes
}

export function toBase64(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += String.fromCharCode(byte)
  return btoa(text)
}

export function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0))
}

export async function sha256Hex(text: string): Promise<string> {
  return toHex(await crypto.subtle.digest('SHA-256', encoder.encode(text)))
}

/** SHA-256 as PKCE's S256 writes it: base64url without padding. */
export async function sha256Base64Url(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', encoder.encode(text))
  return toBase64(new Uint8Array(digest)).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
}

const hmacKeys = new Map<string, Promise<CryptoKey>>()

/** An HMAC-SHA256 key, imported once per isolate. */
export function hmacKey(secret: string): Promise<CryptoKey> {
  const known = hmacKeys.get(secret)
  if (known !== undefined) return known
  const key = crypto.subtle.importKey('raw', encoder.encode(secret), { name: 'HMAC', hash: 'SHA-256' }, false, [
    'sign',
    'verify',
  ])
  if (hmacKeys.size > 1_000) hmacKeys.clear()
  hmacKeys.set(secret, key)
  return key
}

export async function hmacHex(secret: string, text: string): Promise<string> {
  return toHex(await crypto.subtle.sign('HMAC', await hmacKey(secret), encoder.encode(text)))
}

/** Compares two texts in time that depends on neither's content. */
export async function isSameText(left: string, right: string): Promise<boolean> {
  const [a, b] = await Promise.all([
    crypto.subtle.digest('SHA-256', encoder.encode(left)),
    crypto.subtle.digest('SHA-256', encoder.encode(right)),
  ])
  return crypto.subtle.timingSafeEqual(a, b)
}

export type EncryptionKeys = Record<string, string>

/** Seals a secret for D1: `<key id>.<base64 of nonce and ciphertext>`, AES-GCM with `context` (what the secret belongs to) bound in. */
export async function seal(keys: EncryptionKeys, context: string, secret: string): Promise<string> {
  const [keyId, key] = Object.entries(keys)[0] ?? []
  if (keyId === undefined || key === undefined) throw new Error('ENCRYPTION_KEYS holds no key.')
  const nonce = crypto.getRandomValues(new Uint8Array(12))
  const sealed = await crypto.subtle.encrypt(gcm(nonce, context), await aesKey(key), encoder.encode(secret))
  const joined = new Uint8Array(nonce.length + sealed.byteLength)
  joined.set(nonce)
  joined.set(new Uint8Array(sealed), nonce.length)
  return `${keyId}.${toBase64(joined)}`
}

/** Opens what `seal` made with the same context. Throws when the key is gone or the text was altered. */
export async function open(keys: EncryptionKeys, context: string, sealed: string): Promise<string> {
  const dot = sealed.indexOf('.')
  const key = keys[sealed.slice(0, dot)]
  if (dot < 1 || key === undefined) throw new Error('A sealed secret names a key that ENCRYPTION_KEYS does not hold.')
  const bytes = fromBase64(sealed.slice(dot + 1))
  const plain = await crypto.subtle.decrypt(gcm(bytes.slice(0, 12), context), await aesKey(key), bytes.slice(12))
  return decoder.decode(plain)
}

function gcm(iv: Uint8Array<ArrayBuffer>, context: string): SubtleCryptoEncryptAlgorithm {
  return { name: 'AES-GCM', iv, additionalData: encoder.encode(context) }
}

function aesKey(base64: string): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', fromBase64(base64), 'AES-GCM', false, ['encrypt', 'decrypt'])
}
