import { beforeEach, describe, expect, it, vi } from 'vitest'
import { SandboxClock } from './clock.ts'
import { createPlatform } from './platform.ts'
import type { Platform } from './platform.ts'

let platform: Platform
const onClockMoved = vi.fn(() => Promise.resolve())

const move = async (body: unknown): Promise<Response> =>
  platform.app.request('/__sandbox/clock', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })

beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse('2026-01-01T00:00:00Z') })
  onClockMoved.mockClear()
  platform = createPlatform({ clock: new SandboxClock(), state: () => ({}), onClockMoved })
  return () => vi.useRealTimers()
})

describe('POST /__sandbox/clock', () => {
  it.each([
    ['ahead by milliseconds', { advanceMs: 3_600_000 }, '2026-01-01T01:00:00.000Z', 3_600_000],
    ['back by milliseconds', { advanceMs: -1_000 }, '2025-12-31T23:59:59.000Z', -1_000],
    ['to an ISO time', { to: '2026-01-31T00:00:00Z' }, '2026-01-31T00:00:00.000Z', 2_592_000_000],
    ['to an ISO time with its offset', { to: '2026-01-01T09:00:01+09:00' }, '2026-01-01T00:00:01.000Z', 1_000],
    ['to epoch milliseconds', { to: 1_767_225_601_500 }, '2026-01-01T00:00:01.500Z', 1_500],
  ])('moves %s', async (_what, body, now, offsetMs) => {
    const answer = await move(body)
    expect(answer.status).toBe(200)
    expect(await answer.json()).toEqual({ now, offsetMs })
    expect(onClockMoved).toHaveBeenCalledOnce()
  })

  it('runs on from where it was moved to', async () => {
    await move({ to: '2026-06-01T00:00:00Z' })
    vi.advanceTimersByTime(1_000)
    expect(platform.clock.iso()).toBe('2026-06-01T00:00:01.000Z')
  })

  it.each([
    ['nothing', {}],
    ['part of a millisecond', { advanceMs: 0.5 }],
    ['a word', { to: 'tomorrow' }],
    ['a time without its offset', { to: '2026-01-31T00:00:00' }],
    ['a time beyond all dates', { to: 8.64e15 + 1 }],
    ['both', { advanceMs: 1, to: '2026-01-31T00:00:00Z' }],
  ])('does not move by %s', async (_what, body) => {
    const answer = await move(body)
    expect(answer.status).toBe(400)
    expect(platform.clock.offsetMs).toBe(0)
    expect(onClockMoved).not.toHaveBeenCalled()
  })
})
