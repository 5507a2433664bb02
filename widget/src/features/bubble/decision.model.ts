import type { DecisionReason } from '../../../../contract/index.ts'
import { DECISION_REASONS } from '../../../../contract/reasons.ts'
import type { WordKey } from '../../state/words.ts'

function isKnown(reason: string): reason is DecisionReason {
  return DECISION_REASONS.some((known) => known === reason)
}

/** The words of a reason; null for one that is newer than this page. */
export function decisionReason(reason: string): WordKey | null {
  return isKnown(reason) ? `reason.${reason}` : null
}
