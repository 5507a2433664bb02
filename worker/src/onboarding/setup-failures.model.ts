import type { SetupFailure, SetupFailureKey } from '../../../contract/index.ts'

/** Where setting up was when Meta refused. */
export type SetupStep = SetupFailure['step']

/** A refusal of Meta's, or a call without an answer, as far as a decision needs it. */
export type MetaRefusal = {
  kind: 'refused' | 'not_sent' | 'lost'
  code: number | null
  /** Meta calls it deprecated and sends it; absent where the answer held none. */
  subcode?: number | null
  details: string | null
  retryAfterMs: number | null
}

type Rule = {
  key: SetupFailureKey
  who: SetupFailure['who']
  action: SetupFailure['action']
  /** How long to wait where Meta does not say. */
  waitMs?: number
}

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

const rule = (key: SetupFailureKey, who: Rule['who'], action: Rule['action'], waitMs?: number): Rule => ({
  key,
  who,
  action,
  ...(waitMs === undefined ? {} : { waitMs }),
})

/** A business has few numbers until it is verified ("business_capability_update"). */
const NUMBER_LIMIT = rule('number_limit', 'admin', 'open_meta')
const DOWN = rule('meta_down', 'meta', 'retry')
const LIMIT = rule('meta_limit', 'nobody', 'wait', 10 * MINUTE_MS)
const TOKEN = rule('token_invalid', 'admin', 'reconnect')
const PERMISSION = rule('permission_missing', 'admin', 'reconnect')
const BANNED = rule('number_banned', 'meta', 'open_meta')
const PAYMENT = rule('payment_missing', 'admin', 'open_meta')
const TAKEN = rule('number_taken', 'old_provider', 'change_number')
const IN_USE = rule('number_in_use', 'admin', 'change_number')
const TWO_STEP = rule('two_step_on', 'old_provider', 'retry')
const MIGRATION = rule('migration_refused', 'old_provider', 'support')
const SUBSCRIPTION = rule('subscription_refused', 'admin', 'retry')
const HISTORY = rule('history_too_late', 'nobody', 'support')

/** Meta's codes that mean the same wherever they come ("Error codes" of the WhatsApp Cloud API). */
const CODES = new Map<number, Rule>([
  ...[0, 190].map((code): [number, Rule] => [code, TOKEN]),
  ...[3, 10, 131005].map((code): [number, Rule] => [code, PERMISSION]),
  ...[1, 2, 131000, 131016, 131057, 133000, 133004].map((code): [number, Rule] => [code, DOWN]),
  ...[4, 17, 613, 80007, 130429].map((code): [number, Rule] => [code, LIMIT]),
  ...[131042, 134011].map((code): [number, Rule] => [code, PAYMENT]),
  ...[2388091, 2388093, 2388103].map((code): [number, Rule] => [code, MIGRATION]),
  ...[2593107, 2593108].map((code): [number, Rule] => [code, HISTORY]),
  [101, rule('app_secret_wrong', 'admin', 'retry')],
  [33, rule('number_invalid', 'admin', 'change_number')],
  [368, BANNED],
  [2200, rule('subscription_refused', 'operator', 'support')],
  [131031, BANNED],
  [131037, rule('name_pending', 'meta', 'wait', 24 * HOUR_MS)],
  [131045, rule('other', 'admin', 'retry')],
  [133005, rule('pin_wrong', 'admin', 'enter_pin')],
  [133006, rule('not_verified', 'admin', 'retry')],
  [133008, rule('pin_too_many', 'nobody', 'wait', HOUR_MS)],
  [133009, rule('pin_too_many', 'nobody', 'wait', 5 * MINUTE_MS)],
  [133010, rule('not_verified', 'admin', 'retry')],
  [133015, rule('too_many_registrations', 'nobody', 'wait', 5 * MINUTE_MS)],
  [133016, rule('too_many_registrations', 'nobody', 'wait', 72 * HOUR_MS)],
  [136024, rule('too_many_codes', 'nobody', 'wait', HOUR_MS)],
  [2388012, TAKEN],
  [2494100, rule('meta_down', 'meta', 'wait', 10 * MINUTE_MS)],
])

