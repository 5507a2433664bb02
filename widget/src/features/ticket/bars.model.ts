import type { ConversationView, DeskReason } from '../../../../contract/index.ts'
import { DESK_REASONS } from '../../../../contract/reasons.ts'
import type { WordKey } from '../../state/words.ts'

function isKnown(reason: string): reason is DeskReason {
  return DESK_REASONS.some((known) => known === reason)
}

/** The sentence that explains why messages are not in the ticket yet. */
export function deskHint({ state, reason = '' }: ConversationView['desk']): WordKey {
  if (isKnown(reason)) return `desk.${reason}`
  return state === 'blocked' ? 'desk.blocked' : 'desk.waiting'
}
