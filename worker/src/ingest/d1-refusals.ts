/**
 * What D1's refusal of a transaction asks for. `conflict`: somebody else was faster, read and plan again. `overload`: nothing is wrong
 * with what was written, try the same later. `refused`: one of the events in it cannot be written.
 */
export type Refusal = 'conflict' | 'overload' | 'refused'

/** Unique keys, missing values, and the search index's own word for a row that is there already. */
const CONFLICT = /(UNIQUE|NOT NULL) constraint failed|D1_ERROR: constraint failed/i

/** Of D1's documented errors those that say nothing about the statements. */
const OVERLOAD = new RegExp(
  [
    ...['overloaded', 'too many requests', 'timed? ?out', 'exceeded timeout', 'network connection lost'],
    ...['internal error', 'object to be reset', 'code was updated', 'transient issue', 'maximum DB size'],
    ...['database is locked', 'SQLITE_BUSY', 'SQLITE_FULL', 'SQLITE_IOERR', 'starting up', 'connection', 'memory'],
  ].join('|'),
  'i',
)

export function classifyRefusal(error: unknown): Refusal {
  const message = error instanceof Error ? error.message : String(error)
  if (CONFLICT.test(message)) return 'conflict'
  return OVERLOAD.test(message) ? 'overload' : 'refused'
}
