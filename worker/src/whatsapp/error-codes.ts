import type { Failure, FailureKey } from '../../../contract/index.ts'

/**
 * What an error code asks for. `transient`: try again. `throttle`: slow down, then try again. `permanent`: this message
 * will never go. `channel`: the number, account or token is the trouble, and an administrator must act.
 */
export type ErrorClass = 'transient' | 'throttle' | 'permanent' | 'channel'

export type ErrorCode = { class: ErrorClass; key: FailureKey; who: Failure['who']; action: Failure['action'] }

const rule = (errorClass: ErrorClass, key: FailureKey, who: Failure['who'], action: Failure['action']): ErrorCode => ({
  class: errorClass,
  key,
  who,
  action,
})

const UNAVAILABLE = rule('transient', 'meta_down', 'meta', 'retry')
const TOKEN = rule('channel', 'token', 'admin', 'admin')
const PERMISSION = rule('channel', 'permission', 'admin', 'admin')
const RATE = rule('throttle', 'throughput', 'nobody', 'wait')
const REFUSED = rule('permanent', 'bad_request', 'admin', 'none')
const TEMPLATE = rule('permanent', 'template', 'agent', 'template')
const TEMPLATE_OFF = rule('permanent', 'template', 'admin', 'template')
const UNREGISTERED = rule('channel', 'not_registered', 'admin', 'admin')
const REGISTRATION_RATE = rule('throttle', 'not_registered', 'admin', 'wait')
const MIGRATION = rule('permanent', 'other', 'admin', 'admin')

/**
 * Meta's codes that a message, a status or a call can carry ("Error codes" of the WhatsApp Cloud API, September 2026). The
 * generic ones of the Graph API (4, 17, 613, 803) come from its OpenAPI description.
 */
const CODES = new Map<number, ErrorCode>([
  ...[0, 190].map((code): [number, ErrorCode] => [code, TOKEN]),
  ...[3, 10, 131005].map((code): [number, ErrorCode] => [code, PERMISSION]),
  ...[1, 2, 131000, 131016, 133004].map((code): [number, ErrorCode] => [code, UNAVAILABLE]),
  ...[4, 17, 613, 80007, 130429].map((code): [number, ErrorCode] => [code, RATE]),
  ...[100, 803, 131008, 131009].map((code): [number, ErrorCode] => [code, REFUSED]),
  ...[132000, 132001, 132005, 132007, 132008, 132012, 132018].map((code): [number, ErrorCode] => [code, TEMPLATE]),
  ...[132015, 132016].map((code): [number, ErrorCode] => [code, TEMPLATE_OFF]),
  ...[131045, 133010].map((code): [number, ErrorCode] => [code, UNREGISTERED]),
  ...[133008, 133009, 133015, 133016].map((code): [number, ErrorCode] => [code, REGISTRATION_RATE]),
  ...[2388012, 2388091, 2388093, 2388103, 2494100, 2593107, 2593108].map((code): [number, ErrorCode] => [
    code,
    MIGRATION,
  ]),
  [33, rule('channel', 'not_registered', 'admin', 'admin')],
  [368, rule('channel', 'policy', 'admin', 'admin')],
  [130403, rule('permanent', 'blocked_by_us', 'admin', 'none')],
  [130472, rule('permanent', 'experiment', 'nobody', 'none')],
  [130497, rule('permanent', 'country', 'admin', 'none')],
  [131021, rule('permanent', 'own_number', 'nobody', 'none')],
  [131026, rule('permanent', 'unreachable', 'customer', 'none')],
  [131030, rule('permanent', 'not_allowed', 'admin', 'admin')],
  [131031, rule('channel', 'locked', 'admin', 'admin')],
  [131037, rule('channel', 'name_not_approved', 'admin', 'admin')],
  [131042, rule('channel', 'payment', 'admin', 'admin')],
  [131047, rule('permanent', 'window_closed', 'agent', 'template')],
  [131048, rule('channel', 'spam', 'admin', 'wait')],
  [131049, rule('throttle', 'marketing_limit', 'nobody', 'wait')],
  [131050, rule('permanent', 'marketing_stopped', 'customer', 'none')],
  [131051, rule('permanent', 'unsupported', 'nobody', 'none')],
  [131052, rule('transient', 'media_download', 'agent', 'retry')],
  [131053, rule('transient', 'media_upload', 'agent', 'retry')],
  [131056, rule('throttle', 'pair_rate', 'nobody', 'wait')],
  [131057, rule('transient', 'maintenance', 'meta', 'wait')],
  [131060, rule('permanent', 'unsupported', 'nobody', 'none')],
  [131062, rule('permanent', 'needs_phone', 'agent', 'none')],
  [131063, rule('channel', 'template', 'admin', 'admin')],
  [131064, rule('channel', 'template', 'admin', 'admin')],
  [132068, rule('permanent', 'bad_request', 'admin', 'admin')],
  [132069, rule('throttle', 'throughput', 'nobody', 'wait')],
  [133000, rule('transient', 'not_registered', 'admin', 'retry')],
  [133005, rule('channel', 'not_registered', 'admin', 'admin')],
  [133006, rule('channel', 'not_registered', 'admin', 'admin')],
  [134011, rule('channel', 'payment', 'admin', 'admin')],
  [135000, rule('permanent', 'other', 'agent', 'retry')],
  [136024, rule('permanent', 'other', 'nobody', 'none')],
  [137000, rule('permanent', 'other', 'agent', 'none')],
  ...[147001, 147002, 147003, 147004].map((code): [number, ErrorCode] => [
    code,
    rule('permanent', 'other', 'admin', 'none'),
  ]),
])

const UNKNOWN = rule('permanent', 'other', 'nobody', 'retry')

/** What Meta's error code means; codes this version does not know are `permanent` with the key `unknown`. */
export function errorCode(code: number | null): ErrorCode {
  if (code === null) return UNKNOWN
  const known = CODES.get(code)
  if (known !== undefined) return known
  return code >= 200 && code <= 299 ? PERMISSION : UNKNOWN
}

export type MetaError = { code: number | null; title: string | null; message: string | null; details: string | null }

/** Meta's errors of one message as the failure a person sees: the first error that has a code decides. */
export function failureOf(errors: readonly MetaError[]): Failure {
  const error = errors.find((candidate) => candidate.code !== null) ?? errors[0]
  const code = error?.code ?? null
  const { key, who, action } = errorCode(code)
  return { metaCode: code, key, who, action, details: error?.details ?? error?.message ?? error?.title ?? null }
}
