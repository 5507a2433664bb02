import { fromHex, toHex } from '../platform/crypto.ts'
import { purposeKey } from '../platform/derived-keys.ts'
import type { Config } from '../platform/env.ts'

type LinkConfig = Pick<Config, 'SESSION_KEY' | 'PUBLIC_ORIGIN'>

/** The icon of one channel; `version` changes with the icon. */
export type IconLink = { orgId: string; shard: number; channelId: string; version: string }

/** A link lives 15 minutes at least; it ends on a round step, so that a page read again names the same URL and hits the cache. */
const LINK_MS = 15 * 60 * 1_000
const STEP_MS = 5 * 60 * 1_000

const encoder = new TextEncoder()
const TOKEN = /^((\d{1,3})\.(org_[a-z0-9]{12,40})\.(ch_[a-z0-9]{12,40})\.([0-9a-f]{8,64})\.(\d{1,16}))\.([0-9a-f]{64})$/

/** A URL that opens an icon for 15 to 20 minutes, for whoever holds it. */
export async function signIconUrl(config: LinkConfig, link: IconLink, now: number): Promise<string> {
  const expiresAt = Math.ceil((now + LINK_MS) / STEP_MS) * STEP_MS
  const payload = `${link.shard}.${link.orgId}.${link.channelId}.${link.version}.${expiresAt}`
  const signature = toHex(await crypto.subtle.sign('HMAC', await key(config), encoder.encode(payload)))
  return `${config.PUBLIC_ORIGIN?.replace(/\/+$/, '') ?? ''}/api/channel-icons/${payload}.${signature}`
}

/** What a link opens; null when it is altered, over, or none of ours. */
export async function readIconToken(config: LinkConfig, token: string, now: number): Promise<IconLink | null> {
  const [, payload = '', shard, orgId, channelId, version, expiresAt, signature = ''] = TOKEN.exec(token) ?? []
  const bytes = fromHex(signature)
  if (orgId === undefined || channelId === undefined || version === undefined || bytes === null) return null
  const isOurs = await crypto.subtle.verify('HMAC', await key(config), bytes, encoder.encode(payload))
  if (!isOurs || Number(expiresAt) <= now) return null
  return { orgId, shard: Number(shard), channelId, version }
}

function key(config: LinkConfig): Promise<CryptoKey> {
  return purposeKey(config.SESSION_KEY, 'icon')
}
