import { z } from 'zod'
import { readRoute } from './ingest.rows.ts'
import type { Route } from './ingest.types.ts'

const appSchema = z.object({ app_id: z.string(), app_secret: z.string(), verify_token: z.string() })
const routeSchema = z.object({ id: z.string() })
const shardSchema = z.object({ shard: z.number() })
const counterSchema = z.object({ name: z.string(), value: z.number() })

/** Whose a number is; null while nobody has connected it. */
export async function findNumberRoute(db: D1Database, phoneNumberId: string): Promise<Route | null> {
  const row = await db
    .prepare('SELECT org_id, app_path, connected_at FROM number_routes WHERE phone_number_id = ?1')
    .bind(phoneNumberId)
    .first()
  return row === null ? null : readRoute(row)
}

/** Whose a WhatsApp Business account is. */
export async function findAccountRoute(db: D1Database, wabaId: string): Promise<Route | null> {
  const row = await db
    .prepare('SELECT org_id, app_path, connected_at FROM account_routes WHERE waba_id = ?1')
    .bind(wabaId)
    .first()
  return row === null ? null : readRoute(row)
}

/** Where an organisation's data is, which never changes; null for one that is gone. */
export async function findShard(db: D1Database, orgId: string): Promise<number | null> {
  const row = await db.prepare('SELECT shard FROM organisations WHERE id = ?1').bind(orgId).first()
  return row === null ? null : shardSchema.parse(row).shard
}

export type SealedApp = { appId: string; appSecret: string; verifyToken: string }

/** The id and sealed secrets of a Meta app that a customer brought. */
export async function findMetaApp(db: D1Database, path: string): Promise<SealedApp | null> {
  const row = await db
    .prepare('SELECT app_id, app_secret, verify_token FROM meta_apps WHERE path = ?1')
    .bind(path)
    .first()
  if (row === null) return null
  const found = appSchema.parse(row)
  return { appId: found.app_id, appSecret: found.app_secret, verifyToken: found.verify_token }
}

export type UnroutedLetter = { part: number; reason: string; body: string; receivedAt: number }

/** Keeps parts that no organisation can be given. The same part twice is one letter. */
export async function keepUnrouted(db: D1Database, lane: string, letters: readonly UnroutedLetter[]): Promise<void> {
  await db.batch(
    letters.map(({ part, reason, body, receivedAt }) =>
      db
        .prepare(
          `INSERT INTO unrouted_letters (lane, part, reason, body, received_at) VALUES (?1, ?2, ?3, ?4, ?5)
           ON CONFLICT DO NOTHING`,
        )
        .bind(lane, part, reason, body, receivedAt),
    ),
  )
}

/** Adds to the counters that belong to no number. */
export async function addDoorCounts(db: D1Database, counts: readonly (readonly [string, number])[]): Promise<void> {
  if (counts.length === 0) return
  await db.batch(
    counts.map(([name, value]) =>
      db
        .prepare('INSERT INTO door_counters (name, value) VALUES (?1, ?2) ON CONFLICT DO UPDATE SET value = value + ?2')
        .bind(name, value),
    ),
  )
}

/** Refused webhooks by reason, as of the last flush. */
export async function readDoorCounts(db: D1Database): Promise<Map<string, number>> {
  const { results } = await db.prepare('SELECT name, value FROM door_counters').all()
  return new Map(results.map((row) => counterSchema.parse(row)).map(({ name, value }) => [name, value]))
}

/** One in `of` of all numbers and accounts that are connected: those whose id ends in the digits of `turn`. */
export async function listRoutes(
  db: D1Database,
  turn: number,
  of: number,
): Promise<{ numbers: string[]; accounts: string[] }> {
  const slice = (table: string, column: string): D1PreparedStatement =>
    db
      .prepare(`SELECT ${column} AS id FROM ${table} WHERE CAST(substr(${column}, -4) AS INTEGER) % ?2 = ?1`)
      .bind(turn, of)
  const [numbers, accounts] = await db.batch([
    slice('number_routes', 'phone_number_id'),
    slice('account_routes', 'waba_id'),
  ])
  const ids = (answer: D1Result | undefined) => (answer?.results ?? []).map((row) => routeSchema.parse(row).id)
  return { numbers: ids(numbers), accounts: ids(accounts) }
}
