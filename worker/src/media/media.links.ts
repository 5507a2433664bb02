import { toHex } from '../platform/crypto.ts'
import { purposeKey } from '../platform/derived-keys.ts'
import type { Config } from '../platform/env.ts'

/** The file of one message. */
export type MediaLink = { orgId: string; shard: number; seq: number }

type LinkConfig = Pick<Config, 'SESSION_KEY' | 'PUBLIC_ORIGIN'>

/** A link lives 15 minutes at least; it ends on a round step, so that a page read again names the same URL and hits the cache. */
const LINK_MS = 15 * 60 * 1_000
const STEP_MS = 5 * 60 * 1_000

const encoder = new TextEncoder()

/**
 * A URL that opens one message's file for 15 to 20 minutes, for whoever holds it. Absolute where PUBLIC_ORIGIN is configured,
 * else to be resolved against the Worker's own address.
 */
export async function signMediaUrl(config: LinkConfig, link: MediaLink, now: number): Promise<string> {
  const expiresAt = Math.ceil((now + LINK_MS) / STEP_MS) * STEP_MS
  const payload = `${link.shard}.${link.orgId}.${link.seq}.${expiresAt}`
  const signature = toHex(await crypto.subtle.sign('HMAC', await key(config), encoder.encode(payload)))
  return `${config.PUBLIC_ORIGIN?.replace(/\/+$/, '') ?? ''}/api/media/${payload}.${signature}`
}

const TOKEN = /^(\d{1,3})\.(org_[a-z0-9]{12,40})\.(\d{1,16})\.(\d{1,16})\.([0-9a-f]{64})$/

/** What a link opens; null when it is altered, over, or none of ours. */
export async function readMediaToken(config: LinkConfig, token: string, now: number): Promise<MediaLink | null> {
  const [, shard = '', orgId = '', seq = '', expiresAt = '', signature = ''] = TOKEN.exec(token) ?? []
  if (signature === '') return null
  const payload = `${shard}.${orgId}.${seq}.${expiresAt}`
  const bytes = Uint8Array.from(signature.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
  const isOurs = await crypto.subtle.verify('HMAC', await key(config), bytes, encoder.encode(payload))
  if (!isOurs || Number(expiresAt) <= now) return null
  return { orgId, shard: Number(shard), seq: Number(seq) }
}

function key(config: LinkConfig): Promise<CryptoKey> {
  return purposeKey(config.SESSION_KEY, 'media')
}
