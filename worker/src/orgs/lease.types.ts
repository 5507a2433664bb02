import type { Result } from '../platform/errors.ts'

/** A permit for one Desk call, with the access token to make it. Worth nothing after `expiresAt` (epoch ms). */
export type Lease = { leaseId: string; accessToken: string; expiresAt: number }

/**
 * `paused`: credits or token requests are used up. `revoked`: Desk must be connected again. `busy`: no slot came free in time.
 * `unavailable`: Zoho's accounts server gave no token. `retryAt` is epoch milliseconds.
 */
export type LeaseRefusal = { reason: 'paused' | 'revoked' | 'busy' | 'unavailable'; retryAt: number }

export type LeaseAnswer = Result<Lease, LeaseRefusal>

/** What became of the call, as far as it concerns the organisation's other calls. */
export type LeaseOutcome = {
  kind: 'answered' | 'paused' | 'busy' | 'unanswered'
  /** For `paused`: until when, epoch milliseconds. */
  retryAt?: number
  creditsUsed: number
  creditsLeft: number | null
}

/** What the `Org` object does for callers. It hands out permits and never carries what is sent. */
export type OrgLeases = {
  lease(request: { credits: number }): Promise<LeaseAnswer>
  release(leaseId: string, outcome: LeaseOutcome): Promise<void>
  /** Desk refused this access token: the next lease brings another one. */
  markInvalid(accessToken: string): Promise<void>
}
