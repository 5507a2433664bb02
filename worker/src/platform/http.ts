import type { Result } from './errors.ts'
import { failed, ok } from './errors.ts'

export type HttpAnswer = { status: number; headers: Headers; text: string }

/**
 * Why a call brought no answer. `refused`: nothing can have happened on the other side. `lost`: it may have happened.
 */
export type HttpFailure = { kind: 'refused' | 'lost'; reason: string }

export type Fetcher = (request: Request) => Promise<Response>

/** One outbound call with a time limit in milliseconds. Redirects are not followed: no platform call of ours needs one. */
export async function call(
  url: string,
  init: RequestInit,
  timeoutMs: number,
  fetcher: Fetcher = fetch,
): Promise<Result<HttpAnswer, HttpFailure>> {
  // A timer that is cleared: AbortSignal.timeout would keep a Durable Object from hibernating until it is over.
  const limit = new AbortController()
  const timer = setTimeout(() => limit.abort(new DOMException('No answer in time.', 'TimeoutError')), timeoutMs)
  try {
    const response = await fetcher(new Request(url, { ...init, redirect: 'manual', signal: limit.signal }))
    return ok({ status: response.status, headers: response.headers, text: await response.text() })
  } catch (error) {
    return failed(classify(error))
  } finally {
    clearTimeout(timer)
  }
}

/** Connection refused and unknown host happen before a byte leaves; everything else is unknown. */
function classify(error: unknown): HttpFailure {
  const reason = error instanceof Error ? `${error.name}: ${error.message}` : 'unknown'
  const isRefused = /refused|could not resolve|dns/i.test(reason)
  return { kind: isRefused ? 'refused' : 'lost', reason: reason.slice(0, 200) }
}

/** The JSON of a text, or undefined when it is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
