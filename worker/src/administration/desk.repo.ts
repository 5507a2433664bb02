import { z } from 'zod'
import { auditStatement } from '../audit/audit.repo.ts'
import type { AuditFact } from '../audit/audit.repo.ts'
import { dueStatement } from '../numbers/due.repo.ts'
import type { OrgScope } from '../platform/scope.ts'

const departmentsSchema = z
  .string()
  .transform((text): unknown => JSON.parse(text))
  .pipe(z.array(z.object({ id: z.string(), name: z.string() })))

const rowSchema = z.object({
  status: z.enum(['connected', 'revoked', 'disconnected']),
  refresh_token: z.string(),
  portal_name: z.string().nullable(),
  edition: z.string().nullable(),
  connected_by: z.string().nullable(),
  departments: departmentsSchema,
  departments_at: z.number(),
  key_placed_at: z.number().nullable(),
  key_used_at: z.number().nullable(),
})
/** A connection to Desk as the settings know it. */
export type DeskRow = z.infer<typeof rowSchema>

const waitingSchema = z.object({ conversation_id: z.string() })

type Department = { id: string; name: string }

const USED_EVERY_MS = 60 * 60_000

/** The connection of one organisation to its Desk, for whoever administers it. Tokens come and go sealed. */
export function createDeskRepo(scope: Pick<OrgScope, 'db' | 'orgId'>) {
  const { db, orgId } = scope
  return {
    async read(): Promise<DeskRow | null> {
      const row = await db
        .prepare(
          `SELECT status, refresh_token, portal_name, edition, connected_by, departments, departments_at, key_placed_at, key_used_at
           FROM desk_connections WHERE org_id = ?1`,
        )
        .bind(orgId)
        .first()
      return row === null ? null : rowSchema.parse(row)
    },

    /** Connects, or connects again: numbers, channels, conversations and sessions stay as they are. */
    async connect(
      facts: {
        portalId: string
        dataCentre: string
        epoch: number
        refreshToken: string
        concurrency: number
        portalName: string
        edition: string | null
        connectedBy: string
        /** Null keeps those that are known. */
        departments: readonly Department[] | null
      },
      audit: AuditFact,
    ): Promise<void> {
      const at = audit.at
      await db.batch([
        db
          .prepare(
            `INSERT INTO organisations (id, portal_id, data_centre, epoch) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (id) DO UPDATE SET epoch = MAX(epoch, excluded.epoch)`,
          )
          .bind(orgId, facts.portalId, facts.dataCentre, facts.epoch),
        db
          .prepare(
            `INSERT INTO desk_connections (org_id, refresh_token, concurrency, portal_name, edition, connected_by, changed_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
             ON CONFLICT (org_id) DO UPDATE SET refresh_token = excluded.refresh_token, concurrency = excluded.concurrency,
               portal_name = excluded.portal_name, edition = excluded.edition, connected_by = excluded.connected_by,
               access_token = NULL, access_expires_at = 0, status = 'connected', status_reason = NULL,
               changed_at = excluded.changed_at`,
          )
          .bind(orgId, facts.refreshToken, facts.concurrency, facts.portalName, facts.edition, facts.connectedBy, at),
        ...(facts.departments === null ? [] : [departmentsStatement(facts.departments, at)]),
        dueStatement(scope, null),
        auditStatement(scope, audit),
      ])
    },

    /** Conversations that wait for Desk, the longest waiting first. */
    async listWaiting(limit: number): Promise<string[]> {
      const { results } = await db
        .prepare('SELECT conversation_id FROM pending_work WHERE org_id = ?1 ORDER BY since LIMIT ?2')
        .bind(orgId, limit)
        .all()
      return results.map((row) => waitingSchema.parse(row).conversation_id)
    },

    async saveDepartments(departments: readonly Department[], at: number): Promise<void> {
      await departmentsStatement(departments, at).run()
    },

    async saveOrganisation(facts: { portalName: string; edition: string | null; concurrency: number }): Promise<void> {
      await db
        .prepare('UPDATE desk_connections SET portal_name = ?2, edition = ?3, concurrency = ?4 WHERE org_id = ?1')
        .bind(orgId, facts.portalName, facts.edition, facts.concurrency)
        .run()
    },

    /** Nothing is asked of Desk any more until somebody connects it again. Repeated, it changes and tells nothing. */
    async disconnect(audit: AuditFact): Promise<void> {
      await db.batch([
        auditStatement(scope, audit, {
          sql: `EXISTS (SELECT 1 FROM desk_connections WHERE org_id = ?9 AND status <> 'disconnected')`,
          values: [orgId],
        }),
        db
          .prepare(
            `UPDATE desk_connections SET status = 'disconnected', status_reason = NULL, refresh_token = '', access_token = NULL,
               access_expires_at = 0, changed_at = ?2 WHERE org_id = ?1 AND status <> 'disconnected'`,
          )
          .bind(orgId, audit.at),
        dueStatement(scope, null),
      ])
    },

    /** There is another install key, and every session from before is over. Epochs only rise. */
    async saveNewKey(epoch: number, audit: AuditFact): Promise<void> {
      await db.batch([
        epochStatement(epoch),
        db
          .prepare('UPDATE desk_connections SET key_placed_at = NULL, key_used_at = NULL WHERE org_id = ?1')
          .bind(orgId),
        auditStatement(scope, audit),
      ])
    },

    /** Every session from before the epoch is over. */
    async endSessions(epoch: number): Promise<void> {
      await epochStatement(epoch).run()
    },

    async markKeyPlaced(now: number): Promise<void> {
      await db.prepare('UPDATE desk_connections SET key_placed_at = ?2 WHERE org_id = ?1').bind(orgId, now).run()
    },

    /** A panel opened a session with the key. Written once an hour at most: it only tells that the key works. */
    async markKeyUsed(now: number): Promise<void> {
      await db
        .prepare(
          'UPDATE desk_connections SET key_used_at = ?2 WHERE org_id = ?1 AND (key_used_at IS NULL OR key_used_at <= ?3)',
        )
        .bind(orgId, now, now - USED_EVERY_MS)
        .run()
    },
  }

  function epochStatement(epoch: number): D1PreparedStatement {
    return db.prepare('UPDATE organisations SET epoch = MAX(epoch, ?2) WHERE id = ?1').bind(orgId, epoch)
  }

  function departmentsStatement(departments: readonly Department[], at: number): D1PreparedStatement {
    return db
      .prepare('UPDATE desk_connections SET departments = ?2, departments_at = ?3 WHERE org_id = ?1')
      .bind(orgId, JSON.stringify(departments), at)
  }
}

export type DeskRepo = ReturnType<typeof createDeskRepo>
