import { describe, expect, it } from 'vitest'
import type { Fetch } from './http.ts'
import { createHttp, readAnswer } from './http.ts'
import { read } from './shapes.ts'

const ticket = { ticket: 't', expiresAt: '2026-11-22T12:00:00.000Z', url: 'wss://x' }

function answering(response: () => Response | Promise<Response>): {
  fetch: Fetch
  calls: { url: string; init: RequestInit }[]
} {
  const calls: { url: string; init: RequestInit }[] = []
  return {
    calls,
    fetch: async (url, init) => {
      calls.push({ url, init })
      return response()
    },
  }
}

describe('a call', () => {
  it('goes to the Worker with its token, without cookies and past every cache', async () => {
    const { fetch, calls } = answering(() => Response.json(ticket))
    const answer = await createHttp('https://w.example', fetch).send('liveTicket', {
      method: 'POST',
      path: '/api/x',
      token: 'abc',
    })
    expect(answer).toEqual({ ok: true, value: ticket })
    expect(calls[0]?.url).toBe('https://w.example/api/x')
    expect(calls[0]?.init).toMatchObject({
      headers: { Authorization: 'Bearer abc' },
      credentials: 'omit',
      cache: 'no-store',
    })
  })

  it('tells a refusal by its code, with the time to wait', async () => {
    const body = { error: { code: 'rate_limited', message: 'Slow down.', requestId: 'req_1' } }
    const { fetch } = answering(() => Response.json(body, { status: 429, headers: { 'Retry-After': '7' } }))
    const answer = await createHttp('', fetch).send('liveTicket', { method: 'GET', path: '/', token: 't' })
    expect(answer).toEqual({
      ok: false,
      error: {
        kind: 'http',
        status: 429,
        code: 'rate_limited',
        message: 'Slow down.',
        requestId: 'req_1',
        retryAfterMs: 7000,
      },
    })
  })

  it.each([
    ['a network that is gone', () => Promise.reject(new TypeError('Failed to fetch')), 'network'],
    ['a Worker that does not answer', () => Promise.reject(new DOMException('late', 'TimeoutError')), 'timeout'],
    ['an answer that is no JSON', () => new Response('<html>'), 'invalid'],
    ['an answer of another shape', () => Response.json({ ticket: 1 }), 'invalid'],
    ['an error page of a proxy', () => new Response('Bad gateway', { status: 502 }), 'http'],
  ])('never throws: %s', async (_, response, kind) => {
    const answer = await createHttp('', answering(response).fetch).send('liveTicket', {
      method: 'GET',
      path: '/',
      token: 't',
    })
    expect(answer).toMatchObject({ ok: false, error: { kind } })
  })
})

it('reads what came through the proxy in the same way', () => {
  const liveTicket = (json: unknown) => read('liveTicket', json)
  expect(readAnswer(liveTicket, { status: 200, text: JSON.stringify(ticket) })).toEqual({ ok: true, value: ticket })
  expect(readAnswer(liveTicket, { status: 401, text: '' })).toMatchObject({
    ok: false,
    error: { status: 401, code: '' },
  })
})
