import { z } from 'zod'

const ownerSchema = z.object({ org_id: z.string() })

/**
 * Routes a number's webhooks to an organisation, unless it is another's. Comes before the channel: a lane that finds a number without
 * one waits. Resolves to whether the number is the organisation's.
 */
export async function claimNumberRoute(
  db: D1Database,
  orgId: string,
  route: { phoneNumberId: string; wabaId: string; appPath: string },
  now: number,
): Promise<boolean> {
  const [, found] = await db.batch([
    db
      .prepare(
        `INSERT INTO number_routes (phone_number_id, org_id, waba_id, app_path, connected_at) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT (phone_number_id) DO UPDATE SET waba_id = excluded.waba_id, app_path = excluded.app_path
         WHERE org_id = excluded.org_id`,
      )
      .bind(route.phoneNumberId, orgId, route.wabaId, route.appPath, now),
    db.prepare('SELECT org_id FROM number_routes WHERE phone_number_id = ?1').bind(route.phoneNumberId),
  ])
  return ownerSchema.parse(found?.results[0]).org_id === orgId
}
