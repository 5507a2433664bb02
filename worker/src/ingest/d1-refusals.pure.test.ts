import { expect, it } from 'vitest'
import { classifyRefusal } from './d1-refusals.ts'

it.each([
  [
    'D1_ERROR: UNIQUE constraint failed: contact_aliases.org_id: SQLITE_CONSTRAINT (extended: SQLITE_CONSTRAINT_PRIMARYKEY)',
    'conflict',
  ],
  [
    'D1_ERROR: NOT NULL constraint failed: counters.received: SQLITE_CONSTRAINT (extended: SQLITE_CONSTRAINT_NOTNULL)',
    'conflict',
  ],
  ['D1_ERROR: constraint failed: SQLITE_CONSTRAINT', 'conflict'],
  ['D1_ERROR: D1 DB is overloaded. Requests queued for too long.', 'overload'],
  ['D1_ERROR: D1 DB is overloaded. Too many requests queued.', 'overload'],
  ['D1_ERROR: Network connection lost.', 'overload'],
  ['D1_ERROR: D1 DB storage operation exceeded timeout which caused object to be reset.', 'overload'],
  ['D1_ERROR: Internal error while starting up D1 DB storage caused object to be reset.', 'overload'],
  ['D1_ERROR: Cannot resolve D1 DB due to transient issue on remote node.', 'overload'],
  ['D1_ERROR: Exceeded maximum DB size.', 'overload'],
  ['D1_ERROR: string or blob too big: SQLITE_TOOBIG', 'refused'],
  ['D1_ERROR: poisoned: SQLITE_CONSTRAINT (extended: SQLITE_CONSTRAINT_TRIGGER)', 'refused'],
  ['Cannot read properties of undefined', 'refused'],
])('%s is %s', (message, refusal) => {
  expect(classifyRefusal(new Error(message))).toBe(refusal)
})
