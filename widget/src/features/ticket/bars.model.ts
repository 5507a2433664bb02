import type { ConversationView } from '../../../../contract/index.ts'
import type { WordKey } from '../../state/words.ts'

/** Why the ticket side waits, as the Worker names it. */
export const DESK_REASONS = ['busy', 'credits', 'unavailable', 'access_revoked', 'no_channel', 'no_department', 'refused'] as const

type Reason = (typeof DESK_REASONS)[number]

function isKnown(reason: string): reason is Reason {
  return DESK_REASONS.some((known) => known === reason)
}

/** The sentence that explains why messages are not in the ticket yet. */
export function deskHint({ state, reason = '' }: ConversationView['desk']): WordKey {
  if (isKnown(reason)) return `desk.${reason}`
  return state === 'blocked' ? 'desk.blocked' : 'desk.waiting'
}
