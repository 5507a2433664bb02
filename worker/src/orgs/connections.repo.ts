import { z } from 'zod'
import { auditStatement, OPERATOR, SYSTEM } from '../audit/audit.repo.ts'
import { dueStatement } from '../numbers/due.repo.ts'
import type { OrgScope } from '../platform/scope.ts'
import type { AccountToSave } from './operator-accounts.repo.ts'
import { saveOperatorAccount, startTrial } from './operator-accounts.repo.ts'

const connectionSchema = z.object({
  refresh_token: z.string(),
  access_token: z.string().nullable(),
  access_expires_at: z.number(),
  concurrency: z.number(),
  status: z.enum(['connected', 'revoked', 'disconnected']),
})
export type ConnectionRow = z.infer<typeof connectionSchema>

export type NumberToSave = {
  phoneNumberId: string
  wabaId: string
  portfolioId: string
  displayPhoneNumber: string
  verifiedName: string | null
  /** Meta's word; null where nothing was said. */
  nameStatus: string | null
  /** Sealed. */
  token: string
  channel: {
    id: string
    name: string
    departmentId: string
    reopenDays: number
    burstSeconds: number
    publicComments: boolean
  }
}

/** An organisation's connection to Desk and its numbers, in its shard. Tokens come and go sealed. */
export function createConnectionsRepo({ db, orgId }: Pick<OrgScope, 'db' | 'orgId'>) {
  return {
    async read(): Promise<ConnectionRow | null> {
      const row = await db
        .prepare(
          'SELECT refresh_token, access_token, access_expires_at, concurrency, status FROM desk_connections WHERE org_id = ?1',
        )
        .bind(orgId)
        .first()
      return row === null ? null : connectionSchema.parse(row)
    },

    async saveAccessToken(sealed: string | null, expiresAt: number): Promise<void> {
      await db
        .prepare('UPDATE desk_connections SET access_token = ?2, access_expires_at = ?3 WHERE org_id = ?1')
        .bind(orgId, sealed, expiresAt)
        .run()
    },

    /** Only while the refresh token is still the one that was refused: Desk may have been connected again meanwhile. */
    async markRevoked(refreshToken: string, reason: string, now: number): Promise<void> {
      await db.batch([
        auditStatement(
          { db, orgId },
          { at: now, actor: SYSTEM, action: 'desk.revoked', details: { reason } },
          {
            sql: `EXISTS (SELECT 1 FROM desk_connections WHERE org_id = ?1 AND refresh_token = ?9 AND status = 'connected')`,
            values: [refreshToken],
          },
        ),
        db
          .prepare(
            `UPDATE desk_connections SET status = 'revoked', status_reason = ?3, access_token = NULL, access_expires_at = 0, changed_at = ?4
             WHERE org_id = ?1 AND refresh_token = ?2`,
          )
          .bind(orgId, refreshToken, reason, now),
        dueStatement({ db, orgId }, null),
      ])
    },

    /** The organisation with its connection, numbers and their channels, in one transaction. What is there is updated. */
    async save(
      organisation: { portalId: string; dataCentre: string; epoch: number },
      connection: { refreshToken: string; concurrency: number },
      whatsapp: { numbers: readonly NumberToSave[]; accounts: readonly AccountToSave[]; trialStartedAt: number | null },
      now: number,
    ): Promise<void> {
      await db.batch([
        db
          .prepare(
            `INSERT INTO organisations (id, portal_id, data_centre, epoch) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (id) DO UPDATE SET epoch = MAX(epoch, excluded.epoch)`,
          )
          .bind(orgId, organisation.portalId, organisation.dataCentre, organisation.epoch),
        db
          .prepare(
            `INSERT INTO desk_connections (org_id, refresh_token, concurrency, changed_at) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (org_id) DO UPDATE SET refresh_token = excluded.refresh_token, concurrency = excluded.concurrency,
               access_token = NULL, access_expires_at = 0, status = 'connected', status_reason = NULL,
               changed_at = excluded.changed_at`,
          )
          .bind(orgId, connection.refreshToken, connection.concurrency, now),
        ...whatsapp.accounts.map((account) => saveOperatorAccount({ db, orgId }, account, now)),
        ...whatsapp.numbers.flatMap((number) => [saveNumber(number, now), saveChannel(number, now)]),
        ...whatsapp.numbers
          .slice(0, 1)
          .map((first) => startTrial({ db, orgId }, first.phoneNumberId, whatsapp.trialStartedAt, now)),
        auditStatement(
          { db, orgId },
          { at: now, actor: OPERATOR, action: 'desk.connected', target: organisation.portalId },
        ),
      ])
    },
  }

  function saveNumber(number: NumberToSave, now: number): D1PreparedStatement {
    return db
      .prepare(
        `INSERT INTO numbers (org_id, phone_number_id, waba_id, portfolio_id, display_phone_number, verified_name, token, connected_at, name_status)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
         ON CONFLICT (org_id, phone_number_id) DO UPDATE SET waba_id = excluded.waba_id, portfolio_id = excluded.portfolio_id,
           display_phone_number = excluded.display_phone_number, verified_name = excluded.verified_name, token = excluded.token,
           status = 'connected', status_reason = NULL, name_status = COALESCE(excluded.name_status, name_status)`,
      )
      .bind(
        orgId,
        number.phoneNumberId,
        number.wabaId,
        number.portfolioId,
        number.displayPhoneNumber,
        number.verifiedName,
        number.token,
        now,
        number.nameStatus,
      )
  }

  function saveChannel({ phoneNumberId, channel }: NumberToSave, now: number): D1PreparedStatement {
    return db
      .prepare(
        `INSERT INTO channels (id, org_id, phone_number_id, name, department_id, reopen_days, burst_seconds, public_comments, created_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
         ON CONFLICT (org_id, phone_number_id) DO UPDATE SET name = excluded.name, department_id = excluded.department_id,
           reopen_days = excluded.reopen_days, burst_seconds = excluded.burst_seconds, public_comments = excluded.public_comments`,
      )
      .bind(
        channel.id,
        orgId,
        phoneNumberId,
        channel.name,
        channel.departmentId,
        channel.reopenDays,
        channel.burstSeconds,
        channel.publicComments ? 1 : 0,
        now,
      )
  }
}

export type ConnectionsRepo = ReturnType<typeof createConnectionsRepo>
