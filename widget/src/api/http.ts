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
  /** Facts that the Worker gave with its refusal. */
  details?: unknown
}

export type ApiResult<T> = Result<T, ApiFailure>

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
export type HttpRequest = { method: Method; path: string; token: string; body?: unknown }

/** The value that an answer's JSON (or, where it is none, its text) stands for; undefined where it is something else. */
export type Reader<T> = (json: unknown, text?: string) => T | undefined

export type Fetch = (input: string, init: RequestInit) => Promise<Response>

export type Http = {
  send<K extends keyof Shapes>(shape: K, request: HttpRequest): Promise<ApiResult<Shapes[K]>>
  /** The same for shapes that are no part of the ticket pane's first load. A `Blob` goes as it is, all else as JSON. */
  ask<T>(read: Reader<T>, request: HttpRequest): Promise<ApiResult<T>>
}

const TIMEOUT_MS = 20_000

function retryAfter(header: string | null): { retryAfterMs?: number } {
  const seconds = Number(header ?? Number.NaN)
  return Number.isFinite(seconds) && seconds >= 0 ? { retryAfterMs: seconds * 1000 } : {}
}

/** Reads an answer that came directly or through Desk's proxy. */
export function readAnswer<T>(
  readValue: Reader<T>,
  answer: { status: number; text: string; retryAfter?: string | null },
): ApiResult<T> {
  const { status, text } = answer
  const json = parseJson(text)
  if (status >= 200 && status < 300) {
    const value = readValue(json, text)
    if (value !== undefined) return ok(value)
    return fail({ kind: 'invalid', status, code: '', message: 'Unreadable answer.' })
  }
  const error = read('errorBody', json)?.error
  return fail({
    kind: 'http',
    status,
    code: error?.code ?? '',
    message: error?.message ?? `HTTP ${status}`,
    ...(error === undefined ? {} : { requestId: error.requestId, details: error.details }),
    ...retryAfter(answer.retryAfter ?? null),
  })
}

/** Calls to the Worker. Never throws: what went wrong is in the result. */
export function createHttp(origin: string, fetch: Fetch): Http {
  const ask: Http['ask'] = async (readValue, { method, path, token, body }) => {
    const headers: Record<string, string> = { Authorization: `Bearer ${token}` }
    const isJson = body !== undefined && !(body instanceof Blob)
    if (isJson) headers['Content-Type'] = 'application/json'
    try {
      const response = await fetch(origin + path, {
        method,
        headers,
        ...(body === undefined ? {} : { body: isJson ? JSON.stringify(body) : body }),
        cache: 'no-store',
        credentials: 'omit',
        signal: AbortSignal.timeout(TIMEOUT_MS),
      })
      const text = await response.text()
      return readAnswer(readValue, { status: response.status, text, retryAfter: response.headers.get('Retry-After') })
    } catch (error) {
      const isTimeout = error instanceof DOMException && error.name === 'TimeoutError'
      const message = error instanceof Error ? error.message : 'unknown'
      return fail({ kind: isTimeout ? 'timeout' : 'network', status: 0, code: '', message })
    }
  }
  return { ask, send: (shape, request) => ask((json) => read(shape, json), request) }
}
