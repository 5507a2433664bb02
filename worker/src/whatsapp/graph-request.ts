import { z } from 'zod'
import type { Result } from '../platform/errors.ts'
import { failed, ok } from '../platform/errors.ts'
import { withoutSecrets } from './without-secrets.ts'
import { call, parseJson } from '../platform/http.ts'
import type { GraphAccess } from './graph-client.ts'

/**
 * Why Graph did not do what it was asked. `refused`: Meta said no. `not_sent`: no byte reached Meta. `lost`: it may have been done.
 * `code` and `subcode` are null where the answer held none.
 */
export type GraphFailure = {
  kind: 'refused' | 'not_sent' | 'lost'
  code: number | null
  subcode: number | null
  details: string | null
  retryAfterMs: number | null
}

export type GraphAnswer<Value> = Result<Value, GraphFailure>

export type GraphRequest = {
  method?: 'GET' | 'POST' | 'DELETE'
  /** Below the version: `700100/phone_numbers`. */
  path: string
  query?: Record<string, string>
  body?: object
}

const TIMEOUT_MS = 15_000
const SECRET_KEYS = ['input_token', 'client_secret', 'code'] as const

const errorSchema = z.object({
  error: z.object({
    code: z.number().optional(),
    error_subcode: z.number().optional(),
    message: z.string().optional(),
    error_user_msg: z.string().optional(),
    error_data: z.object({ details: z.string().optional() }).optional().catch(undefined),
  }),
})

/** Meta's answer to a change: `{ success: true }`, sometimes with more. */
export const successSchema = z.object({ success: z.literal(true) })

/** One call to Graph with a time limit. Never throws for an answer of Meta's; an answer of another shape counts as lost. */
export async function askGraph<Value>(
  access: GraphAccess,
  { method = 'GET', path, query = {}, body }: GraphRequest,
  schema: z.ZodType<Value>,
): Promise<GraphAnswer<Value>> {
  const url = new URL(`${access.origin}/${access.version}/${path}`)
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
  const init = {
    method,
    headers: {
      authorization: `Bearer ${access.token}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  }
  // Who asks as an app does so with its secret; codes and tokens to look at stand in the query.
  const secrets = [access.token, ...access.token.split('|'), ...SECRET_KEYS.flatMap((name) => query[name] ?? [])]
  const answer = await call(url.toString(), init, TIMEOUT_MS)
  if (!answer.ok) {
    const kind = answer.error.kind === 'refused' ? 'not_sent' : 'lost'
    return failed({
      kind,
      code: null,
      subcode: null,
      details: withoutSecrets(answer.error.reason, secrets),
      retryAfterMs: null,
    })
  }
  const { status, headers, text } = answer.value
  const json = parseJson(text)
  const parsed = schema.safeParse(json)
  if (status === 200 && parsed.success) return ok(parsed.data)
  const failure = readFailure(status, headers, json)
  return failed({ ...failure, details: withoutSecrets(failure.details ?? '', secrets) })
}

function readFailure(status: number, headers: Headers, json: unknown): GraphFailure {
  const error = errorSchema.safeParse(json).data?.error
  const retryAfter = Number(headers.get('retry-after'))
  // A gateway's own 5xx, or a 200 that cannot be read, does not say whether it was done.
  const isUnclear = status === 200 || (status >= 500 && error?.code === undefined)
  return {
    kind: isUnclear ? 'lost' : 'refused',
    code: error?.code ?? null,
    subcode: error?.error_subcode ?? null,
    details: error?.error_data?.details ?? error?.error_user_msg ?? error?.message ?? `HTTP ${status}`,
    retryAfterMs: Number.isFinite(retryAfter) && retryAfter > 0 ? retryAfter * 1_000 : null,
  }
}
