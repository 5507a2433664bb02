import type { Hook } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import type { ErrorBody } from '../../../contract/index.ts'
import type { AppEnv } from './app-env.ts'
import { AppError } from './errors.ts'
import { logger } from './logger.ts'
import { describeIssues } from './request-issues.ts'
import { invalidRequest } from './request-errors.ts'

/** Said where no route is declared, and of paths whose ids cannot be ids. */
export function notFoundError(): AppError {
  return new AppError({ code: 'request.not_found', status: 404, message: 'There is nothing at this address.' })
}

/** Turns what a route or a middleware threw into the one shape of failures. Unknown errors are told to the log, not to the caller. */
export function answerFailure(error: unknown, c: Context<AppEnv>): Response {
  const known = toAppError(error)
  const requestId = c.get('requestId')
  if (known === null) {
    logger.error('http.failed', error, { requestId })
    return write(c, new AppError({ code: 'internal', status: 500, message: 'Something failed here. Try again.' }))
  }
  if (known.cause !== undefined) logger.error('http.refused', known.cause, { requestId, code: known.code })
  return write(c, known)
}

/** Refuses what does not fit a route's schemas. Body: 422; query: 400; an id in the path that cannot be one: 404. */
export const refuseInvalid: Hook<unknown, AppEnv, string, void> = (result) => {
  if (result.success) return
  if (result.target === 'param') throw notFoundError()
  const isBody = result.target === 'json' || result.target === 'form'
  throw invalidRequest(isBody ? 422 : 400, isBody ? 'body' : 'query', describeIssues(result.error.issues))
}

function toAppError(error: unknown): AppError | null {
  if (error instanceof AppError) return error
  if (!(error instanceof HTTPException)) return null
  if (error.status === 415) {
    return new AppError({
      code: 'request.content_type',
      status: 415,
      message: 'The body is of another type than this call accepts; see /openapi.json.',
    })
  }
  // The only other ones hono throws here are about bodies that cannot be parsed.
  if (error.status === 400) {
    return new AppError({
      code: 'request.malformed',
      status: 400,
      message: 'The body cannot be parsed as what its Content-Type says.',
    })
  }
  return null
}

function write(c: Context<AppEnv>, error: AppError): Response {
  const body: ErrorBody = {
    error: {
      code: error.code,
      message: error.message,
      requestId: c.get('requestId'),
      ...(error.details !== undefined && { details: error.details }),
    },
  }
  return new Response(JSON.stringify(body), {
    status: error.status,
    headers: { ...error.headers, 'Content-Type': 'application/json' },
  })
}
