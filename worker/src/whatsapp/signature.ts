import { fromHex, hmacKey } from '../platform/crypto.ts'

const HEADER = /^sha256=([0-9a-fA-F]{64})$/

/**
 * Whether Meta signed these bytes: `X-Hub-Signature-256` is `sha256=` and the hex HMAC-SHA256 of the raw body under the app
 * secret. `secrets` holds the current one and, during a rotation, the one before. The comparison is `crypto.subtle.verify`,
 * which takes the same time wherever the two differ. An empty body is never accepted: Meta sends none.
 */
export async function isSignedByMeta(
  body: ArrayBuffer | ArrayBufferView,
  header: string | null,
  secrets: readonly string[],
): Promise<boolean> {
  const hex = HEADER.exec(header ?? '')?.[1]
  const signature = hex === undefined ? null : fromHex(hex)
  if (signature === null || body.byteLength === 0) return false
  for (const secret of secrets) {
    if (secret !== '' && (await crypto.subtle.verify('HMAC', await hmacKey(secret), signature, body))) return true
  }
  return false
}
