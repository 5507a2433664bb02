import { describe, expect, it } from 'vitest'
import type { Gate } from './ticket-gate.model.ts'
import { decideOpening, mayAppend } from './ticket-gate.model.ts'

const NOW = 1_790_000_000_000
const MINUTE = 60_000
const order = { subject: 'S', departmentId: '1', assigneeId: null, agentId: '1', agentName: 'Ana', at: NOW }
const gate = (changes: Partial<Gate>): Gate => ({
  channel: 'on',
  rule: 'automatic',
  afterMs: 15 * MINUTE,
  waitingSince: NOW - MINUTE,
  order: null,
  ...changes,
})
const waited = (minutes: number, ms = 0) => gate({ rule: 'after', waitingSince: NOW - minutes * MINUTE - ms })

describe('a new ticket', () => {
  it.each<[string, Gate, object]>([
    ['automatic', gate({}), { do: 'open' }],
    ['automatic, answered already', gate({ waitingSince: null }), { do: 'open' }],
    ['by hand', gate({ rule: 'by_hand' }), { do: 'leave' }],
    ['by hand, ordered', gate({ rule: 'by_hand', order }), { do: 'open' }],
    ['after 15 minutes, a moment before', waited(15, -1), { do: 'wait', until: NOW + 1 }],
    ['after 15 minutes, in that moment', waited(15), { do: 'open' }],
    ['after 15 minutes, later', waited(16), { do: 'open' }],
    ['after 15 minutes, answered meanwhile', gate({ rule: 'after', waitingSince: null }), { do: 'leave' }],
    ['after 15 minutes, ordered before', gate({ rule: 'after', order }), { do: 'open' }],
    ['off', gate({ channel: 'off' }), { do: 'hold' }],
    ['off, by hand', gate({ channel: 'off', rule: 'by_hand' }), { do: 'hold' }],
    ['off, ordered', gate({ channel: 'off', order }), { do: 'open' }],
    ['removed', gate({ channel: 'removed' }), { do: 'leave' }],
  ])('%s', (_, facts, opening) => {
    expect(decideOpening(facts, NOW)).toEqual(opening)
  })
})

it('takes messages into the ticket that is there while the channel is on, or an agent asked for it', () => {
  expect(mayAppend(gate({ rule: 'by_hand' }))).toBe(true)
  expect(mayAppend(gate({ channel: 'off' }))).toBe(false)
  expect(mayAppend(gate({ channel: 'removed' }))).toBe(false)
  expect(mayAppend(gate({ channel: 'off', order }))).toBe(true)
})
