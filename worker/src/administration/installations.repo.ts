/** Installations of the extension as Desk told of them. `security_context` comes and goes sealed. */
export function createInstallationsRepo(directory: D1Database) {
  return {
    async find(portalId: string): Promise<string | null> {
      return directory
        .prepare('SELECT security_context FROM desk_installations WHERE portal_id = ?1')
        .bind(portalId)
        .first<string>('security_context')
    },

    async save(portalId: string, securityContext: string, now: number): Promise<void> {
      await directory
        .prepare(
          `INSERT INTO desk_installations (portal_id, security_context, told_at) VALUES (?1, ?2, ?3)
           ON CONFLICT (portal_id) DO UPDATE SET security_context = excluded.security_context, told_at = excluded.told_at`,
        )
        .bind(portalId, securityContext, now)
        .run()
    },

    async forget(portalId: string): Promise<void> {
      await directory.prepare('DELETE FROM desk_installations WHERE portal_id = ?1').bind(portalId).run()
    },
  }
}
