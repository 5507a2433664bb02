/** The error codes Desk's specification lists, as far as this double gives them. */
export type ErrorCode =
  | 'BAD_REQUEST'
  | 'UNAUTHORIZED'
  | 'INVALID_OAUTH'
  | 'SCOPE_MISMATCH'
  | 'OAUTH_ORG_MISMATCH'
  | 'FORBIDDEN'
  | 'URL_NOT_FOUND'
  | 'METHOD_NOT_ALLOWED'
  | 'RESOURCE_SIZE_EXCEEDED'
  | 'UNSUPPORTED_MEDIA_TYPE'
  | 'INVALID_DATA'
  | 'EMPTY_PAYLOAD'
  | 'UNPROCESSABLE_ENTITY'
  | 'THRESHOLD_EXCEEDED'
  | 'TOO_MANY_REQUESTS'
  | 'INTERNAL_SERVER_ERROR'

/** `fieldName` is a JSON Pointer, as `/contactId`. */
export type FieldProblem = { fieldName: string; errorType: 'invalid' | 'duplicate' | 'missing'; errorMessage?: string }

type StatusCode = 400 | 401 | 403 | 404 | 405 | 413 | 415 | 422 | 429 | 500

/** A refusal of the REST API: thrown anywhere below the gate, answered as `{errorCode, message, errors?}`. */
export class DeskError extends Error {
  readonly status: StatusCode
  readonly code: ErrorCode
  readonly errors: FieldProblem[] | undefined
  readonly headers: Record<string, string>

  constructor(
    status: StatusCode,
    code: ErrorCode,
    message: string,
    more: { errors?: FieldProblem[]; headers?: Record<string, string> } = {},
  ) {
    super(message)
    this.status = status
    this.code = code
    this.errors = more.errors
    this.headers = more.headers ?? {}
  }

  body(): { errorCode: ErrorCode; message: string; errors?: FieldProblem[] } {
    return {
      errorCode: this.code,
      message: this.message,
      ...(this.errors === undefined ? {} : { errors: this.errors }),
    }
  }
}

export const invalidOauth = (): DeskError =>
  new DeskError(401, 'INVALID_OAUTH', 'The OAuth Token you provided is invalid.')

export const unauthorized = (): DeskError =>
  new DeskError(401, 'UNAUTHORIZED', 'You are not authenticated to perform this operation.')

export const scopeMismatch = (): DeskError =>
  new DeskError(403, 'SCOPE_MISMATCH', 'The OAuthToken does not have the scope required for this operation.')

export const orgMismatch = (): DeskError =>
  new DeskError(403, 'OAUTH_ORG_MISMATCH', 'The OAuthToken is not valid for specified organization.')

export const forbidden = (): DeskError =>
  new DeskError(403, 'FORBIDDEN', 'You do not have sufficient permissions to perform this operation.')

export const notFound = (): DeskError =>
  new DeskError(404, 'URL_NOT_FOUND', 'The URL you requested could not be found.')

export const unprocessable = (message: string): DeskError => new DeskError(422, 'UNPROCESSABLE_ENTITY', message)

export const invalidData = (errors: FieldProblem[]): DeskError =>
  new DeskError(422, 'INVALID_DATA', 'The data does not comply to the validation restrictions defined.', { errors })

export const invalidField = (name: string, errorMessage?: string): DeskError =>
  invalidData([
    { fieldName: `/${name}`, errorType: 'invalid', ...(errorMessage === undefined ? {} : { errorMessage }) },
  ])
