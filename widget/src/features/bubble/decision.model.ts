import type { WordKey } from '../../state/words.ts'

/** Why a message went into this ticket and no other; the Worker names one of them with each decision. */
export const REASONS = [
  'first_message',
  'open',
  'on_hold',
  'closed_recently',
  'closed_long_ago',
  'deleted',
  'trashed',
  'spam',
  'merged',
  'moved',
  'not_visible',
] as const

type Reason = (typeof REASONS)[number]

function isKnown(reason: string): reason is Reason {
  return REASONS.some((known) => known === reason)
}

/** The words of a reason; null for one that is newer than this page. */
export function decisionReason(reason: string): WordKey | null {
  return isKnown(reason) ? `reason.${reason}` : null
}
