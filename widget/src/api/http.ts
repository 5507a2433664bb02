import { parseJson } from '../json.ts'
import type { Result } from '../result.ts'
import { fail, ok } from '../result.ts'
import type { Shapes } from './shapes.ts'
import { read } from './shapes.ts'

/**
 * Why a call did not give its answer. `network` and `timeout`: nobody knows whether the Worker saw it. `http`: the Worker
 * (or Desk's proxy) refused. `invalid`: the answer is not what the contract says.
 */
export type ApiFailure = {
  kind: 'network' | 'timeout' | 'http' | 'invalid'
  /** HTTP status, 0 where there was none. */
  status: number
  /** The Worker's stable code, such as `messages.window_closed`; empty where there was none. */
  code: string
  message: string
  requestId?: string
  /** From `Retry-After`. */
  retryAfterMs?: number
}

export type ApiResult<T> = Result<T, ApiFailure>

export type HttpRequest = { method: 'GET' | 'POST'; path: string; token: string; body?: unknown }

export type Fetch = (input: string, init: RequestInit) => Promise<Response>

export type Http = { send<K extends keyof Shapes>(shape: K, request: HttpRequest): Promise<ApiResult<Shapes[K]>> }

const TIMEOUT_MS = 20_000

function retryAfter(header: string | null): { retryAfterMs?: number } {
  const seconds = Number(header ?? Number.NaN)
  return Number.isFinite(seconds) && seconds >= 0 ? { retryAfterMs: seconds * 1000 } : {}
}

/** Reads an answer that came directly or through Desk's proxy. */
export function readAnswer<K extends keyof Shapes>(
  shape: K,
  answer: { status: number; text: string; retryAfter?: string | null },
): ApiResult<Shapes[K]> {
  const { status, text } = answer
  const json = parseJson(text)
  if (status >= 200 && status < 300) {
    const value = read(shape, json)
    if (value !== undefined) return ok(value)
    return fail({ kind: 'invalid', status, code: '', message: `The answer is no ${shape}.` })
  }
  const error = read('errorBody', json)?.error
  return fail({
    kind: 'http',
    status,
    code: error?.code ?? '',
    message: error?.message ?? `HTTP ${status}`,
    ...(error === undefined ? {} : { requestId: error.requestId }),
    ...retryAfter(answer.retryAfter ?? null),
  })
}

/** Calls to the Worker. Never throws: what went wrong is in the result. */
export function createHttp(origin: string, fetch: Fetch): Http {
  return {
    async send(shape, { method, path, token, body }) {
      const headers: Record<string, string> = { Authorization: `Bearer ${token}` }
      if (body !== undefined) headers['Content-Type'] = 'application/json'
      try {
        const response = await fetch(origin + path, {
          method,
          headers,
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
          cache: 'no-store',
          credentials: 'omit',
          signal: AbortSignal.timeout(TIMEOUT_MS),
        })
        const text = await response.text()
        return readAnswer(shape, { status: response.status, text, retryAfter: response.headers.get('Retry-After') })
      } catch (error) {
        const isTimeout = error instanceof DOMException && error.name === 'TimeoutError'
        const message = error instanceof Error ? error.message : 'unknown'
        return fail({ kind: isTimeout ? 'timeout' : 'network', status: 0, code: '', message })
      }
    },
  }
}
