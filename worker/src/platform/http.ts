import type { Result } from './errors.ts'
import { failed, ok } from './errors.ts'

export type HttpAnswer = { status: number; headers: Headers; text: string }

/**
 * Why a call brought no answer. `refused`: nothing can have happened on the other side. `lost`: it may have happened.
 */
export type HttpFailure = { kind: 'refused' | 'lost'; reason: string }

export type Fetcher = (request: Request) => Promise<Response>

/** No platform's answer is larger; whoever sends more, such as an alert address somebody typed in, fills no memory of ours. */
const MAX_ANSWER_BYTES = 10_000_000

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
    return ok({ status: response.status, headers: response.headers, text: await textOf(response) })
  } catch (error) {
    return failed(classify(error))
  } finally {
    clearTimeout(timer)
  }
}

/** The text of an answer; throws for one that does not end. */
async function textOf(response: Response): Promise<string> {
  if (response.body === null) return ''
  const decoder = new TextDecoder()
  let text = ''
  let bytes = 0
  // Leaving the loop by an error cancels what is still to come.
  for await (const read of response.body) {
    const chunk: unknown = read
    if (!(chunk instanceof Uint8Array)) throw new TypeError('The answer is no bytes.')
    bytes += chunk.byteLength
    if (bytes > MAX_ANSWER_BYTES) throw new RangeError('The answer is too large.')
    text += decoder.decode(chunk, { stream: true })
  }
  return text + decoder.decode()
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
