import { createHmac } from 'node:crypto'

/** JSON as Meta puts it on the wire: everything beyond ASCII as `\uxxxx` with lower-case hex digits. */
export function toWireJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

/** `X-Hub-Signature-256` of a body: HMAC-SHA256 over its bytes with the app secret. */
export function signatureOf(body: string, appSecret: string): string {
  return `sha256=${createHmac('sha256', appSecret).update(body, 'utf8').digest('hex')}`
}
