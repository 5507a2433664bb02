import { expect, it } from 'vitest'
import { readMediaToken, signMediaUrl } from './media.links.ts'

const config = { SESSION_KEY: 'AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA=', PUBLIC_ORIGIN: 'https://kaiwa.test/' }
const link = { orgId: 'org_aaaaaaaaaaaaaaaaaaaa', shard: 1, seq: 42 }
const now = Date.parse('2026-11-22T10:01:00.000Z')
const tokenOf = (url: string) => new URL(url).pathname.replace('/api/media/', '')

it('opens the file it was made for, for 15 to 20 minutes', async () => {
  const url = await signMediaUrl(config, link, now)
  expect(url.startsWith('https://kaiwa.test/api/media/')).toBe(true)
  expect(await readMediaToken(config, tokenOf(url), now + 15 * 60_000)).toEqual(link)
  expect(await readMediaToken(config, tokenOf(url), now + 20 * 60_000)).toBeNull()
})

it('stays the same for some minutes, so that a browser may keep the file', async () => {
  expect(await signMediaUrl(config, link, now + 60_000)).toBe(await signMediaUrl(config, link, now))
})

it('opens nothing when a part of it was changed or another key signed it', async () => {
  const token = tokenOf(await signMediaUrl(config, link, now))
  const parts = token.split('.')
  for (const index of parts.keys()) {
    const altered = parts.with(index, `${parts[index]}1`).join('.')
    expect({ altered, opens: await readMediaToken(config, altered, now) }).toEqual({ altered, opens: null })
  }
  const otherKey = { SESSION_KEY: 'AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=', PUBLIC_ORIGIN: undefined }
  expect(await readMediaToken(otherKey, token, now)).toBeNull()
  for (const bad of ['', 'x', '1.org_a.2.3.4']) expect(await readMediaToken(config, bad, now)).toBeNull()
})

it('is relative where no public address is configured', async () => {
  const url = await signMediaUrl({ SESSION_KEY: config.SESSION_KEY, PUBLIC_ORIGIN: undefined }, link, now)
  expect(url.startsWith('/api/media/')).toBe(true)
})
