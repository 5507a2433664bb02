import { signal } from '@preact/signals'
import { describe, expect, it, vi } from 'vitest'
import { adminSession, setup } from '../../../test/setup-fixtures.ts'
import { createHttp } from '../../api/http.ts'
import { createFakeHost } from '../../host/fake-host.ts'
import { createWords } from '../words.ts'
import { createSettings } from './create-settings.ts'

const NO_WORDS = () => async () => ({})
const error = (status: number, code: string) =>
  Response.json({ error: { code, message: 'm', requestId: 'r' } }, { status })
const session = {
  token: 'agent-1',
  expiresAt: adminSession.expiresAt,
  agent: { id: '7', name: 'Ana', role: 'admin' },
  now: adminSession.now,
}

type Answer = (call: string) => Response | undefined

/** `hasKey`: Desk holds an install key, so that a session can be had without signing in. */
function world(options: { hasKey?: boolean; answer?: Answer } = {}) {
  const { hasKey = true, answer = () => undefined } = options
  const calls: string[] = []
  const host = createFakeHost({
    answer: () =>
      hasKey
        ? { status: 200, text: JSON.stringify(session) }
        : {
            status: 401,
            text: JSON.stringify({ error: { code: 'sessions.key_unknown', message: 'm', requestId: 'r' } }),
          },
  })
  const http = createHttp('', async (path, { method, headers }) => {
    const call = `${method} ${path} ${new Headers(headers).get('Authorization')?.replace('Bearer ', '')}`.trim()
    calls.push(call)
    const given = answer(call)
    if (given !== undefined) return given
    if (path === '/api/admin/session') return Response.json(adminSession)
    if (path === '/api/admin/install-key')
      return Response.json({ installKey: 'kk', isPlaced: false, session: { ...adminSession, token: 'proof-2' } })
    return path === '/api/setup' ? Response.json(setup()) : Response.json({})
  })
  const settings = createSettings({
    host,
    person: { portalId: '60000001', userId: '7' },
    words: createWords('en', {}, NO_WORDS),
    http,
    origin: '',
    network: { isOnline: signal(true), isVisible: () => true, onChange: () => undefined },
    windows: { origin: 'null', open: () => null, listen: () => () => undefined },
  })
  const signIn = async () => {
    await vi.waitFor(() => expect(settings.proof.address.value).not.toBeNull(), { timeout: 10_000 })
    await settings.proof.submit('code')
  }
  return { settings, calls, signIn }
}

describe('the settings pane', () => {
  it('reads with the session that the install key opens', async () => {
    const { settings, calls } = world()
    await settings.reload()
    expect(settings.phase.value).toBe('ready')
    expect(calls).toEqual(['GET /api/setup agent-1'])
  })

  it.each([
    ['signed_out', { hasKey: false }],
    ['not_admin', { answer: () => error(403, 'sessions.role_too_low') }],
    ['failed', { answer: () => error(503, 'system.away') }],
  ])('is %s where it must be', async (phase, options) => {
    const { settings } = world(options)
    await settings.reload()
    expect(settings.phase.value).toBe(phase)
  })

  it('keeps what it showed when reading fails later', async () => {
    let isAway = false
    const { settings } = world({ answer: () => (isAway ? error(503, 'system.away') : undefined) })
    await settings.reload()
    isAway = true
    await settings.reload()
    expect([settings.phase.value, settings.failure.value?.code, settings.setup.value?.desk.portalName]).toEqual([
      'ready',
      'system.away',
      'Example',
    ])
  })

  it('asks for the proof before a change, and then goes on', async () => {
    const { settings, calls, signIn } = world()
    const changed = settings.calls.refreshAccount('700100')
    await signIn()
    expect(await changed).toBeNull()
    expect(calls).toContain('POST /api/accounts/700100/refresh proof-1')
  })

  it('changes nothing when the person does not sign in', async () => {
    const { settings, calls } = world()
    const changed = settings.calls.refreshAccount('700100')
    settings.proof.decline()
    expect(await changed).toMatchObject({ code: 'administration.not_signed_in' })
    expect(calls.filter((call) => call.startsWith('POST'))).toEqual([])
  })

  it('asks again when the proof is no longer taken', async () => {
    const { settings, calls, signIn } = world({
      answer: (call) =>
        call === 'POST /api/accounts/1/refresh proof-1' && calls.length < 6
          ? error(401, 'sessions.expired')
          : undefined,
    })
    const changed = settings.calls.refreshAccount('1')
    await signIn()
    await signIn()
    expect(await changed).toBeNull()
  })

  it('makes the install key as soon as Desk is connected, and goes on with the session that came with it', async () => {
    const { settings, calls, signIn } = world({ hasKey: false })
    void settings.proof.ask('connect')
    await signIn()
    await vi.waitFor(() => expect(settings.installKey.shown.value).toBe('kk'), { timeout: 10_000 })
    expect(settings.proof.token()).toBe('proof-2')
    expect(calls.filter((call) => call.includes('install-key'))).toEqual(['POST /api/admin/install-key proof-1'])
  })

  it('makes none for somebody who only signs in', async () => {
    const { settings, calls, signIn } = world({ hasKey: false })
    void settings.proof.ask('proof')
    await signIn()
    await settings.reload()
    expect(calls.filter((call) => call.includes('install-key'))).toEqual([])
  })
})
