import { AppError } from './errors.ts'

/** What is wrong with one field of a request. Never carries what was sent. */
export type RequestIssue = {
  /** Dotted path; empty for the whole. */
  field: string
  problem: string
  accepted: string
}

/** 400 where the request cannot be read, 422 where its body was read and does not fit. */
export function invalidRequest(
  status: 400 | 422,
  where: 'query' | 'body' | 'header',
  issues: readonly RequestIssue[],
): AppError {
  const [first] = issues
  const subject = first === undefined || first.field === '' ? `The ${where}` : `${first.field} (${where})`
  return new AppError({
    code: 'request.invalid',
    status,
    message:
      first === undefined
        ? `${subject} is not accepted.`
        : `${subject}: ${first.problem}. Accepted: ${first.accepted}.`,
    details: { in: where, issues },
  })
}

/** A cursor that is none of ours. */
export function invalidCursor(field: string): AppError {
  return invalidRequest(400, 'query', [
    { field, problem: 'not a cursor', accepted: 'a cursor that an answer of this call gave' },
  ])
}
