export type ConnectionState = 'connecting' | 'live' | 'polling' | 'lost' | 'offline'

const FIRST_RETRY_MS = 500
const LONGEST_RETRY_MS = 15_000

/** Wait before the next try: doubling, with up to half of it random, so that a restarted Worker is not met by all at once. */
export function retryDelayMs(failures: number, random: number): number {
  const full = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.max(0, failures - 1))
  return Math.round(full / 2 + (full / 2) * random)
}

/** After two sockets that never opened the network is one that blocks them: ask at intervals instead. */
export const shouldPoll = (socketsThatNeverOpened: number): boolean => socketsThatNeverOpened >= 2

/** Asked every 3 s while somebody looks, every 20 s while nobody does. */
export const pollDelayMs = (isVisible: boolean): number => (isVisible ? 3_000 : 20_000)

/** What became of a try: a call that failed says nothing about sockets, only a refused handshake does. */
export type Attempt = 'opened' | 'blocked' | 'unreachable'

/** Sockets in a row that were refused. */
export function blockedAfter(blocked: number, attempt: Attempt): number {
  if (attempt === 'unreachable') return blocked
  return attempt === 'opened' ? 0 : blocked + 1
}

const FIRST_STRETCH_MS = 15_000
const LONGEST_STRETCH_MS = 60_000

/** How long polling goes on before a socket is tried again: soon at first, for a Worker that restarts refuses sockets too. */
export const pollStretchMs = (blocked: number): number =>
  Math.min(LONGEST_STRETCH_MS, FIRST_STRETCH_MS * 2 ** Math.max(0, blocked - 2))