/** Where a code says too little, Meta's words decide; the first that fits. */
const WORDS: Partial<Record<SetupStep, [RegExp, Rule][]>> = {
  number: [
    [/two.?step|two.?factor|\bpin\b/i, TWO_STEP],
    [/\bmove|migrat|not registered with another/i, MIGRATION],
    [/messenger|business app|consumer|mobile app|in use/i, IN_USE],
    [/already|registered/i, TAKEN],
    [/ban(ned)?\b|disabled|violat/i, BANNED],
    [/verified_name|display.?name/i, rule('name_refused', 'admin', 'change_name')],
    [/limit|too many|maximum/i, NUMBER_LIMIT],
  ],
  code: [
    [/too many|limit|wait|later/i, rule('too_many_codes', 'nobody', 'wait', HOUR_MS)],
    [/two.?step|two.?factor|\bpin\b/i, TWO_STEP],
  ],
  verify: [
    [/too many|guess|tries|attempts/i, rule('too_many_tries', 'admin', 'retry')],
    [/expired|too old|first/i, rule('code_too_old', 'admin', 'retry')],
  ],
  register: [
    [/too many/i, rule('pin_too_many', 'nobody', 'wait', HOUR_MS)],
    [/two.?step|\bpin\b/i, rule('pin_wrong', 'admin', 'enter_pin')],
  ],
}

/** Under a code that says too little Meta still sends these, as seen in the field; they go before its words. */
const SUBCODES: Partial<Record<SetupStep, Map<number, Rule>>> = {
  number: new Map([
    [2388012, TAKEN],
    [2388093, TWO_STEP],
    [2388103, NUMBER_LIMIT],
    [2494100, MIGRATION],
  ]),
  code: new Map([
    [2388091, rule('too_many_codes', 'nobody', 'wait', HOUR_MS)],
    [2388093, TWO_STEP],
  ]),
}

/** Codes of which the words say more than the number. */
const WORDY = new Set<number | null>([100, 131031, 131009, 136024, 136025, null])

/** What a refusal means at a step when neither its code nor its words tell. */
const STEPS: Record<SetupStep, Rule> = {
  facebook: rule('code_expired', 'admin', 'retry'),
  profile: rule('profile_refused', 'admin', 'change_name'),
  number: rule('number_invalid', 'admin', 'change_number'),
  code: rule('other', 'admin', 'retry'),
  verify: rule('code_wrong', 'admin', 'retry'),
  register: rule('other', 'admin', 'support'),
  subscribe: SUBSCRIPTION,
  history: HISTORY,
}

/**
 * What went wrong at a step, who can mend it and how: from Meta's code, then its words, then the step. A call without an answer says
 * that Meta cannot be reached; what it may have done is looked up before it is repeated.
 */
export function setupFailureOf(step: SetupStep, refusal: MetaRefusal, now: number): SetupFailure {
  const { key, who, action, waitMs } = ruleOf(step, refusal)
  const wait = refusal.retryAfterMs ?? waitMs ?? null
  return {
    step,
    key,
    who,
    action,
    metaCode: refusal.code,
    details: refusal.details,
    retryAt: wait === null ? null : new Date(now + wait).toISOString(),
    at: new Date(now).toISOString(),
  }
}

/** A failure that Kaiwa itself found. */
export function ownFailure(
  step: SetupStep,
  key: SetupFailureKey,
  now: number,
  more: Partial<Pick<SetupFailure, 'who' | 'action' | 'details' | 'retryAt'>> = {},
): SetupFailure {
  const at = new Date(now).toISOString()
  return { step, key, who: 'admin', action: 'retry', metaCode: null, details: null, retryAt: null, at, ...more }
}

function ruleOf(step: SetupStep, { kind, code, subcode = null, details }: MetaRefusal): Rule {
  if (kind !== 'refused') return DOWN
  const detailed = subcode === null ? undefined : SUBCODES[step]?.get(subcode)
  if (detailed !== undefined) return detailed
  if (WORDY.has(code)) {
    const told = WORDS[step]?.find(([pattern]) => pattern.test(details ?? ''))
    if (told !== undefined) return told[1]
  }
  const known = code === null ? undefined : CODES.get(code)
  if (known !== undefined) return known
  return code !== null && code >= 200 && code <= 299 ? PERMISSION : STEPS[step]
}
