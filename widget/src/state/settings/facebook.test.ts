import { signal } from '@preact/signals'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { FacebookAttempt } from '../../../../contract/index.ts'
import { NOW } from '../../../test/setup-fixtures.ts'
import type { ApiFailure } from '../../api/http.ts'
import { fail, ok } from '../../result.ts'
import { createWords } from '../words.ts'
import type { FacebookDeps } from './facebook.ts'
import { createFacebook } from './facebook.ts'

beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse(NOW) })
})
afterEach(() => {
  vi.useRealTimers()
})

const attempt = (state: string, changes: Record<string, unknown> = {}) => ({
  attemptId: 'a1',
  state,
  leftAt: null,
  failure: null,
  wabaId: null,
  phoneNumberId: null,
  ...changes,
})
const refusal: ApiFailure = { kind: 'http', status: 422, code: 'setup.not_offered', message: 'm' }

function world(options: { isProven?: boolean; isBlocked?: boolean; isRefused?: boolean; looks?: unknown[] } = {}) {
  const { isProven = true, isBlocked = false, isRefused = false, looks = [] } = options
  const windows: string[] = []
  const done: FacebookAttempt[] = []
  let reloads = 0
  let tell: (data: unknown) => void = () => undefined
  const deps: FacebookDeps = {
    proof: {
      current: signal(null),
      signIn: signal(null),
      address: signal(null),
      token: () => (isProven ? 't' : undefined),
      ask: async () => true,
      openWindow: () => undefined,
      submit: async () => undefined,
      decline: () => undefined,
      adopt: () => undefined,
      drop: () => undefined,
    },
    windows: {
      origin: 'null',
      open() {
        if (isBlocked) return null
        windows.push('opened')
        return { go: (url) => windows.push(url), close: () => windows.push('closed') }
      },
      listen(handler) {
        tell = handler
        return () => undefined
      },
    },
    change: async (read) => {
      if (isRefused) return fail(refusal)
      const value = read({ attemptId: 'a1', url: 'https://w.example/connect?ticket=t', expiresAt: NOW })
      return value === undefined ? fail(refusal) : ok(value)
    },
    read: async (read) => {
      const value = read(looks.shift() ?? attempt('open'))
      return value === undefined ? fail(refusal) : ok(value)
    },
    reload: async () => {
      reloads++
    },
    words: createWords('ja', {}, () => async () => ({})),
    onDone: (at) => done.push(at),
  }
  const facebook = createFacebook(deps)
  return { facebook, windows, done, reloads: () => reloads, tell: (data: unknown) => tell(data) }
}

describe('connecting Facebook', () => {
  it('opens the window in the click and follows it to the end', async () => {
    const end = attempt('done', { wabaId: '700100', phoneNumberId: '800100' })
    const { facebook, windows, done, reloads } = world({ looks: [attempt('open'), attempt('working'), end] })
    await facebook.start(false)
    expect(windows).toEqual(['opened', 'https://w.example/connect?ticket=t&locale=ja'])
    expect(facebook.view.value.state).toBe('open')
    await vi.advanceTimersByTimeAsync(2_000)
    expect(facebook.view.value.state).toBe('working')
    await vi.advanceTimersByTimeAsync(2_000)
    expect([facebook.view.value.state, reloads(), done[0]?.phoneNumberId]).toEqual(['done', 1, '800100'])
    await vi.advanceTimersByTimeAsync(20_000)
    expect(reloads()).toBe(1)
  })

  it('looks at once when the window says so', async () => {
    const { facebook, tell } = world({ looks: [attempt('open'), attempt('cancelled', { leftAt: 'PERMISSIONS' })] })
    await facebook.start(false)
    tell({ source: 'kaiwa.facebook', attemptId: 'a1' })
    await vi.advanceTimersByTimeAsync(0)
    expect(facebook.view.value).toMatchObject({ state: 'cancelled', attempt: { leftAt: 'PERMISSIONS' } })
  })

  it('tells the end once, however many learn of it', async () => {
    const end = attempt('done', { wabaId: '700100' })
    const { facebook, done, tell } = world({ looks: [attempt('open'), end, end, end] })
    await facebook.start(false)
    const said = { source: 'kaiwa.facebook', attemptId: 'a1' }
    tell(said)
    tell(said)
    await vi.advanceTimersByTimeAsync(0)
    tell(said)
    await vi.advanceTimersByTimeAsync(4_000)
    expect(done).toHaveLength(1)
  })

  it('follows a second try in the same window', async () => {
    const looks = [attempt('cancelled'), attempt('working'), attempt('done', { wabaId: '700100' })]
    const { facebook, done } = world({ looks })
    await facebook.start(false)
    expect(facebook.view.value.state).toBe('cancelled')
    await vi.advanceTimersByTimeAsync(4_000)
    expect([facebook.view.value.state, done.length]).toEqual(['done', 1])
  })

  it.each([
    ['the browser blocked the window', { isBlocked: true }],
    ['the person had to sign in first', { isProven: false }],
  ])('shows a link where %s', async (_, options) => {
    const { facebook } = world(options)
    await facebook.start(false)
    expect(facebook.view.value).toMatchObject({ state: 'ready', url: 'https://w.example/connect?ticket=t&locale=ja' })
    facebook.followed()
    expect(facebook.view.value.state).toBe('open')
  })

  it('closes the window again when none could be had', async () => {
    const { facebook, windows } = world({ isRefused: true })
    await facebook.start(false)
    expect(windows).toEqual(['opened', 'closed'])
    expect(facebook.view.value).toMatchObject({ state: 'failed', refusal: { code: 'setup.not_offered' } })
  })

  it('asks no more after it was given up', async () => {
    const { facebook, reloads } = world({ looks: [attempt('open'), attempt('done')] })
    await facebook.start(false)
    facebook.reset()
    await vi.advanceTimersByTimeAsync(20_000)
    expect([facebook.view.value.state, reloads()]).toEqual(['idle', 0])
  })
})
