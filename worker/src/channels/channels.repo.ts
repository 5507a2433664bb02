import { z } from 'zod'
import type { ChannelSettings, CreateChannelBody } from '../../../contract/index.ts'
import { auditStatement } from '../audit/audit.repo.ts'
import type { AuditFact } from '../audit/audit.repo.ts'
import type { OrgScope } from '../platform/scope.ts'
import type { ChannelRow } from './channels.rows.ts'
import { channelRowSchema } from './channels.rows.ts'

const SELECT = `SELECT h.id, h.phone_number_id, n.display_phone_number, h.name, h.department_id, h.ticket_rule, h.ticket_after_minutes,
    h.reopen_days, h.burst_seconds, h.public_comments, h.icon_key, h.icon_type, h.off_at, h.removed_at,
    (SELECT COUNT(*) FROM conversations v INDEXED BY conversations_held
      WHERE v.org_id = h.org_id AND v.phone_number_id = h.phone_number_id AND v.held_since IS NOT NULL) AS held
  FROM channels h LEFT JOIN numbers n ON n.org_id = h.org_id AND n.phone_number_id = h.phone_number_id
  WHERE h.org_id = ?1`

const HAS_DEPARTMENT = `EXISTS (SELECT 1 FROM desk_connections d, json_each(d.departments) e
  WHERE d.org_id = ?1 AND json_extract(e.value, '$.id') = `

const VERIFIED_AT = `(SELECT verified_at FROM numbers WHERE org_id = ?1 AND phone_number_id = `

const departmentsSchema = z
  .string()
  .transform((text): unknown => JSON.parse(text))
  .pipe(z.array(z.object({ id: z.string(), name: z.string() })))
const routeSchema = z.object({ waba_id: z.string(), app_path: z.string() })

