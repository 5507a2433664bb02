import { openSessionBodySchema } from '../../../contract/index.ts'
import type { z } from 'zod'
import { AppError } from '../platform/errors.ts'
import { parseJson } from '../platform/http.ts'
import { invalidRequest } from '../platform/request-errors.ts'
import { describeIssues } from '../platform/request-issues.ts'

export type OpenSessionBody = z.infer<typeof openSessionBodySchema>

/**
 * What Desk's proxy sent. It may forward `postBody` as JSON or as a form, and its Content-Type does not always say which, so the text
 * itself decides.
 */
export function readSessionBody(text: string, contentType: string): OpenSessionBody {
  if (contentType !== '' && !/json|x-www-form-urlencoded|text\/plain/i.test(contentType)) {
    throw new AppError({
      code: 'request.content_type',
      status: 415,
      message: 'Send portalId and userId as application/json or application/x-www-form-urlencoded.',
    })
  }
  const json = parseJson(text)
  const fields = json === undefined ? readForm(text) : json
  if (fields === undefined) {
    throw new AppError({ code: 'request.malformed', status: 400, message: 'The body is neither JSON nor a form.' })
  }
  const body = openSessionBodySchema.safeParse(fields)
  if (!body.success) throw invalidRequest(422, 'body', describeIssues(body.error.issues))
  return body.data
}

function readForm(text: string): Record<string, string> | undefined {
  return text.includes('=') && !text.trimStart().startsWith('{')
    ? Object.fromEntries(new URLSearchParams(text))
    : undefined
}
