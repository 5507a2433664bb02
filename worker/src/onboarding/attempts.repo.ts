import { z } from 'zod'
import type { SetupFailure } from '../../../contract/index.ts'
import { setupFailureSchema } from '../../../contract/index.ts'
import type { OrgScope } from '../platform/scope.ts'

const rowSchema = z
  .object({
    id: z.string(),
    state: z.enum(['open', 'working', 'done', 'cancelled', 'failed']),
    is_coexistence: z.number(),
    left_at: z.string().nullable(),
    failure: z
      .string()
      .nullable()
      .transform((text): unknown => (text === null ? null : JSON.parse(text)))
      .pipe(setupFailureSchema.nullable().catch(null)),
    waba_id: z.string().nullable(),
    phone_number_id: z.string().nullable(),
    started_by: z.string(),
    changed_at: z.number(),
  })
  .transform((row) => ({
    attemptId: row.id,
    state: row.state,
    isCoexistence: row.is_coexistence !== 0,
    leftAt: row.left_at,
    failure: row.failure,
    wabaId: row.waba_id,
    phoneNumberId: row.phone_number_id,
    startedBy: row.started_by,
    changedAt: row.changed_at,
  }))
export type AttemptRow = z.output<typeof rowSchema>

/** An organisation's tries of the first step. */
export function createAttemptsRepo({ db, orgId }: Pick<OrgScope, 'db' | 'orgId'>) {
  const end = (
    id: string,
    state: AttemptRow['state'],
    now: number,
    facts: { leftAt?: string | null; failure?: SetupFailure; wabaId?: string; phoneNumberId?: string | null },
  ) =>
    db
      .prepare(
        `UPDATE facebook_attempts SET state = ?3, left_at = ?4, failure = ?5, waba_id = ?6, phone_number_id = ?7, changed_at = ?8
         WHERE org_id = ?1 AND id = ?2 AND state <> 'done'`,
      )
      .bind(
        ...[orgId, id, state, facts.leftAt ?? null],
        ...[facts.failure === undefined ? null : JSON.stringify(facts.failure), facts.wabaId ?? null],
        ...[facts.phoneNumberId ?? null, now],
      )
      .run()

  return {
    async start(attempt: { id: string; isCoexistence: boolean; startedBy: string; now: number }): Promise<void> {
      await db
        .prepare(
          `INSERT INTO facebook_attempts (id, org_id, state, is_coexistence, started_by, started_at, changed_at)
           VALUES (?1, ?2, 'open', ?3, ?4, ?5, ?5)`,
        )
        .bind(attempt.id, orgId, attempt.isCoexistence ? 1 : 0, attempt.startedBy, attempt.now)
        .run()
    },

    async find(id: string): Promise<AttemptRow | null> {
      const row = await db
        .prepare(
          `SELECT id, state, is_coexistence, left_at, failure, waba_id, phone_number_id, started_by, changed_at
           FROM facebook_attempts WHERE org_id = ?1 AND id = ?2`,
        )
        .bind(orgId, id)
        .first()
      return row === null ? null : rowSchema.parse(row)
    },

    /** The one who may work on it: true for exactly one of several at once. Work begun before `staleBefore` was cut short. */
    async begin(id: string, now: number, staleBefore: number): Promise<boolean> {
      const { meta } = await db
        .prepare(
          `UPDATE facebook_attempts SET state = 'working', failure = NULL, left_at = NULL, changed_at = ?3
           WHERE org_id = ?1 AND id = ?2 AND (state IN ('open', 'cancelled', 'failed') OR (state = 'working' AND changed_at < ?4))`,
        )
        .bind(orgId, id, now, staleBefore)
        .run()
      return meta.changes > 0
    },

    async cancelled(id: string, leftAt: string | null, now: number): Promise<void> {
      await end(id, 'cancelled', now, { leftAt })
    },
    async failed(id: string, failure: SetupFailure, now: number): Promise<void> {
      await end(id, 'failed', now, { failure })
    },
    async done(id: string, found: { wabaId: string; phoneNumberId: string | null }, now: number): Promise<void> {
      await end(id, 'done', now, found)
    },
  }
}

export type AttemptsRepo = ReturnType<typeof createAttemptsRepo>
