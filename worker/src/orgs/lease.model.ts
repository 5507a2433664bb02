/** Zoho gives that many access tokens per refresh token in ten minutes. */
const REFRESHES = 10
const REFRESH_WINDOW_MS = 10 * 60_000

/** A token this close to its end is not handed out any more: the call it is for takes time too. */
const TOKEN_MARGIN_MS = 2 * 60_000

/** The customer's other integrations share Desk's limit: a fifth, and at least one call, is left to them. */
export function slotsOf(concurrency: number): number {
  return Math.max(1, concurrency - Math.max(1, Math.floor(concurrency / 5)))
}

export function isTokenUsable(expiresAt: number, now: number): boolean {
  return expiresAt - TOKEN_MARGIN_MS > now
}

/** The times of token requests that still count, and when the next one is allowed: now, or epoch milliseconds. */
export function refreshAllowance(refreshedAt: readonly number[], now: number): { recent: number[]; allowedAt: number } {
  const recent = refreshedAt.filter((at) => at > now - REFRESH_WINDOW_MS && at <= now)
  const oldest = recent[recent.length - REFRESHES]
  return { recent, allowedAt: oldest === undefined ? now : oldest + REFRESH_WINDOW_MS + 1_000 }
}

/** How long no token is asked for after one could not be had. */
export function refreshBackoffMs(failures: number, random: number): number {
  return Math.min(5 * 60_000, 2_000 * 2 ** Math.min(failures, 10)) * (0.75 + random / 2)
}
