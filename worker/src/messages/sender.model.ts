/** Messages a second that one number may send and receive (Cloud API, "Throughput"); a fifth is left to what comes in. */
const RATE_PER_SECOND = 64

/** How much of the number's allowance is used: tokens left at a time, and until when nothing may go. */
export type Allowance = { tokens: number; at: number; pausedUntil: number }

export const FULL_ALLOWANCE: Allowance = { tokens: RATE_PER_SECOND, at: 0, pausedUntil: 0 }

export type Permit = { granted: number; allowance: Allowance; retryAt: number }

/** Grants up to `wanted` sends now, or says when to ask again. Times in epoch milliseconds. */
export function takePermits(allowance: Allowance, wanted: number, now: number): Permit {
  if (now < allowance.pausedUntil) return { granted: 0, allowance, retryAt: allowance.pausedUntil }
  const refilled = Math.min(
    RATE_PER_SECOND,
    allowance.tokens + (Math.max(0, now - allowance.at) / 1_000) * RATE_PER_SECOND,
  )
  const granted = Math.min(wanted, Math.floor(refilled))
  const after = { tokens: refilled - granted, at: now, pausedUntil: 0 }
  return {
    granted,
    allowance: after,
    retryAt: granted > 0 ? now : now + Math.ceil(((1 - refilled) / RATE_PER_SECOND) * 1_000),
  }
}

/** Nothing goes out on the number until then: Meta asked for less. */
export function pauseUntil(allowance: Allowance, until: number): Allowance {
  return { ...allowance, tokens: 0, pausedUntil: Math.max(allowance.pausedUntil, until) }
}
