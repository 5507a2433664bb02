import { z } from 'zod'
import type { OrgScope } from '../platform/scope.ts'
import type { MetaHealth } from './health.model.ts'
import type { Gap } from './silence.model.ts'
import { COMPARED_MS, hourOf } from './silence.model.ts'

const jsonText = <Schema extends z.ZodType>(schema: Schema) =>
  z
    .string()
    .transform((text): unknown => JSON.parse(text))
    .pipe(schema)

const healthSchema = z.object({
  entities: z.array(z.object({ type: z.string(), id: z.string(), canSend: z.string(), notes: z.array(z.string()) })),
})
/** The ids of the apps subscribed to the account's events, when we last looked. */
const subscriptionSchema = z.object({ apps: z.array(z.string()) })

const rowSchema = z.object({
  phone_number_id: z.string(),
  waba_id: z.string(),
  display_phone_number: z.string(),
  channel_name: z.string().nullable(),
  platform_status: z.string().nullable(),
  quality: z.string().nullable(),
  name_status: z.string().nullable(),
  messaging_limit: z.string().nullable(),
  health: jsonText(healthSchema).nullable(),
  webhook_actual: z.string().nullable(),
  checked_at: z.number().nullable(),
  token: z.string(),
  business_id: z.string().nullable(),
  app_path: z.string().nullable(),
  business_verification: z.string().nullable(),
  review_status: z.string().nullable(),
  is_banned: z.number().nullable(),
  restricted_until: z.number().nullable(),
  payment: z.string().nullable(),
  token_issued_at: z.number().nullable(),
  token_expires_at: z.number().nullable(),
  token_scopes: jsonText(z.array(z.string())).nullable(),
  subscription: jsonText(subscriptionSchema).nullable(),
  last_event_at: z.number().nullable(),
})
export type NumberRow = z.infer<typeof rowSchema>

const deskSchema = z.object({ status: z.string(), changed_at: z.number(), alert_url: z.string().nullable() })
const workSchema = z.object({ waiting: z.number(), oldest: z.number().nullable() })
const gapSchema = z.object({
  phone_number_id: z.string(),
  hour: z.number(),
  longest_ms: z.number(),
  arrivals: z.number(),
})
const hourSchema = z.object({ direction: z.string(), status: z.string(), hour: z.number(), messages: z.number() })
const countSchema = z.object({ tickets: z.number() })

const SELECT = `SELECT n.phone_number_id, n.waba_id, n.display_phone_number, n.platform_status, n.quality, n.name_status,
    COALESCE(n.messaging_limit, a.messaging_limit) AS messaging_limit, n.health, n.webhook_actual, n.checked_at, n.token,
    h.name AS channel_name, a.business_id, a.app_path, a.business_verification, a.review_status, a.is_banned,
    a.restricted_until, a.payment, a.token_issued_at, a.token_expires_at, a.token_scopes, a.subscription, c.last_event_at
  FROM numbers n
  LEFT JOIN channels h ON h.org_id = n.org_id AND h.phone_number_id = n.phone_number_id AND h.removed_at IS NULL
  LEFT JOIN accounts a ON a.org_id = n.org_id AND a.waba_id = n.waba_id
  LEFT JOIN counters c ON c.org_id = n.org_id AND c.phone_number_id = n.phone_number_id
  WHERE n.org_id = ?1`

export type DeskRow = { status: string; since: number; alertUrl: string | null }
export type HourCount = { direction: string; status: string; hour: number; messages: number }

