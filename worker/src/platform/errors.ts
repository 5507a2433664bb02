/** A failure with a public face: a stable code, an HTTP status, a sentence for a person. Thrown, and caught once at each door. */
export class AppError extends Error {
  override readonly name = 'AppError'
  readonly code: string
  readonly status: number
  readonly details: unknown
  readonly headers: Record<string, string>

  constructor(facts: {
    code: string
    status: number
    message: string
    details?: unknown
    headers?: Record<string, string>
    cause?: unknown
  }) {
    super(facts.message, facts.cause === undefined ? undefined : { cause: facts.cause })
    this.code = facts.code
    this.status = facts.status
    this.details = facts.details
    this.headers = facts.headers ?? {}
  }
}

/** An ordinary answer that may be a failure. */
export type Result<Value, Failure> = { ok: true; value: Value } | { ok: false; error: Failure }

export function ok<Value>(value: Value): { ok: true; value: Value } {
  return { ok: true, value }
}

export function failed<Failure>(error: Failure): { ok: false; error: Failure } {
  return { ok: false, error }
}
