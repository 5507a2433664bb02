/** Epoch milliseconds. Everything that depends on time takes one of these. */
export type Clock = () => number

let offsetMs = 0

/** Real time, plus the sandbox's offset where `syncClock` read one. */
export const systemClock: Clock = () => Date.now() + offsetMs

let syncedAt = 0
const SYNC_EVERY_MS = 1_000

/**
 * Follows the sandbox's clock. Does nothing unless CLOCK_URL is bound, which a deployed configuration never has. A clock
 * that cannot be read keeps the last offset.
 */
export async function syncClock(clockUrl: string | undefined, isForced = false): Promise<void> {
  if (clockUrl === undefined) return
  if (!isForced && Date.now() - syncedAt < SYNC_EVERY_MS) return
  syncedAt = Date.now()
  try {
    const response = await fetch(clockUrl, { signal: AbortSignal.timeout(2_000) })
    const body: unknown = await response.json()
    if (typeof body === 'object' && body !== null && 'offsetMs' in body && typeof body.offsetMs === 'number') {
      offsetMs = body.offsetMs
    }
  } catch {
    return
  }
}
