import type { NUMBER_STEPS } from '../../../contract/index.ts'

export type NumberFacts = {
  isVerified: boolean
  isRegistered: boolean
  isCoexistent: boolean
  hasChannel: boolean
  /** What the customer sees; it came with the number, or stands in the account's draft. */
  hasName: boolean
}

/** How long a person waits before asking for another code. */
export const RESEND_MS = 60_000

/**
 * The first step of a number that is not done. A number of the Business app is neither verified nor registered here, and one that has
 * its channel needs nothing but what lets it send.
 */
export function stepOf(facts: NumberFacts): (typeof NUMBER_STEPS)[number] {
  const { isVerified, isRegistered, isCoexistent, hasChannel, hasName } = facts
  if (!isCoexistent && !isRegistered) {
    if (!hasName) return 'profile'
    return isVerified ? 'register' : 'verify'
  }
  return hasChannel ? 'done' : 'channel'
}

/** Meta's words for a number that cannot send until it is registered again. */
const UNREGISTERED = new Set(['disconnected', 'unverified', 'pending', 'migrated', 'deleted', 'unlinked'])

/** Whether Meta's `status` of a number says that it is registered; null where it says neither. */
export function registrationOf(platformStatus: string | null): boolean | null {
  const status = platformStatus?.toLowerCase() ?? ''
  if (status === 'connected') return true
  return UNREGISTERED.has(status) ? false : null
}
