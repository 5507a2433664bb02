import type { MessageView, QuotaRefusal, Sending } from '../../../../contract/index.ts'
import type { WordKey } from '../../state/words.ts'

const WORDS: Record<QuotaRefusal, WordKey> = {
  trial_answers: 'quota.trial_answers',
  trial_templates: 'quota.trial_templates',
  trial_expired: 'quota.trial_expired',
  trial_other_number: 'quota.trial_other_number',
  verified_customers: 'quota.verified_customers',
  verified_templates: 'quota.verified_templates',
  verified_other_number: 'quota.verified_other_number',
  rejected: 'quota.rejected',
  restricted: 'quota.restricted',
  banned: 'quota.banned',
  verification_revoked: 'quota.verification_revoked',
  setup_failed: 'quota.setup_failed',
  channel_off: 'quota.channel_off',
  channel_removed: 'quota.channel_removed',
}

function isRefusal(name: string): name is QuotaRefusal {
  return Object.hasOwn(WORDS, name)
}

/** The words of `quota.<refusal>`, with or without its prefix; null for one that is newer than this page. */
export function quotaWord(code: string): WordKey | null {
  const name = code.replace(/^quota\./, '')
  return isRefusal(name) ? WORDS[name] : null
}

/** The end of a trial is worth a line only when it is near. */
const NEAR_MS = 3 * 86_400_000

/**
 * What the composer says about limits. `stopped`: nothing can be sent here, and why. `place`: an answer takes one of few places.
 * `ends`: the trial ends soon. Null where there is nothing to say.
 */
export type Limit =
  | { kind: 'stopped'; refusal: QuotaRefusal }
  | { kind: 'place'; places: NonNullable<Sending['places']> }
  | { kind: 'ends'; endsAt: string }

export function limitOf({ refusal, places, endsAt }: Sending, now: number): Limit | null {
  if (refusal !== null) return { kind: 'stopped', refusal }
  if (places !== undefined) return { kind: 'place', places }
  const left = endsAt === null ? Number.POSITIVE_INFINITY : Date.parse(endsAt) - now
  return endsAt !== null && left > 0 && left <= NEAR_MS ? { kind: 'ends', endsAt } : null
}

/** Our answers that wait here because their channel is off, oldest first. */
export function heldOf(messages: readonly MessageView[]): MessageView[] {
  return messages.filter(({ direction, status }) => direction === 'out' && status === 'queued')
}
