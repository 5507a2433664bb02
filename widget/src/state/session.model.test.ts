import { describe, expect, it } from 'vitest'
import { refusal, unreachable } from '../../test/fixtures.ts'
import { fromHost, problemOf, renewDelayMs } from './session.model.ts'

const now = Date.parse('2026-11-22T12:00:00.000Z')

describe('renewal', () => {
  it.each([
    ['2026-11-22T12:15:00.000Z', 13 * 60_000],
    ['2026-11-22T12:02:05.000Z', 10_000],
    ['2026-11-22T11:00:00.000Z', 10_000],
  ])('of a session until %s waits %d ms', (expiresAt, delayMs) => {
    expect(renewDelayMs(expiresAt, now)).toBe(delayMs)
  })
})

describe('what keeps the pane from being shown', () => {
  it.each([
    [refusal(401, 'sessions.key_missing'), 'install_key'],
    [refusal(401, 'sessions.key_unknown'), 'install_key'],
    [refusal(403, 'sessions.portal_mismatch'), 'install_key'],
    [refusal(403, 'sessions.agent_disabled'), 'agent'],
    [refusal(503, 'sessions.desk_unavailable'), 'desk_away'],
    [refusal(403, 'tickets.not_visible'), 'not_visible'],
    [refusal(404, 'tickets.not_found'), 'not_visible'],
    [refusal(500, 'internal'), 'unreachable'],
    [refusal(429, 'rate_limited'), 'unreachable'],
    [unreachable, 'unreachable'],
    [{ ...unreachable, kind: 'invalid' as const, status: 200 }, 'unreachable'],
    [refusal(422, 'request.invalid'), 'other'],
    [fromHost({ kind: 'missing', message: '' }), 'outside'],
    [fromHost({ kind: 'silent', message: '' }), 'desk_silent'],
    [fromHost({ kind: 'refused', message: '' }), 'desk_refused'],
  ])('%j: %s', (failure, problem) => {
    expect(problemOf(failure)).toBe(problem)
  })
})