/** The channels of one organisation. */
export function createChannelsRepo(scope: Pick<OrgScope, 'db' | 'orgId'>) {
  const { db, orgId } = scope
  return {
    /** In the order they were made, those that were removed too. */
    async list(): Promise<ChannelRow[]> {
      const { results } = await db.prepare(`${SELECT} ORDER BY h.created_at, h.id`).bind(orgId).all()
      return results.map((row) => channelRowSchema.parse(row))
    },

    async find(id: string): Promise<ChannelRow | null> {
      const row = await db.prepare(`${SELECT} AND h.id = ?2`).bind(orgId, id).first()
      return row === null ? null : channelRowSchema.parse(row)
    },

    async findByNumber(phoneNumberId: string): Promise<ChannelRow | null> {
      const row = await db.prepare(`${SELECT} AND h.phone_number_id = ?2`).bind(orgId, phoneNumberId).first()
      return row === null ? null : channelRowSchema.parse(row)
    },

    /** The account's enabled departments, as they were read last. */
    async listDepartments(): Promise<{ id: string; name: string }[]> {
      const text = await db
        .prepare('SELECT departments FROM desk_connections WHERE org_id = ?1')
        .bind(orgId)
        .first('departments')
      return text === null ? [] : departmentsSchema.parse(text)
    },

    /** The account of a number, and the path of the Meta app its webhooks come by; null for a number that is not connected. */
    async findNumber(phoneNumberId: string): Promise<{ wabaId: string; appPath: string } | null> {
      const row = await db
        .prepare(
          `SELECT n.waba_id, COALESCE(a.app_path, '') AS app_path FROM numbers n
           LEFT JOIN accounts a ON a.org_id = n.org_id AND a.waba_id = n.waba_id
           WHERE n.org_id = ?1 AND n.phone_number_id = ?2 AND n.status <> 'disconnected'`,
        )
        .bind(orgId, phoneNumberId)
        .first()
      if (row === null) return null
      const { waba_id: wabaId, app_path: appPath } = routeSchema.parse(row)
      return { wabaId, appPath }
    },

    /**
     * Makes the channel of a number: one statement lets it in only while there are fewer channels than departments and the department
     * is one of them; a removed channel of the number is made anew under the new id. The first channel starts the organisation's trial;
     * of numbers that were verified at the same moment, as all are that were when their account was connected, its number is the one in
     * trial. False where nothing was made.
     */
    async create(id: string, body: CreateChannelBody, now: number, audit: AuditFact): Promise<boolean> {
      const isNew = { sql: 'EXISTS (SELECT 1 FROM channels WHERE org_id = ?9 AND id = ?10)', values: [orgId, id] }
      const [made] = await db.batch([
        db
          .prepare(
            `INSERT INTO channels (org_id, id, phone_number_id, name, department_id, reopen_days, burst_seconds, public_comments,
               ticket_rule, ticket_after_minutes, created_at)
             SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11
             WHERE (SELECT COUNT(*) FROM channels WHERE org_id = ?1 AND removed_at IS NULL)
                 < (SELECT json_array_length(departments) FROM desk_connections WHERE org_id = ?1)
               AND ${HAS_DEPARTMENT} ?5)
               AND EXISTS (SELECT 1 FROM numbers WHERE org_id = ?1 AND phone_number_id = ?3 AND status <> 'disconnected')
             ON CONFLICT (org_id, phone_number_id) DO UPDATE SET id = excluded.id, name = excluded.name,
               department_id = excluded.department_id, reopen_days = excluded.reopen_days, burst_seconds = excluded.burst_seconds,
               public_comments = excluded.public_comments, ticket_rule = excluded.ticket_rule,
               ticket_after_minutes = excluded.ticket_after_minutes, created_at = excluded.created_at,
               off_at = NULL, removed_at = NULL, icon_key = NULL, icon_type = NULL
             WHERE removed_at IS NOT NULL`,
          )
          .bind(
            ...[orgId, id, body.phoneNumberId, body.name, body.departmentId, body.reopenDays, body.burstSeconds],
            ...[body.publicComments ? 1 : 0, body.ticketRule, body.ticketAfterMinutes, now],
          ),
        db
          .prepare(
            `UPDATE organisations SET trial_started_at = COALESCE(trial_started_at, ?2),
               trial_number = CASE WHEN trial_started_at IS NULL AND ${VERIFIED_AT} ?3) <= ${VERIFIED_AT} trial_number) THEN ?3
                 ELSE COALESCE(trial_number, ?3) END
             WHERE id = ?1 AND EXISTS (SELECT 1 FROM channels WHERE org_id = ?1 AND id = ?4)`,
          )
          .bind(orgId, now, body.phoneNumberId, id),
        auditStatement(scope, audit, isNew),
      ])
      return made?.meta.changes === 1
    },

    /**
     * Changes what an administrator decided. Conversations without a ticket follow the channel into its department; those with one stay
     * where their ticket is. False where the channel is removed, or the department is none of the account's.
     */
    async change(
      { id, phone_number_id: number, department_id: before }: ChannelRow,
      settings: ChannelSettings,
      audit: AuditFact,
    ): Promise<boolean> {
      const isKept = settings.departmentId === before ? 1 : 0
      const hasChanged = {
        sql: 'EXISTS (SELECT 1 FROM channels WHERE org_id = ?9 AND id = ?10 AND department_id = ?11 AND removed_at IS NULL)',
        values: [orgId, id, settings.departmentId],
      }
      const [changed] = await db.batch([
        db
          .prepare(
            `UPDATE channels SET name = ?3, department_id = ?4, reopen_days = ?5, burst_seconds = ?6, public_comments = ?7,
               ticket_rule = ?8, ticket_after_minutes = ?9
             WHERE org_id = ?1 AND id = ?2 AND removed_at IS NULL AND (?10 = 1 OR ${HAS_DEPARTMENT} ?4))`,
          )
          .bind(
            ...[orgId, id, settings.name, settings.departmentId, settings.reopenDays, settings.burstSeconds],
            ...[settings.publicComments ? 1 : 0, settings.ticketRule, settings.ticketAfterMinutes, isKept],
          ),
        ...(isKept === 1
          ? []
          : [
              db
                .prepare(
                  `UPDATE conversations SET department_id = ?4, change = change + 1
                   WHERE org_id = ?1 AND phone_number_id = ?2 AND department_id = ?3 AND ticket_id IS NULL
                     AND EXISTS (SELECT 1 FROM channels WHERE org_id = ?1 AND phone_number_id = ?2 AND department_id = ?4)`,
                )
                .bind(orgId, number, before, settings.departmentId),
            ]),
        auditStatement(scope, audit, hasChanged),
      ])
      return changed?.meta.changes === 1
    },
  }
}

export type ChannelsRepo = ReturnType<typeof createChannelsRepo>
