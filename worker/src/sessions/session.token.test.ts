import { SignJWT } from 'jose'
import { describe, expect, it } from 'vitest'
import { purposeKey } from '../platform/derived-keys.ts'
import { issueSessionToken, readSessionToken, SESSION_MS } from './session.token.ts'

const key = 'AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA='
const otherKey = 'AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8='
const now = Date.parse('2026-11-22T10:00:00.500Z')
const who = {
  orgId: 'org_aaaaaaaaaaaaaaaaaaaa',
  shard: 1,
  epoch: 3,
  agentId: '1800000000601',
  name: 'Ken 森',
  role: 'agent',
  isProof: false,
  departments: ['1800000000100'],
} as const

const signed = async (claims: Record<string, unknown>, purpose: 'session' | 'media' = 'session') =>
  new SignJWT(claims).setProtectedHeader({ alg: 'HS256' }).sign(await purposeKey(key, purpose))

describe('a session token', () => {
  it('names the same agent when read again, until 15 minutes are over', async () => {
    const { token, session } = await issueSessionToken(key, who, () => now)
    expect(session.expiresAt).toBe(Date.parse('2026-11-22T10:15:00.000Z'))
    expect(await readSessionToken(key, token, () => now)).toEqual({ ok: true, value: session })
    expect(await readSessionToken(key, token, () => session.expiresAt - 1)).toMatchObject({ ok: true })
    expect(await readSessionToken(key, token, () => session.expiresAt)).toEqual({ ok: false, error: 'expired' })
    expect(await readSessionToken(key, token, () => now + SESSION_MS)).toEqual({ ok: false, error: 'expired' })
  })

  it('is refused with another key, altered, without a signature, and when it is no token', async () => {
    const { token } = await issueSessionToken(key, who, () => now)
    const [header = '', payload = '', signature = ''] = token.split('.')
    const unsigned = `${btoa('{"alg":"none","typ":"JWT"}').replaceAll('=', '')}.${payload}.`
    const flipped = `${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`
    expect(await readSessionToken(otherKey, token, () => now)).toEqual({ ok: false, error: 'invalid' })
    for (const bad of [`${header}.${payload}.${flipped}`, unsigned, `${header}.${payload}`, 'garbage', '']) {
      expect({ bad, ...(await readSessionToken(key, bad, () => now)) }).toEqual({ bad, ok: false, error: 'invalid' })
    }
  })

  it('is refused for another audience, another purpose and missing or wrong claims', async () => {
    const good = {
      org: who.orgId,
      shard: 0,
      epoch: 1,
      sub: who.agentId,
      name: 'Ken',
      role: 'agent',
      departments: [],
      iss: 'kaiwa',
      aud: 'kaiwa-api',
      iat: Math.floor(now / 1_000),
      exp: Math.floor(now / 1_000) + 60,
    }
    expect(await readSessionToken(key, await signed(good), () => now)).toMatchObject({ ok: true })
    expect(await readSessionToken(key, await signed(good, 'media'), () => now)).toMatchObject({
      ok: false,
    })
    for (const wrong of [
      { aud: 'else' },
      { iss: 'else' },
      { role: 'owner' },
      { exp: undefined },
      { org: undefined },
      { shard: '0' },
    ]) {
      const token = await signed({ ...good, ...wrong })
      expect({ wrong, ...(await readSessionToken(key, token, () => now)) }).toEqual({
        wrong,
        ok: false,
        error: 'invalid',
      })
    }
  })
})
