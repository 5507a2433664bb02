import { newTraceId } from '../ids.ts'
import type { Json } from '../state.ts'

type ErrorFacts = {
  /** The HTTP status when it is answered at once. */
  http: number
  title: string
  /** `later`: the send is accepted and a `failed` status follows. */
  when: 'at once' | 'later'
  type?: string
  isTransient?: true
}

/** The codes the double plays, with Meta's titles; the reference's section 12 says what each means. */
const ERRORS: Record<number, ErrorFacts> = {
  1: { http: 400, title: 'API Unknown', when: 'at once' },
  2: { http: 500, title: 'API Service', when: 'at once', isTransient: true },
  4: { http: 429, title: 'Application request limit reached', when: 'at once' },
  10: { http: 403, title: 'Application does not have permission for this action', when: 'at once' },
  33: { http: 400, title: 'Parameter value is not valid', when: 'at once' },
  100: { http: 400, title: 'Invalid parameter', when: 'at once' },
  101: { http: 400, title: 'Error validating application', when: 'at once' },
  190: { http: 401, title: 'Invalid OAuth access token', when: 'at once' },
  200: { http: 403, title: 'Permissions error', when: 'at once' },
  368: { http: 403, title: 'Temporarily blocked for policies violations', when: 'at once' },
  2200: { http: 400, title: 'Callback verification failed', when: 'at once' },
  2500: { http: 400, title: 'Unknown path components', when: 'at once' },
  80007: { http: 429, title: 'Rate limit issues', when: 'at once' },
  130403: { http: 400, title: 'Message blocked by the business', when: 'later' },
  130429: { http: 400, title: 'Rate limit hit', when: 'at once' },
  130472: { http: 400, title: "User's number is part of an experiment", when: 'later' },
  130497: { http: 403, title: 'Business account is restricted from messaging users in this country', when: 'later' },
  131000: { http: 500, title: 'Something went wrong', when: 'at once' },
  131005: { http: 403, title: 'Access denied', when: 'at once' },
  131008: { http: 400, title: 'Required parameter is missing', when: 'at once' },
  131009: { http: 400, title: 'Parameter value is not valid', when: 'at once' },
  131016: { http: 500, title: 'Service unavailable', when: 'at once', isTransient: true },
  131021: { http: 400, title: 'Recipient cannot be sender', when: 'at once' },
  131026: { http: 400, title: 'Message undeliverable', when: 'later' },
  131030: { http: 400, title: 'Recipient phone number not in allowed list', when: 'at once' },
  131031: { http: 403, title: 'Account has been locked', when: 'at once' },
  131037: { http: 400, title: 'WhatsApp provided number needs display name approval', when: 'at once' },
  131042: { http: 400, title: 'Business eligibility payment issue', when: 'later' },
  131045: { http: 500, title: 'Incorrect certificate', when: 'at once' },
  131047: { http: 400, title: 'Re-engagement message', when: 'later' },
  131048: { http: 400, title: 'Spam rate limit hit', when: 'later' },
  131049: { http: 400, title: 'Meta chose not to deliver', when: 'later' },
  131050: { http: 400, title: 'User has stopped marketing messages', when: 'later' },
  131051: { http: 400, title: 'Unsupported message type', when: 'at once' },
  131052: { http: 400, title: 'Media download error', when: 'later' },
  131053: { http: 400, title: 'Media upload error', when: 'later' },
  131057: { http: 500, title: 'Account in maintenance mode', when: 'at once', isTransient: true },
  131056: { http: 400, title: '(Business Account, Consumer Account) pair rate limit hit', when: 'at once' },
  131062: { http: 400, title: 'Business-scoped user ids are not supported for this message', when: 'at once' },
  132000: { http: 400, title: 'Number of parameters does not match the expected number of params', when: 'at once' },
  132001: { http: 404, title: 'Template name does not exist in the translation', when: 'at once' },
  132005: { http: 400, title: 'Translated text too long', when: 'at once' },
  132007: { http: 400, title: 'Template format character policy violated', when: 'at once' },
  132012: { http: 400, title: 'Parameter format does not match format in the created template', when: 'at once' },
  132015: { http: 400, title: 'Template is paused', when: 'at once' },
  132016: { http: 400, title: 'Template is disabled', when: 'at once' },
  132018: { http: 400, title: "There's an issue with the parameters in your template", when: 'at once' },
  133005: { http: 400, title: 'Two step verification PIN mismatch', when: 'at once' },
  133006: { http: 400, title: 'Phone number re-verification needed', when: 'at once' },
  133008: { http: 400, title: 'Too many two step verification PIN guesses', when: 'at once' },
  133009: { http: 400, title: 'Two step verification PIN guessed too fast', when: 'at once' },
  133010: { http: 400, title: 'Phone number not registered', when: 'at once' },
  133016: { http: 400, title: 'Account register deregister rate limit exceeded', when: 'at once' },
  135000: { http: 400, title: 'Generic user error', when: 'at once' },
  136024: { http: 400, title: 'Request code error', when: 'at once' },
  136025: { http: 400, title: 'Verify code error', when: 'at once' },
  2593107: { http: 400, title: 'Synchronization request limit exceeded', when: 'at once' },
  2593108: { http: 400, title: 'Synchronization request made outside of the allowed time', when: 'at once' },
  137000: { http: 400, title: 'User identity key hash mismatch', when: 'at once' },
}

const UNKNOWN: ErrorFacts = { http: 400, title: 'Something went wrong', when: 'later' }

export function errorFacts(code: number): ErrorFacts {
  return ERRORS[code] ?? UNKNOWN
}

/** Words in place of Meta's standard ones. */
export type ErrorExtras = {
  message?: string
  subcode?: number
  type?: string
  http?: number
  /** What Meta's own pages would show to a person: heading and sentence. */
  user?: readonly [title: string, text: string]
}

/** An error of Graph: thrown anywhere below a call, answered in one place. */
export class GraphError extends Error {
  readonly code: number
  readonly details: string | undefined
  readonly extras: ErrorExtras

  constructor(code: number, details?: string, extras: ErrorExtras = {}) {
    super(`(#${code}) ${details ?? errorFacts(code).title}`)
    this.code = code
    this.details = details
    this.extras = extras
  }

  get httpStatus(): number {
    return this.extras.http ?? errorFacts(this.code).http
  }

  /** The body as the reference's section 12 shows it; `error_data` only where there are details. */
  body(): Json {
    const facts = errorFacts(this.code)
    return {
      error: {
        message: this.extras.message ?? `(#${this.code}) ${facts.title}`,
        type: this.extras.type ?? facts.type ?? 'OAuthException',
        code: this.code,
        ...(this.extras.subcode === undefined ? {} : { error_subcode: this.extras.subcode }),
        ...(facts.isTransient === undefined ? {} : { is_transient: true }),
        ...(this.extras.user === undefined
          ? {}
          : { error_user_title: this.extras.user[0], error_user_msg: this.extras.user[1] }),
        ...(this.details === undefined ? {} : { error_data: { messaging_product: 'whatsapp', details: this.details } }),
        fbtrace_id: newTraceId(),
      },
    }
  }
}

/** Graph's own words for a bad parameter, without `error_data`. */
export function badParameter(message: string): GraphError {
  return new GraphError(100, undefined, { message: `(#100) ${message}` })
}

/** The item of `errors[]` in a `failed` status. */
export function statusError(code: number, details: string): Json {
  const { title } = errorFacts(code)
  return {
    code,
    title,
    message: title,
    error_data: { details },
    href: 'https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/',
  }
}
