import { failed, ok } from '../platform/errors.ts'
import type { Result } from '../platform/errors.ts'
import type { Fetcher, HttpAnswer, HttpFailure } from '../platform/http.ts'
import { call, parseJson } from '../platform/http.ts'
import type { DeskCall } from './calls.ts'
import type { DeskResult } from './desk.types.ts'
import { errorCodeOf, failureOf, failureOfNone } from './failures.ts'
import { fileBody } from './multipart.ts'

/** Whose Desk, and with which access token. `origin` comes from the table of data centres, never from an answer. */
export type DeskSession = { origin: string; portalId: string; accessToken: string }

/** What a call did to the organisation's allowance, as its headers say. */
export type CallUsage = {
  /** HTTP status; 0 when no answer came. */
  status: number
  errorCode: string
  creditsUsed: number
  creditsLeft: number | null
}

/**
 * Makes one call. The answer's meaning is in `result`; `usage` tells what it cost.
 */
export async function performCall<Value>(
  session: DeskSession,
  request: DeskCall<Value>,
  now: number,
  fetcher?: Fetcher,
): Promise<{ result: DeskResult<Value>; usage: CallUsage }> {
  const sent = await send(session, request, fetcher)
  if (sent === null) {
    return { result: failed({ kind: 'invalid', code: 'FILE_GONE', fields: [] }), usage: noUsage }
  }
  if (!sent.ok) return { result: failed(failureOfNone(sent.error)), usage: noUsage }
  const answer = sent.value
  const isOk = answer.status >= 200 && answer.status < 300
  const usage = usageOf(answer, isOk ? '' : errorCodeOf(answer), request.credits)
  return { result: isOk ? valueOf(answer, request) : failed(failureOf(answer, now)), usage }
}

const noUsage: CallUsage = { status: 0, errorCode: '', creditsUsed: 0, creditsLeft: null }

async function send<Value>(
  session: DeskSession,
  request: DeskCall<Value>,
  fetcher: Fetcher | undefined,
): Promise<Result<HttpAnswer, HttpFailure> | null> {
  const url = new URL(`/api/v1${request.path}`, session.origin)
  for (const [name, value] of Object.entries(request.query ?? {})) url.searchParams.set(name, value)
  const headers = new Headers({ authorization: `Zoho-oauthtoken ${session.accessToken}`, orgId: session.portalId })
  const init: RequestInit = { method: request.method, headers }
  if (request.file !== undefined) {
    const form = await fileBody(request.file, `kaiwa-${crypto.randomUUID()}`)
    if (form === null) return null
    headers.set('content-type', form.contentType)
    init.body = form.body
  } else if (request.json !== undefined) {
    headers.set('content-type', 'application/json')
    init.body = JSON.stringify(request.json)
  }
  return call(url.toString(), init, request.timeoutMs, fetcher)
}

/** An answer of 2xx that cannot be read is as good as none: the work was done, its result is to be looked for. */
function valueOf<Value>(answer: HttpAnswer, request: DeskCall<Value>): DeskResult<Value> {
  const body = answer.text === '' ? undefined : parseJson(answer.text)
  const value = request.answer.safeParse(body)
  return value.success ? ok(value.data) : failed({ kind: 'lost', reason: 'unreadable answer' })
}

function usageOf(answer: HttpAnswer, errorCode: string, credits: number): CallUsage {
  const weight = numberOf(answer.headers.get('x-rate-limit-request-weight-v3'))
  return {
    status: answer.status,
    errorCode,
    creditsUsed: weight ?? credits,
    creditsLeft: numberOf(answer.headers.get('x-rate-limit-remaining-v3')),
  }
}

function numberOf(value: string | null): number | null {
  return value !== null && /^\d+$/.test(value.trim()) ? Number(value) : null
}
