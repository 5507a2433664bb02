import { z } from 'zod'

/**
 * What the sweeps look for. They serve every organisation of a shard at once, so these are the only reads that name none; nothing but
 * ids leaves them.
 */

export type WorkItem = { orgId: string; conversationId: string }

const workSchema = z.object({ org_id: z.string(), conversation_id: z.string() })
const orgSchema = z.object({ org_id: z.string() })
const numberSchema = z.object({ org_id: z.string(), phone_number_id: z.string() })

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

/** Organisations with statuses that waited too long, among the `limit` oldest of the shard. */
export async function listOrgsWithExpired(db: D1Database, now: number, limit: number): Promise<string[]> {
  const { results } = await db
    .prepare(
      `SELECT DISTINCT org_id FROM (SELECT org_id, expires_at FROM waiting_statuses ORDER BY id LIMIT ?2)
       WHERE expires_at <= ?1`,
    )
    .bind(now, limit)
    .all()
  return results.map((row) => orgSchema.parse(row).org_id)
}

export type DueNumber = { orgId: string; phoneNumberId: string }

/** Numbers with a channel that nobody looked at since `before`, those that were never looked at first. */
export async function listUncheckedNumbers(db: D1Database, before: number, limit: number): Promise<DueNumber[]> {
  const { results } = await db
    .prepare(
      `SELECT org_id, phone_number_id FROM numbers n WHERE (checked_at IS NULL OR checked_at <= ?1)
         AND EXISTS (SELECT 1 FROM channels h WHERE h.org_id = n.org_id AND h.phone_number_id = n.phone_number_id
           AND h.removed_at IS NULL)
       ORDER BY checked_at LIMIT ?2`,
    )
    .bind(before, limit)
    .all()
  return results.map((row) => {
    const { org_id: orgId, phone_number_id: phoneNumberId } = numberSchema.parse(row)
    return { orgId, phoneNumberId }
  })
}

/** Organisations that want to be told of something bad, or good again, and were not yet. */
export async function listUntoldOrgs(db: D1Database, limit: number): Promise<string[]> {
  const { results } = await db
    .prepare(
      `SELECT DISTINCT p.org_id FROM (
         SELECT org_id FROM problems WHERE level = 'bad' AND told_at IS NULL UNION ALL SELECT org_id FROM solved_problems
       ) p JOIN organisations o ON o.id = p.org_id WHERE o.alert_url IS NOT NULL LIMIT ?1`,
    )
    .bind(limit)
    .all()
  return results.map((row) => orgSchema.parse(row).org_id)
}

const accountSchema = z.object({ org_id: z.string(), waba_id: z.string() })

/** Accounts that Meta was not asked about since before `before`, those that wait longest first. */
export async function listUncheckedAccounts(
  db: D1Database,
  before: number,
  limit: number,
): Promise<{ orgId: string; wabaId: string }[]> {
  const { results } = await db
    .prepare(
      `SELECT org_id, waba_id FROM accounts WHERE COALESCE(checked_at, 0) <= ?1 AND how <> 'operator'
       ORDER BY COALESCE(checked_at, 0) LIMIT ?2`,
    )
    .bind(before, limit)
    .all()
  return results.map((row) => accountSchema.parse(row)).map((row) => ({ orgId: row.org_id, wabaId: row.waba_id }))
}

/** Accounts that belong to a business at Meta, whichever organisation connected them. */
export async function listAccountsOfBusiness(
  db: D1Database,
  businessId: string,
): Promise<{ orgId: string; wabaId: string }[]> {
  const { results } = await db
    .prepare(`SELECT org_id, waba_id FROM accounts WHERE business_id = ?1 AND how <> 'operator' LIMIT 100`)
    .bind(businessId)
    .all()
  return results.map((row) => accountSchema.parse(row)).map((row) => ({ orgId: row.org_id, wabaId: row.waba_id }))
}