/** What health is judged from, of one organisation. */
export function createHealthRepo({ db, orgId }: Pick<OrgScope, 'db' | 'orgId'>) {
  return {
    /** In the order they were connected, without those that went with their account. */
    async listNumbers(): Promise<NumberRow[]> {
      const { results } = await db
        .prepare(`${SELECT} AND n.status <> 'disconnected' ORDER BY n.connected_at, n.phone_number_id`)
        .bind(orgId)
        .all()
      return results.map((row) => rowSchema.parse(row))
    },

    async findNumber(phoneNumberId: string): Promise<NumberRow | null> {
      const row = await db.prepare(`${SELECT} AND n.phone_number_id = ?2`).bind(orgId, phoneNumberId).first()
      return row === null ? null : rowSchema.parse(row)
    },

    /** How Desk is connected, and where problems are told. */
    async readDesk(): Promise<DeskRow> {
      const row = await db
        .prepare(
          `SELECT COALESCE(d.status, 'disconnected') AS status, COALESCE(d.changed_at, 0) AS changed_at, o.alert_url
           FROM organisations o LEFT JOIN desk_connections d ON d.org_id = o.id WHERE o.id = ?1`,
        )
        .bind(orgId)
        .first()
      const { status, changed_at: since, alert_url: alertUrl } = deskSchema.parse(row)
      return { status, since, alertUrl }
    },

    /** Conversations that are not in their tickets yet, and since when the oldest waits. */
    async readDeskWork(): Promise<{ waiting: number; oldestAt: number | null }> {
      const row = await db
        .prepare('SELECT COUNT(*) AS waiting, MIN(since) AS oldest FROM pending_work WHERE org_id = ?1')
        .bind(orgId)
        .first()
      const { waiting, oldest } = workSchema.parse(row)
      return { waiting, oldestAt: oldest }
    },

    /** The silences of the last 14 days, by number. */
    async listGaps(now: number): Promise<Map<string, Gap[]>> {
      const { results } = await db
        .prepare(
          'SELECT phone_number_id, hour, longest_ms, arrivals FROM arrival_gaps WHERE org_id = ?1 AND hour >= ?2',
        )
        .bind(orgId, hourOf(now - COMPARED_MS))
        .all()
      const gaps = new Map<string, Gap[]>()
      for (const row of results.map((each) => gapSchema.parse(each))) {
        const known = gaps.get(row.phone_number_id) ?? []
        known.push({ hour: row.hour, longestMs: row.longest_ms, arrivals: row.arrivals })
        gaps.set(row.phone_number_id, known)
      }
      return gaps
    },

    /** Messages since `from` by direction, status and hour; read by way of the conversations that were busy then. */
    async countMessages(from: number): Promise<HourCount[]> {
      const { results } = await db
        .prepare(
          `SELECT m.direction, m.status, m.sent_at / 3600000 AS hour, COUNT(*) AS messages
           FROM conversations v JOIN messages m ON m.conversation_id = v.id AND m.sent_at >= ?2
           WHERE v.org_id = ?1 AND v.last_message_at >= ?2 AND m.is_hidden = 0 GROUP BY 1, 2, 3`,
        )
        .bind(orgId, from)
        .all()
      return results.map((row) => hourSchema.parse(row))
    },

    async countTickets(from: number): Promise<number> {
      const row = await db
        .prepare(
          `SELECT COUNT(*) AS tickets FROM conversations v JOIN ticket_decisions d ON d.conversation_id = v.id AND d.at >= ?2
           WHERE v.org_id = ?1 AND v.last_message_at >= ?2 AND d.decision = 'created'`,
        )
        .bind(orgId, from)
        .first()
      return countSchema.parse(row).tickets
    },

    /** What Meta said of a number just now. A word Meta left out keeps what was known. */
    async saveReading(
      phoneNumberId: string,
      reading: {
        verifiedName: string | null
        quality: string | null
        status: string | null
        nameStatus: string | null
        limit: string | null
        webhook: string | null
        health: MetaHealth | null
      },
      now: number,
    ): Promise<void> {
      const { verifiedName, quality, status, nameStatus, limit, webhook, health } = reading
      await db
        .prepare(
          `UPDATE numbers SET verified_name = COALESCE(?3, verified_name), quality = COALESCE(?4, quality),
             platform_status = COALESCE(?5, platform_status), name_status = COALESCE(?6, name_status),
             messaging_limit = COALESCE(?7, messaging_limit), webhook_actual = ?8, health = COALESCE(?9, health), checked_at = ?10
           WHERE org_id = ?1 AND phone_number_id = ?2`,
        )
        .bind(
          orgId,
          phoneNumberId,
          verifiedName,
          quality,
          status,
          nameStatus,
          limit,
          webhook,
          health === null ? null : JSON.stringify(health),
          now,
        )
        .run()
    },

    async hasAccount(wabaId: string): Promise<boolean> {
      const row = await db
        .prepare('SELECT 1 FROM accounts WHERE org_id = ?1 AND waba_id = ?2')
        .bind(orgId, wabaId)
        .first()
      return row !== null
    },

    /** What Meta says now of a token that it accepts. */
    async saveToken(
      wabaId: string,
      { expiresAt, scopes }: { expiresAt: number | null; scopes: readonly string[] },
    ): Promise<void> {
      await db
        .prepare('UPDATE accounts SET token_expires_at = ?3, token_scopes = ?4 WHERE org_id = ?1 AND waba_id = ?2')
        .bind(orgId, wabaId, expiresAt, JSON.stringify(scopes))
        .run()
    },

    /** Meta does not accept the account's token any more. */
    async markTokenOver(wabaId: string, now: number): Promise<void> {
      await db
        .prepare(
          `UPDATE accounts SET token_expires_at = ?3
           WHERE org_id = ?1 AND waba_id = ?2 AND (token_expires_at IS NULL OR token_expires_at > ?3)`,
        )
        .bind(orgId, wabaId, now)
        .run()
    },

    /** A statement, to stand in one batch with its audit entry. */
    saveAlertUrl(url: string | null): D1PreparedStatement {
      return db.prepare('UPDATE organisations SET alert_url = ?2 WHERE id = ?1').bind(orgId, url)
    },

    /** The apps that hear of the account's events. `isRepaired`: ours is among them again, a failure to subscribe is over. */
    async saveSubscription(wabaId: string, apps: readonly string[], isRepaired: boolean): Promise<void> {
      await db
        .prepare(
          `UPDATE accounts SET subscription = ?3,
             failure = CASE WHEN ?4 AND json_extract(failure, '$.step') = 'subscribe' THEN NULL ELSE failure END
           WHERE org_id = ?1 AND waba_id = ?2`,
        )
        .bind(orgId, wabaId, JSON.stringify({ apps }), isRepaired ? 1 : 0)
        .run()
    },
  }
}

export type HealthRepo = ReturnType<typeof createHealthRepo>
