import { describe, expect, it } from 'vitest'
import { decideTicket, isLine, isOpener } from './tickets.model.ts'
import type { TicketFacts, TicketState } from './tickets.model.ts'

const NOW = Date.parse('2026-11-22T10:00:00Z')
const DAY = 86_400_000
const open: TicketState = {
  id: '1',
  statusType: 'open',
  closedAt: null,
  isSpam: false,
  isTrashed: false,
  isArchived: false,
}
const found = (changes: Partial<TicketState>, survivor: TicketState | null = null): TicketFacts => ({
  kind: 'found',
  ...open,
  ...changes,
  survivor,
})
const closed = (daysAgo: number): Partial<TicketState> => ({ statusType: 'closed', closedAt: NOW - daysAgo * DAY })
const survivor: TicketState = { ...open, id: '2' }

const cases: Array<[string, TicketFacts, number, string]> = [
  ['no ticket yet', { kind: 'none' }, 3, 'created:first'],
  ['an open ticket', found({}), 3, 'appended:open in 1'],
  ['a ticket on hold', found({ statusType: 'on_hold' }), 3, 'reopened:on_hold in 1, opened'],
  ['a ticket closed yesterday', found(closed(1)), 3, 'reopened:closed_recently in 1, opened'],
  ['a ticket closed just under the limit', found(closed(2.999)), 3, 'reopened:closed_recently in 1, opened'],
  ['a ticket closed at the limit', found(closed(3)), 3, 'created:closed_long_ago'],
  ['a ticket closed just now where nothing is reopened', found(closed(0)), 0, 'created:closed_long_ago'],
  ['a ticket closed half a day ago, limit 0.5 days', found(closed(0.4)), 0.5, 'reopened:closed_recently in 1, opened'],
  ['a ticket closed after the customer wrote', found(closed(-1)), 3, 'reopened:closed_recently in 1, opened'],
  ['a closed ticket without a time', found({ statusType: 'closed' }), 3, 'reopened:closed_recently in 1, opened'],
  ['a ticket in the recycle bin', found({ isTrashed: true }), 3, 'created:trashed'],
  ['a spam ticket', found({ isSpam: true }), 3, 'appended:spam in 1'],
  ['a closed spam ticket', found({ isSpam: true, ...closed(1) }), 3, 'appended:spam in 1'],
  ['spam in the recycle bin', found({ isSpam: true, isTrashed: true }), 3, 'created:trashed'],
  ['an archived ticket', found({ isArchived: true, ...closed(400) }), 3, 'created:archived'],
  ['a deleted ticket', { kind: 'gone', survivor: null }, 3, 'created:deleted'],
  ['a ticket merged into an open one', { kind: 'gone', survivor }, 3, 'followed:merged in 2'],
  ['a merged ticket that shows as trashed', found({ isTrashed: true }, survivor), 3, 'followed:merged in 2'],
  [
    'a ticket merged into one that was closed yesterday',
    { kind: 'gone', survivor: { ...survivor, ...closed(1) } },
    3,
    'followed:merged in 2, opened',
  ],
  [
    'a ticket merged into one that was closed long ago',
    { kind: 'gone', survivor: { ...survivor, ...closed(9) } },
    3,
    'created:closed_long_ago',
  ],
]

describe('a customer’s message', () => {
  it.each(cases)('that finds %s', (_, facts, reopenDays, expected) => {
    const decision = decideTicket(facts, reopenDays, NOW)
    const place = decision.decision === 'created' ? '' : ` in ${decision.ticketId}${decision.reopens ? ', opened' : ''}`
    expect(`${decision.decision}:${decision.reason}${place}`).toBe(expected)
  })
})

it.each([
  ['in', 'text', false, true, true],
  ['in', 'image', false, true, true],
  ['in', 'choice', false, true, true],
  ['out', 'text', false, false, true],
  ['in', 'reaction', true, false, false],
  ['in', 'reaction', false, false, true],
  ['in', 'edit', true, false, true],
  ['in', 'revoke', true, false, true],
  ['in', 'unsupported', false, false, true],
  ['in', 'welcome_request', false, false, true],
  ['in', 'unknown', false, false, true],
  ['in', 'system', false, false, true],
] as const)('%s %s (hidden: %s) makes tickets: %s, gets a line: %s', (direction, kind, isHidden, opens, line) => {
  expect(isOpener({ direction, kind, isHidden })).toBe(opens)
  expect(isLine({ direction, kind, isHidden })).toBe(line)
})
