import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createHttp } from '../api/http.ts'
import { createFakeHost } from '../host/fake-host.ts'
import { ok } from '../result.ts'
import { createClock } from './clock.ts'
import { createSession } from './session.ts'

const START = Date.parse('2026-11-22T12:00:00.000Z')

beforeEach(() => {
  vi.useFakeTimers({ now: START })
})
afterEach(() => {
  vi.useRealTimers()
})

function session(token: string, minutes = 15) {
  const now = Date.now()
  return {
    token,
    expiresAt: new Date(now + minutes * 60_000).toISOString(),
    agent: { id: '7', name: 'Ana', role: 'agent' },
    now: new Date(now).toISOString(),
  }
}

const refused = (status: number, code: string): Response =>
  Response.json({ error: { code, message: 'm', requestId: 'r' } }, { status })

/** `renewals`: what the Worker answers to renewals, undefined for a network that fails; afterwards it renews. */
function world(renewals: (Response | undefined)[] = []) {
  let opened = 0
  const renewed: string[] = []
  const host = createFakeHost({
    answer: () => ({ status: 200, text: JSON.stringify(session(`open-${++opened}`)) }),
  })
  const http = createHttp('', async (path, { headers }) => {
    renewed.push(`${path} ${new Headers(headers).get('Authorization')?.replace('Bearer ', '')}`)
    if (renewals.length === 0) return Response.json(session(`renewed-${renewed.length}`))
    const next = renewals.shift()
    if (next === undefined) throw new TypeError('Failed to fetch')
    return next
  })
  const clock = createClock()
  const store = createSession({
    host,
    http,
    origin: 'https://w.example',
    person: { portalId: '6', userId: '7' },
    clock,
  })
  return { store, host, renewed, clock }
}

describe('a session', () => {
  it('is opened through Desk, which alone knows the install key', async () => {
    const { store, host } = world()
    expect(await store.token()).toEqual(ok('open-1'))
    expect(host.proxied).toEqual([
      {
        url: 'https://w.example/api/session',
        method: 'POST',
        headers: { Authorization: 'Bearer {{install_key}}', 'Content-Type': 'application/json' },
        body: { portalId: '6', userId: '7' },
      },
    ])
  })

  it('is opened once for all who wait for it', async () => {
    const { store, host } = world()
    await Promise.all([store.token(), store.token(), store.open()])
    expect(host.proxied).toHaveLength(1)
  })

  it('is renewed directly two minutes before its end, and those who listen are told', async () => {
    const { store, renewed } = world()
    const told: string[] = []
    store.onRenewed((token) => told.push(token))
    await store.token()
    await vi.advanceTimersByTimeAsync(13 * 60_000)
    expect(renewed).toEqual(['/api/session/renew open-1'])
    expect(await store.token()).toEqual(ok('renewed-1'))
    expect(told).toEqual(['open-1', 'renewed-1'])
  })

  it('is opened anew when its renewal is refused', async () => {
    const { store, host } = world([refused(401, 'sessions.stale')])
    await store.token()
    await vi.advanceTimersByTimeAsync(13 * 60_000)
    expect(host.proxied).toHaveLength(2)
    expect(await store.token()).toEqual(ok('open-2'))
  })

  it('outlives a network that fails while it still holds', async () => {
    const { store, renewed } = world([undefined, undefined])
    await store.token()
    await vi.advanceTimersByTimeAsync(13 * 60_000)
    expect(await store.token()).toEqual(ok('open-1'))
    await vi.advanceTimersByTimeAsync(30_000)
    expect(renewed).toHaveLength(3)
    expect(await store.token()).toEqual(ok('renewed-3'))
  })

  it('that the Worker refuses is replaced once, however many calls were refused', async () => {
    const { store, host } = world()
    await store.token()
    const [a, b] = await Promise.all([store.replace('open-1'), store.replace('open-1')])
    expect([a, b]).toEqual([ok('open-2'), ok('open-2')])
    expect(await store.replace('open-1')).toEqual(ok('open-2'))
    expect(host.proxied).toHaveLength(2)
  })
})

it('tells why none could be opened', async () => {
  const { clock } = world()
  const body = { error: { code: 'sessions.key_unknown', message: 'm', requestId: 'r' } }
  const host = createFakeHost({ answer: () => ({ status: 401, text: JSON.stringify(body) }) })
  const http = createHttp('', () => Promise.reject(new TypeError('Failed to fetch')))
  const store = createSession({ host, http, origin: '', person: { portalId: '6', userId: '7' }, clock })
  expect(await store.token()).toMatchObject({ ok: false, error: { status: 401, code: 'sessions.key_unknown' } })
})

it('counts in the Worker’s time, whatever the device believes', async () => {
  const serverNow = START + 3 * 3_600_000
  const clock = createClock()
  clock.sync(new Date(serverNow).toISOString())
  await vi.advanceTimersByTimeAsync(10_000)
  expect(clock.read()).toBe(serverNow + 10_000)
  expect(clock.now.value).toBe(serverNow + 10_000)
  clock.wakeAt(serverNow + 12_000)
  await vi.advanceTimersByTimeAsync(2_010)
  expect(clock.now.value).toBeGreaterThanOrEqual(serverNow + 12_000)
  clock.stop()
})
