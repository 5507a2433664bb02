import type { Plan } from './ingest.types.ts'
import { insertRows } from './bulk.repo.ts'
import { applyWaitingStatements } from './waiting.repo.ts'
import { messageStatements } from './writes.messages.repo.ts'
import { peopleStatements } from './writes.people.repo.ts'

export type WriteScope = { db: D1Database; orgId: string; phoneNumberId: string; lane: string; now: number }

export type Written = { mediaSeqs: number[] }

/**
 * Writes a plan in one transaction. Throws when D1 refuses it, and nothing of it is written then. A refusal for a unique key or a
 * missing value (`isConflict`) means that what the plan was made from is not true any more: read again, plan again.
 */
export async function writePlan(scope: WriteScope, plan: Plan): Promise<Written> {
  const { db, orgId, phoneNumberId } = scope
  const messages = messageStatements(scope, plan)
  const statements = [
    // First, so that nothing else is tried where another run of this lane was faster.
    counters(scope, plan),
    ...peopleStatements(scope, plan),
    ...messages.statements,
    ...applyWaitingStatements(scope, plan.settled),
    ...insertRows(db, {
      table: 'waiting_statuses',
      columns: [
        ['org_id', '?1'],
        ['phone_number_id', '?2'],
        ['wamid', 0],
        // The message may have been stored a moment ago: then this must not wait, and the transaction is refused.
        [
          'status',
          'CASE WHEN EXISTS (SELECT 1 FROM messages WHERE org_id = ?1 AND wamid = $->>0) THEN NULL ELSE $->>1 END',
        ],
        ['at', 2],
        ['body', 3],
        ['expires_at', 4],
      ],
      rows: plan.waiting.map(({ wamid, status, at, body, expiresAt }) => [wamid, status, at, body, expiresAt]),
      shared: [orgId, phoneNumberId],
    }),
    ...keptStatements(scope, plan),
  ]
  const answers = await db.batch(statements)
  return { mediaSeqs: messages.readMediaSeqs(statements, answers) }
}

/**
 * The counters, and with them the place up to which the lane is in D1. Where D1's place is not the one the plan was made from, the sum
 * is NULL, which the column refuses: the transaction is undone and nothing is counted twice.
 */
function counters(
  { db, orgId, phoneNumberId }: WriteScope,
  { counts, seen, end, lastEventAt }: Plan,
): D1PreparedStatement {
  return db
    .prepare(
      `INSERT INTO counters (org_id, phone_number_id, received, stored, duplicate, ignored, dead, last_event_at, high_water)
       VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ${place(9)})
       ON CONFLICT (org_id, phone_number_id) DO UPDATE SET
         received = CASE WHEN high_water = ${place(11)} THEN received + excluded.received END,
         stored = stored + excluded.stored, duplicate = duplicate + excluded.duplicate, ignored = ignored + excluded.ignored,
         dead = dead + excluded.dead, last_event_at = MAX(COALESCE(last_event_at, 0), excluded.last_event_at),
         high_water = excluded.high_water`,
    )
    .bind(
      ...[
        orgId,
        phoneNumberId,
        counts.received,
        counts.stored,
        counts.duplicate,
        counts.ignored,
        counts.dead,
        lastEventAt,
      ],
      ...[end.part, end.unit, seen.part, seen.unit],
    )
}

/** A place as one integer. Beyond what JavaScript holds, so SQLite does the sum; its parameters come as floats. */
function place(first: number): string {
  return `CAST(?${first} AS INTEGER) * 2097152 + CAST(?${first + 1} AS INTEGER)`
}

/** Events and dead letters. */
function keptStatements({ db, orgId, phoneNumberId, lane }: WriteScope, plan: Plan): D1PreparedStatement[] {
  return [
    ...insertRows(db, {
      table: 'account_events',
      columns: [
        ['org_id', '?1'],
        ['lane', '?2'],
        ['part', 0],
        ['unit', 1],
        ['waba_id', 2],
        ['field', 3],
        ['body', 4],
        ['received_at', 5],
      ],
      rows: plan.events.map(({ part, unit, wabaId, field, body, receivedAt }) => [
        part,
        unit,
        wabaId,
        field,
        body,
        receivedAt,
      ]),
      shared: [orgId, lane],
    }),
    ...insertRows(db, {
      table: 'dead_letters',
      columns: [
        ['org_id', '?1'],
        ['phone_number_id', '?2'],
        ['part', 0],
        ['unit', 1],
        ['reason', 2],
        ['body', 3],
        ['received_at', 4],
      ],
      rows: plan.letters.map(({ part, unit, reason, body, receivedAt }) => [part, unit, reason, body, receivedAt]),
      shared: [orgId, phoneNumberId],
    }),
    ...plan.removedLetters.map((id) =>
      db.prepare('DELETE FROM dead_letters WHERE id = ?1 AND org_id = ?2').bind(id, orgId),
    ),
    ...plan.failedLetters.map(({ id, reason }) =>
      db
        .prepare('UPDATE dead_letters SET attempts = attempts + 1, reason = ?3 WHERE id = ?1 AND org_id = ?2')
        .bind(id, orgId, reason),
    ),
  ]
}
