import { z } from 'zod'

/**
 * What the sweeps look for. They serve every organisation of a shard at once, so these are the only reads that name none; nothing but
 * ids and counts leaves them.
 */

export type WorkItem = { orgId: string; conversationId: string }

const workSchema = z.object({ org_id: z.string(), conversation_id: z.string() })
const nameSchema = z.object({ name: z.string() })
const countSchema = z.object({ count: z.number() })
const idSchema = z.object({ id: z.number().nullable() })

/**
 * Conversations whose work waits since before `before`: the oldest, and as many from `pivot` on in the order of their ids, so that
 * work which cannot be done now never hides the rest.
 */
export async function listStaleWork(db: D1Database, before: number, pivot: string, limit: number): Promise<WorkItem[]> {
  const half = Math.ceil(limit / 2)
  const select = 'SELECT org_id, conversation_id FROM pending_work WHERE since <= ?1'
  const [oldest, others] = await db.batch([
    db.prepare(`${select} ORDER BY since LIMIT ?2`).bind(before, half),
    db.prepare(`${select} AND conversation_id >= ?3 ORDER BY conversation_id LIMIT ?2`).bind(before, half, pivot),
  ])
  const found = new Map<string, WorkItem>()
  for (const row of [...(oldest?.results ?? []), ...(others?.results ?? [])]) {
    const { org_id: orgId, conversation_id: conversationId } = workSchema.parse(row)
    found.set(conversationId, { orgId, conversationId })
  }
  return [...found.values()]
}

/** One page of the directory's numbers and of its accounts; `turn` counts up, and the pages come round. */
export async function listRoutes(
  directory: D1Database,
  turn: number,
  limit: number,
): Promise<{ phoneNumberIds: string[]; wabaIds: string[] }> {
  const [phoneNumberIds, wabaIds] = await Promise.all([
    listPage(
      directory,
      'SELECT phone_number_id AS name FROM number_routes',
      'SELECT COUNT(*) AS count FROM number_routes',
      turn,
      limit,
    ),
    listPage(
      directory,
      'SELECT waba_id AS name FROM account_routes',
      'SELECT COUNT(*) AS count FROM account_routes',
      turn,
      limit,
    ),
  ])
  return { phoneNumberIds, wabaIds }
}

async function listPage(db: D1Database, select: string, count: string, turn: number, limit: number): Promise<string[]> {
  const total = countSchema.parse(await db.prepare(count).first()).count
  if (total === 0) return []
  const page = turn % Math.ceil(total / limit)
  const { results } = await db
    .prepare(`${select} ORDER BY 1 LIMIT ?1 OFFSET ?2`)
    .bind(limit, page * limit)
    .all()
  return results.map((row) => nameSchema.parse(row).name)
}

/**
 * Lets go of statuses whose message never came: they were counted as stored and now count as ignored. Looks at the `limit` oldest.
 * Resolves to how many.
 */
export async function expireWaitingStatuses(db: D1Database, now: number, limit: number): Promise<number> {
  const newest = await db
    .prepare(
      'SELECT MAX(id) AS id FROM (SELECT id, expires_at FROM waiting_statuses ORDER BY id LIMIT ?2) WHERE expires_at <= ?1',
    )
    .bind(now, limit)
    .first()
  const { id } = idSchema.parse(newest)
  if (id === null) return 0
  const [, deleted] = await db.batch([
    db
      .prepare(
        `UPDATE counters SET stored = stored - late.count, ignored = ignored + late.count
         FROM (SELECT org_id, phone_number_id, COUNT(*) AS count FROM waiting_statuses
           WHERE id <= ?1 AND expires_at <= ?2 GROUP BY org_id, phone_number_id) AS late
         WHERE counters.org_id = late.org_id AND counters.phone_number_id = late.phone_number_id`,
      )
      .bind(id, now),
    db.prepare('DELETE FROM waiting_statuses WHERE id <= ?1 AND expires_at <= ?2').bind(id, now),
  ])
  return deleted?.meta.changes ?? 0
}
