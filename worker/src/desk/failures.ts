import type { HttpAnswer, HttpFailure } from '../platform/http.ts'
import { parseJson } from '../platform/http.ts'
import { errorSchema } from './desk.schemas.ts'
import type { DeskFailure, InvalidField } from './desk.types.ts'

/** What Desk says is used up comes back at the latest with the next day; where no time is given, ask again in a quarter of an hour. */
const USUAL_PAUSE_MS = 15 * 60_000
const LONGEST_PAUSE_MS = 24 * 3_600_000
const BUSY_MS = 1_000

type Refusal = {
  status: number
  code: string
  fields: readonly InvalidField[]
  retryAfterMs: number | null
  now: number
}
type Rule = {
  status: number | ((status: number) => boolean)
  code?: RegExp
  failure: (refusal: Refusal) => DeskFailure
}

const forbidden = ({ code }: Refusal): DeskFailure => ({ kind: 'forbidden', code })
const invalid = ({ code, fields }: Refusal): DeskFailure => ({ kind: 'invalid', code, fields })

/** The first rule that fits decides. Codes as Desk's specification lists them. */
const RULES: readonly Rule[] = [
  { status: 401, code: /^INVALID_OAUTH$/, failure: () => ({ kind: 'token' }) },
  { status: 401, failure: forbidden },
  { status: 403, failure: forbidden },
  { status: 404, failure: () => ({ kind: 'gone' }) },
  { status: 429, code: /^THRESHOLD_EXCEEDED$/, failure: paused },
  { status: 429, failure: ({ now, retryAfterMs }) => ({ kind: 'busy', retryAt: now + (retryAfterMs ?? BUSY_MS) }) },
  // The other side of these two may still be at work.
  { status: 502, failure: () => ({ kind: 'lost', reason: 'http_502' }) },
  { status: 504, failure: () => ({ kind: 'lost', reason: 'http_504' }) },
  { status: (status) => status >= 500, failure: ({ status }) => ({ kind: 'server', status }) },
  { status: 408, failure: () => ({ kind: 'lost', reason: 'http_408' }) },
  { status: (status) => status >= 400, failure: invalid },
]

function paused({ now, retryAfterMs }: Refusal): DeskFailure {
  return { kind: 'paused', retryAt: now + Math.min(retryAfterMs ?? USUAL_PAUSE_MS, LONGEST_PAUSE_MS) }
}

/** What an answer that is not 2xx means. A redirect, or anything else that is no answer of Desk's API, is a lost one. */
export function failureOf(answer: HttpAnswer, now: number): DeskFailure {
  const refusal = refusalOf(answer, now)
  const rule = RULES.find(
    ({ status, code }) =>
      (typeof status === 'number' ? status === refusal.status : status(refusal.status)) &&
      (code?.test(refusal.code) ?? true),
  )
  return rule?.failure(refusal) ?? { kind: 'lost', reason: `http_${answer.status}` }
}

/** What a call without an answer means. */
export function failureOfNone(failure: HttpFailure): DeskFailure {
  return { kind: failure.kind === 'refused' ? 'unreachable' : 'lost', reason: failure.reason }
}

export function errorCodeOf(answer: HttpAnswer): string {
  return errorSchema.parse(parseJson(answer.text)).errorCode ?? ''
}

function refusalOf(answer: HttpAnswer, now: number): Refusal {
  const body = errorSchema.parse(parseJson(answer.text))
  return {
    status: answer.status,
    code: body.errorCode ?? `HTTP_${answer.status}`,
    fields: (body.errors ?? []).map((error) => ({
      name: (error.fieldName ?? '').replace(/^\//, ''),
      type: error.errorType ?? 'invalid',
    })),
    retryAfterMs: retryAfterOf(answer.headers.get('retry-after'), now),
    now,
  }
}

/** Seconds or an HTTP date. */
function retryAfterOf(value: string | null, now: number): number | null {
  if (value === null || value.trim() === '') return null
  const ms = /^\d+$/.test(value.trim()) ? Number(value) * 1_000 : Date.parse(value) - now
  return Number.isFinite(ms) ? Math.max(ms, 0) : null
}
