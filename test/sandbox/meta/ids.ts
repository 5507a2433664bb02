import { createHash, randomBytes } from 'node:crypto'

/** A message id in WhatsApp's form; random, so that ids never repeat after the state is forgotten. */
export function newWamid(digits: string): string {
  const head = Buffer.from([0x1d, ...Buffer.from(digits.slice(0, 15))])
  return `wamid.${Buffer.concat([head, Buffer.from([0x15, 0x02, 0x00]), randomBytes(16)]).toString('base64')}`
}

/** Fifteen digits, as Graph objects carry them. */
export function newObjectId(): string {
  return `9${[...randomBytes(14)].map((byte) => byte % 10).join('')}`
}

export function newTraceId(): string {
  return `A${randomBytes(16).toString('base64url')}`
}

/** A business-scoped user id: country, dot, digits that depend on the person and on the business portfolio. */
export function businessScopedId(country: string, person: string, businessId: string): string {
  const hash = createHash('sha256').update(`${person}|${businessId}`).digest()
  return `${country}.${hash.readBigUInt64BE(0).toString().padStart(20, '7').slice(0, 16)}`
}
