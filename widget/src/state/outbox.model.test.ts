import { describe, expect, it } from 'vitest'
import type { OutboxEntry } from '../api/shapes.ts'
import { read } from '../api/shapes.ts'
import { refusal, unreachable } from '../../test/fixtures.ts'
import { afterFailure, mergeOutboxes, refused } from './outbox.model.ts'

function entry(id: string, facts: { conversationId?: string; createdAt?: number } = {}): OutboxEntry {
  const conversationId = facts.conversationId ?? 'cv_abcdefabcdef12'
  const [value] =
    read('outbox', [
      { clientId: `w-${id}-0000000`, conversationId, ticketId: '1', text: id, createdAt: facts.createdAt ?? 1 },
    ]) ?? []
  if (value === undefined) throw new Error('not an entry')
  return value
}

describe('a call that failed', () => {
  it.each([
    ['no network', unreachable, 0, { step: 'wait', delayMs: 1_000 }],
    ['no network for long', unreachable, 12, { step: 'wait', delayMs: 30_000 }],
    [
      'an answer nobody can read',
      { ...unreachable, kind: 'invalid' as const, status: 200 },
      1,
      { step: 'wait', delayMs: 2_000 },
    ],
    ['too many calls', refusal(429, 'rate_limited', { retryAfterMs: 7_000 }), 0, { step: 'wait', delayMs: 7_000 }],
    ['a Worker in trouble', refusal(503, ''), 2, { step: 'wait', delayMs: 4_000 }],
    ['a session that Desk does not open just now', refusal(0, 'host.silent'), 0, { step: 'wait', delayMs: 1_000 }],
    ['a closed window', refusal(409, 'messages.window_closed'), 0, { step: 'refuse_all' }],
    ['a used-up quota', refusal(422, 'quota.trial_used'), 0, { step: 'refuse_all' }],
    ['a light agent', refusal(403, 'sessions.role_too_low'), 0, { step: 'refuse_all' }],
    ['a conversation of others', refusal(404, 'tickets.not_visible'), 0, { step: 'refuse_all' }],
    ['a text too long', refusal(422, 'messages.text_too_long'), 0, { step: 'refuse' }],
    ['a quote that is gone', refusal(422, 'messages.quote_not_found'), 0, { step: 'refuse' }],
    ['a body the Worker cannot read', refusal(422, 'request.invalid'), 0, { step: 'refuse' }],
  ])('%s', (_, failure, attempt, step) => {
    expect(afterFailure(failure, attempt)).toEqual(step)
  })
})

describe('a refusal', () => {
  const [a, b, other] = [entry('a'), entry('b'), entry('c', { conversationId: 'cv_fedcbafedcba21' })]

  it('of one text takes only that back', () => {
    expect(refused([a, b, other], a, 'refuse')).toEqual({ back: [a], stay: [b, other] })
  })

  it('of the conversation takes all its texts back, in their order', () => {
    expect(refused([a, b, other], a, 'refuse_all')).toEqual({ back: [a, b], stay: [other] })
  })
})

it('what two tabs hold is one list, each intent once', () => {
  const [a, b, c] = [entry('a', { createdAt: 3 }), entry('b', { createdAt: 1 }), entry('c', { createdAt: 2 })]
  expect(mergeOutboxes([a, b], [b, c])).toEqual([b, c, a])
})
