import { createHmac, timingSafeEqual } from 'node:crypto'

/** The order in which an Invoke call's fields are signed; empty ones are left out, values are raw. */
const SIGNED_FIELDS = ['requestURL', 'requestType', 'queryParams', 'postBody', 'headers', 'connectionLinkName']

/** HASH of a callback. The exact bytes are unconfirmed: here they are the body's. */
export function callbackHash(secret: string, body: string): string {
  return createHmac('sha256', secret).update(body).digest('hex')
}

/** HASH of an Invoke call; `securityContext` is not in it. */
export function invokeHash(secret: string, fields: Record<string, string>): string {
  const signed = SIGNED_FIELDS.flatMap((name) => {
    const value = fields[name]
    return value === undefined || value === '' ? [] : `${name}=${value}`
  })
  return createHmac('sha256', secret).update(signed.join('&')).digest('hex')
}

export function isSameHash(left: string, right: string): boolean {
  const [a, b] = [Buffer.from(left), Buffer.from(right)]
  return a.length === b.length && timingSafeEqual(a, b)
}
