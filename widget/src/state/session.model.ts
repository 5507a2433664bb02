import type { ApiFailure } from '../api/http.ts'
import type { HostFailure } from '../host/host.ts'

/** A token is renewed two minutes before it ends, and never more often than every ten seconds. */
const RENEW_BEFORE_MS = 120_000
const SHORTEST_MS = 10_000

export function renewDelayMs(expiresAt: string, now: number): number {
  return Math.max(SHORTEST_MS, Date.parse(expiresAt) - now - RENEW_BEFORE_MS)
}

/** Which sentence explains why the pane cannot be shown: each says what happened and who can repair it. */
export type Problem =
  | 'install_key'
  | 'agent'
  | 'not_visible'
  | 'outside'
  | 'desk_silent'
  | 'desk_refused'
  | 'desk_away'
  | 'unreachable'
  | 'other'

export function problemOf({ kind, status, code }: ApiFailure): Problem {
  if (code === 'host.missing') return 'outside'
  if (code === 'host.silent') return 'desk_silent'
  if (code === 'host.refused') return 'desk_refused'
  if (code === 'sessions.desk_unavailable') return 'desk_away'
  if (code.startsWith('sessions.agent_')) return 'agent'
  if (code.startsWith('sessions.key_') || code === 'sessions.portal_mismatch' || status === 401) return 'install_key'
  if (kind !== 'http' || status >= 500 || status === 429 || status === 0) return 'unreachable'
  return status === 403 || status === 404 ? 'not_visible' : 'other'
}

/** A failure of Desk itself in the words of the API, so that one place explains both. */
export function fromHost(failure: HostFailure): ApiFailure {
  return { kind: 'http', status: 0, code: `host.${failure.kind}`, message: failure.message }
}
