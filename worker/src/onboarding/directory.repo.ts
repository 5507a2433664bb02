import { z } from 'zod'

const windowSchema = z.object({ org_id: z.string(), attempt_id: z.string(), shard: z.number() })
const ownerSchema = z.object({ org_id: z.string() })

const pathSchema = z.object({ path: z.string() })
const appSchema = z.object({ path: z.string(), app_id: z.string(), app_secret: z.string(), verify_token: z.string() })

/** A Meta app of a customer's own. `appSecret` and `verifyToken` are sealed. */
export type OwnApp = { path: string; appId: string; appSecret: string; verifyToken: string }

/** A window of the Worker that an administrator opened, and what it is for. */
export type OpenWindow = { orgId: string; shard: number; attemptId: string }

/** Windows and accounts' owners: found before the organisation is known, or shared by all of them. */
export function createOnboardingDirectory(db: D1Database) {
  return {
    async addWindow(ticket: { sha256: string; orgId: string; attemptId: string; expiresAt: number }): Promise<void> {
      await db.batch([
        db.prepare('DELETE FROM windows WHERE expires_at < ?1').bind(ticket.expiresAt - 86_400_000),
        db
          .prepare('INSERT INTO windows (ticket_sha256, org_id, attempt_id, expires_at) VALUES (?1, ?2, ?3, ?4)')
          .bind(ticket.sha256, ticket.orgId, ticket.attemptId, ticket.expiresAt),
      ])
    },

    /** Opens a window once: from now on its page works with its own secret until `until`. Null for the second, or too late. */
    async openWindow(ticketSha256: string, pageSha256: string, now: number, until: number): Promise<OpenWindow | null> {
      const { meta } = await db
        .prepare(
          `UPDATE windows SET page_sha256 = ?2, opened_at = ?3, expires_at = ?4
           WHERE ticket_sha256 = ?1 AND opened_at IS NULL AND expires_at > ?3`,
        )
        .bind(ticketSha256, pageSha256, now, until)
        .run()
      return meta.changes === 0 ? null : this.findWindow(pageSha256, now)
    },

    async findWindow(pageSha256: string, now: number): Promise<OpenWindow | null> {
      const row = await db
        .prepare(
          `SELECT w.org_id, w.attempt_id, o.shard FROM windows w JOIN organisations o ON o.id = w.org_id
           WHERE w.page_sha256 = ?1 AND w.expires_at > ?2`,
        )
        .bind(pageSha256, now)
        .first()
      if (row === null) return null
      const { org_id: orgId, attempt_id: attemptId, shard } = windowSchema.parse(row)
      return { orgId, shard, attemptId }
    },

    /** Makes the account the organisation's if it is nobody's. Answers whose it is now. `appPath` names the Meta app that signs for it. */
    async takeAccount(route: { orgId: string; wabaId: string; appPath: string; now: number }): Promise<string> {
      const { orgId, wabaId, appPath, now } = route
      const [, , found] = await db.batch([
        db
          .prepare(
            `INSERT INTO account_routes (waba_id, org_id, app_path, connected_at) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (waba_id) DO UPDATE SET app_path = excluded.app_path WHERE org_id = excluded.org_id`,
          )
          .bind(wabaId, orgId, appPath, now),
        db
          .prepare('UPDATE number_routes SET app_path = ?3 WHERE waba_id = ?1 AND org_id = ?2')
          .bind(wabaId, orgId, appPath),
        db.prepare('SELECT org_id FROM account_routes WHERE waba_id = ?1').bind(wabaId),
      ])
      return ownerSchema.parse(found?.results[0]).org_id
    },

    /** A Meta app that the organisation brought, its secrets sealed. */
    async findApp(orgId: string, path: string): Promise<OwnApp | null> {
      const row = await db
        .prepare('SELECT path, app_id, app_secret, verify_token FROM meta_apps WHERE org_id = ?1 AND path = ?2')
        .bind(orgId, path)
        .first()
      return row === null ? null : readApp(row)
    },

    /** Keeps an app the first time. Answers the path it has. Secrets are sealed for the given path. */
    async ensureApp(app: OwnApp & { orgId: string; now: number }): Promise<string> {
      const [, found] = await db.batch([
        db
          .prepare(
            `INSERT INTO meta_apps (path, org_id, app_id, app_secret, verify_token, created_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
             ON CONFLICT (org_id, app_id) DO NOTHING`,
          )
          .bind(app.path, app.orgId, app.appId, app.appSecret, app.verifyToken, app.now),
        db.prepare('SELECT path FROM meta_apps WHERE org_id = ?1 AND app_id = ?2').bind(app.orgId, app.appId),
      ])
      return pathSchema.parse(found?.results[0]).path
    },

    async saveAppSecret(orgId: string, path: string, sealed: string): Promise<void> {
      await db
        .prepare('UPDATE meta_apps SET app_secret = ?3 WHERE org_id = ?1 AND path = ?2')
        .bind(orgId, path, sealed)
        .run()
    },

    async releaseAccount(orgId: string, wabaId: string): Promise<void> {
      await db.batch([
        db.prepare('DELETE FROM number_routes WHERE waba_id = ?1 AND org_id = ?2').bind(wabaId, orgId),
        db.prepare('DELETE FROM account_routes WHERE waba_id = ?1 AND org_id = ?2').bind(wabaId, orgId),
        // Who came by hosted signup may be claimed anew.
        db
          .prepare(
            `UPDATE unclaimed_accounts SET claimed_by = NULL, claim_org_id = NULL, claim_until = 0
             WHERE waba_id = ?1 AND claimed_by = ?2`,
          )
          .bind(wabaId, orgId),
      ])
    },
  }
}

function readApp(row: unknown): OwnApp {
  const { path, app_id: appId, app_secret: appSecret, verify_token: verifyToken } = appSchema.parse(row)
  return { path, appId, appSecret, verifyToken }
}

export type OnboardingDirectory = ReturnType<typeof createOnboardingDirectory>
