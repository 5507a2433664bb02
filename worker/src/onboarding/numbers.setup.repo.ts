import { z } from 'zod'
import type { SetupFailure } from '../../../contract/index.ts'
import type { AuditFact } from '../audit/audit.repo.ts'
import { auditStatement } from '../audit/audit.repo.ts'
import type { OrgScope } from '../platform/scope.ts'
import type { NumberRow } from './accounts.rows.ts'
import { numberRowSchema } from './accounts.rows.ts'
import { noteTrialNumber } from './numbers.statements.repo.ts'

const SELECT = `SELECT n.phone_number_id, n.waba_id, n.display_phone_number, n.verified_name, n.name_status, n.quality, n.code_status,
    n.platform_status, n.is_coexistent, n.pin, n.verified_at, n.registered_at, n.profile_applied_at, n.code_method, n.code_sent_at,
    n.failure, n.connected_at, h.id IS NOT NULL AS has_channel
  FROM numbers n LEFT JOIN channels h ON h.org_id = n.org_id AND h.phone_number_id = n.phone_number_id AND h.removed_at IS NULL
  WHERE n.org_id = ?1 AND n.status = 'connected'`

/** An organisation's numbers on their way to a channel. */
export function createNumbersSetupRepo({ db, orgId }: Pick<OrgScope, 'db' | 'orgId'>) {
  const scope = { db, orgId }
  const set = (phoneNumberId: string, columns: string, ...values: (string | number | null)[]): D1PreparedStatement =>
    db
      .prepare(`UPDATE numbers SET ${columns} WHERE org_id = ?1 AND phone_number_id = ?2`)
      .bind(orgId, phoneNumberId, ...values)

  return {
    /** In the order they were connected. */
    async list(): Promise<NumberRow[]> {
      const { results } = await db.prepare(`${SELECT} ORDER BY n.connected_at, n.phone_number_id`).bind(orgId).all()
      return results.map((row) => numberRowSchema.parse(row))
    },

    async find(phoneNumberId: string): Promise<NumberRow | null> {
      const row = await db.prepare(`${SELECT} AND n.phone_number_id = ?2`).bind(orgId, phoneNumberId).first()
      return row === null ? null : numberRowSchema.parse(row)
    },

    async saveFailure(phoneNumberId: string, failure: SetupFailure | null): Promise<void> {
      await set(phoneNumberId, 'failure = ?3', failure === null ? null : JSON.stringify(failure)).run()
    },

    /** The one who may ask Meta for a code: true for exactly one of several at once, and not while the last one is newer than `before`. */
    async claimCode(phoneNumberId: string, method: 'SMS' | 'VOICE', now: number, before: number): Promise<boolean> {
      const { meta } = await db
        .prepare(
          `UPDATE numbers SET code_method = ?3, code_sent_at = ?4, failure = NULL
           WHERE org_id = ?1 AND phone_number_id = ?2 AND (code_sent_at IS NULL OR code_sent_at <= ?5)`,
        )
        .bind(orgId, phoneNumberId, method, now, before)
        .run()
      return meta.changes > 0
    },

    async forgetCode(phoneNumberId: string): Promise<void> {
      await set(phoneNumberId, 'code_method = NULL, code_sent_at = NULL').run()
    },

    /** Verified at `at`; the organisation's first verified number is the one in trial. */
    async verified(phoneNumberId: string, at: number, audit: AuditFact): Promise<void> {
      await db.batch([
        auditStatement(scope, audit, {
          sql: 'EXISTS (SELECT 1 FROM numbers WHERE org_id = ?1 AND phone_number_id = ?9 AND verified_at IS NULL)',
          values: [phoneNumberId],
        }),
        set(
          phoneNumberId,
          `code_status = 'VERIFIED', verified_at = COALESCE(verified_at, ?3), code_method = NULL, code_sent_at = NULL, failure = NULL`,
          at,
        ),
        noteTrialNumber(scope, phoneNumberId),
      ])
    },

    async savePin(phoneNumberId: string, sealed: string): Promise<void> {
      await set(phoneNumberId, 'pin = ?3', sealed).run()
    },

    /** Keeps a PIN where there is none. Answers, sealed, the one that is kept. */
    async ensurePin(phoneNumberId: string, sealed: string): Promise<string> {
      const [, found] = await db.batch([
        set(phoneNumberId, 'pin = COALESCE(pin, ?3)', sealed),
        db
          .prepare('SELECT pin AS id FROM numbers WHERE org_id = ?1 AND phone_number_id = ?2')
          .bind(orgId, phoneNumberId),
      ])
      return idSchema.parse(found?.results[0]).id
    },

    async forgetPin(phoneNumberId: string): Promise<void> {
      await set(phoneNumberId, 'pin = NULL').run()
    },

    async registered(phoneNumberId: string, at: number, audit: AuditFact): Promise<void> {
      await db.batch([
        auditStatement(scope, audit, {
          sql: 'EXISTS (SELECT 1 FROM numbers WHERE org_id = ?1 AND phone_number_id = ?9 AND registered_at IS NULL)',
          values: [phoneNumberId],
        }),
        set(
          phoneNumberId,
          `registered_at = COALESCE(registered_at, ?3), platform_status = 'CONNECTED', failure = NULL`,
          at,
        ),
      ])
    },

    async profileApplied(phoneNumberId: string, at: number, audit: AuditFact): Promise<void> {
      await db.batch([set(phoneNumberId, 'profile_applied_at = ?3, failure = NULL', at), auditStatement(scope, audit)])
    },

    /** Contacts and history are on their way. */
    async historyRequested(phoneNumberId: string, audit: AuditFact): Promise<void> {
      await db.batch([set(phoneNumberId, 'failure = NULL'), auditStatement(scope, audit)])
    },

    /** The number of the larger trial, chosen once. Answers the one that is chosen now. */
    async designate(phoneNumberId: string, audit: AuditFact): Promise<string> {
      const [, , found] = await db.batch([
        auditStatement(scope, audit, {
          sql: 'EXISTS (SELECT 1 FROM organisations WHERE id = ?1 AND designated_number IS NULL)',
          values: [],
        }),
        db
          .prepare('UPDATE organisations SET designated_number = ?2 WHERE id = ?1 AND designated_number IS NULL')
          .bind(orgId, phoneNumberId),
        db.prepare('SELECT designated_number AS id FROM organisations WHERE id = ?1').bind(orgId),
      ])
      return idSchema.parse(found?.results[0]).id
    },
  }
}

const idSchema = z.object({ id: z.string() })

export type NumbersSetupRepo = ReturnType<typeof createNumbersSetupRepo>
