import type { Failure, FailureKey } from '../../../../contract/index.ts'
import { FAILURE_KEYS } from '../../../../contract/reasons.ts'
import type { WordKey } from '../../state/words.ts'

function isKnown(key: string): key is FailureKey {
  return FAILURE_KEYS.some((known) => known === key)
}

/** The sentence of a cause: what happened and what it means for the customer. */
export function failureWord({ key }: Pick<Failure, 'key'>): WordKey {
  return `failure.${isKnown(key) ? key : 'other'}`
}

/** Trying again is worth it where time or an administrator repairs the cause; where only the customer can, it is not. */
export function canRetry({ action }: Pick<Failure, 'action'>): boolean {
  return action === 'retry' || action === 'wait' || action === 'admin'
}

/** Who can repair it, as a sentence that promises no more than is known; nobody has none. */
export function whoWord({ key, who, action }: Pick<Failure, 'key' | 'who' | 'action'>): WordKey | null {
  const isKnownCause = isKnown(key) && key !== 'other'
  if (action === 'retry' && (who === 'agent' || !isKnownCause)) return 'failure.mayHelp'
  if (!isKnownCause) return who === 'admin' ? 'failure.mayLook' : null
  return who === 'nobody' ? null : `failure.who.${who}`
}
