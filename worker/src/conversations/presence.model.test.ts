import { expect, it } from 'vitest'
import { presenceFor } from './presence.model.ts'

const mark = (agentId: string, state: 'viewing' | 'typing' | 'away', at = 0) => ({
  agentId,
  name: agentId.toUpperCase(),
  state,
  at,
})

it.each([
  ['nobody else', [mark('ana', 'typing')], []],
  ['a colleague who looks', [mark('ana', 'viewing'), mark('ken', 'viewing')], [['ken', 'viewing']]],
  ['a colleague who types', [mark('ken', 'typing', 5_000)], [['ken', 'typing']]],
  ['a typing sign that is over', [mark('ken', 'typing', 0)], [['ken', 'viewing']]],
  [
    'two tabs of one colleague, one of them typing',
    [mark('ken', 'viewing'), mark('ken', 'typing', 5_000)],
    [['ken', 'typing']],
  ],
  ['somebody who looks elsewhere', [mark('ken', 'away')], []],
] as const)('shows %s', (_, marks, expected) => {
  expect(presenceFor('ana', marks, 8_000).agents.map(({ id, state }) => [id, state])).toEqual(expected)
})
