import type { Failure } from '../../../../contract/index.ts'
import type { WordKey } from '../../state/words.ts'

/** The causes we have plain words for; the Worker's table of Meta's codes names one of them. */
export const FAILURES = [
  'window_closed',
  'unreachable',
  'payment',
  'throughput',
  'pair_rate',
  'spam',
  'token',
  'permission',
  'policy',
  'locked',
  'country',
  'blocked_by_us',
  'experiment',
  'own_number',
  'not_allowed',
  'marketing_limit',
  'marketing_stopped',
  'media_download',
  'media_upload',
  'unsupported',
  'needs_phone',
  'not_registered',
  'bad_request',
  'meta_down',
  'maintenance',
  'name_not_approved',
  'template',
  'no_answer',
  'other',
] as const

type FailureKey = (typeof FAILURES)[number]

function isKnown(key: string): key is FailureKey {
  return FAILURES.some((known) => known === key)
}

/** The sentence of a cause: what happened and what it means for the customer. */
export function failureWord({ key }: Pick<Failure, 'key'>): WordKey {
  return `failure.${isKnown(key) ? key : 'other'}`
}

/** Who can repair it, as a sentence; nobody has none. */
export function whoWord({ who }: Pick<Failure, 'who'>): WordKey | null {
  return who === 'nobody' ? null : `failure.who.${who}`
}
