import { z } from 'zod'
import type { PartInput, Place, StoredPart } from './ingest.types.ts'

const partSchema = z.object({
  id: z.number(),
  received_at: z.number(),
  app_path: z.string(),
  units: z.number(),
  body: z.string().nullable(),
  blob_key: z.string().nullable(),
  replay_org: z.string().nullable(),
  replay_letter: z.number().nullable(),
})
const sumSchema = z.object({ units: z.number().nullable() })
const countSchema = z.object({ name: z.string(), value: z.number() })
const firstSchema = z.object({ id: z.number().nullable() })

/** At most this many parts and characters are taken at a time; one that is larger is taken alone. */
const MAX_PARTS = 200
const MAX_CHARACTERS = 1_500_000

/**
 * A lane's own storage. Part ids only rise and are never used twice: they begin at the time the lane was made, so that one made anew
 * does not reuse those that D1 has seen.
 */
export function createLaneRepo(sql: SqlStorage, now: number) {
  sql.exec(`CREATE TABLE IF NOT EXISTS parts (
    id INTEGER PRIMARY KEY AUTOINCREMENT, received_at INTEGER NOT NULL, app_path TEXT NOT NULL, units INTEGER NOT NULL,
    body TEXT, blob_key TEXT, replay_org TEXT, replay_letter INTEGER)`)
  sql.exec('CREATE TABLE IF NOT EXISTS refusals (name TEXT NOT NULL PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID')
  if (sql.exec(`SELECT 1 FROM sqlite_sequence WHERE name = 'parts'`).toArray().length === 0) {
    sql.exec(`INSERT INTO parts (id, received_at, app_path, units) VALUES (?, 0, '', 0)`, now)
    sql.exec('DELETE FROM parts')
  }

  return {
    add({ receivedAt, appPath, units, body, blobKey, replayOf }: PartInput): void {
      sql.exec(
        `INSERT INTO parts (received_at, app_path, units, body, blob_key, replay_org, replay_letter)
         VALUES (?, ?, ?, ?, ?, ?, ?)`,
        ...[receivedAt, appPath, units, body, blobKey, replayOf?.orgId ?? null, replayOf?.letter ?? null],
      )
    },

    isEmpty(): boolean {
      return firstSchema.parse(sql.exec('SELECT MIN(id) AS id FROM parts').one()).id === null
    },

    /** The oldest parts, in order. */
    take(): StoredPart[] {
      const parts: StoredPart[] = []
      let characters = 0
      for (const row of sql.exec('SELECT * FROM parts ORDER BY id LIMIT ?', MAX_PARTS)) {
        const part = readPart(row)
        const size = part.body?.length ?? MAX_CHARACTERS
        if (parts.length > 0 && characters + size > MAX_CHARACTERS) break
        parts.push(part)
        characters += size
      }
      return parts
    },

    /** Parts that came in before a time. */
    takeOlderThan(time: number): StoredPart[] {
      return sql
        .exec('SELECT * FROM parts WHERE received_at < ? ORDER BY id LIMIT 50', time)
        .toArray()
        .map((row) => readPart(row))
    },

    removeUpTo(id: number): void {
      sql.exec('DELETE FROM parts WHERE id <= ?', id)
    },

    remove(ids: readonly number[]): void {
      for (const id of ids) sql.exec('DELETE FROM parts WHERE id = ?', id)
    },

    /** Messages, statuses and other things in parts that are still here and not in D1, which holds the lane up to `place`. */
    countUnits(place: Place | null): number {
      const row = sql
        .exec(
          `SELECT SUM(CASE WHEN id < ?1 THEN 0 WHEN id = ?1 THEN MAX(units - ?2 - 1, 0) ELSE units END) AS units FROM parts`,
          ...[place?.part ?? 0, place?.unit ?? 0],
        )
        .one()
      return sumSchema.parse(row).units ?? 0
    },

    addRefusals(counts: readonly (readonly [string, number])[]): void {
      for (const [name, value] of counts) {
        sql.exec(
          'INSERT INTO refusals (name, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = value + excluded.value',
          ...[name, value],
        )
      }
    },

    hasRefusals(): boolean {
      return sql.exec('SELECT 1 FROM refusals LIMIT 1').toArray().length > 0
    },

    takeRefusals(): [string, number][] {
      const counts = sql.exec('SELECT name, value FROM refusals').toArray()
      sql.exec('DELETE FROM refusals')
      return counts.map((row) => countSchema.parse(row)).map(({ name, value }) => [name, value])
    },
  }
}

export type LaneRepo = ReturnType<typeof createLaneRepo>

function readPart(row: unknown): StoredPart {
  const part = partSchema.parse(row)
  return {
    id: part.id,
    receivedAt: part.received_at,
    appPath: part.app_path,
    units: part.units,
    body: part.body,
    blobKey: part.blob_key,
    replayOf:
      part.replay_org === null || part.replay_letter === null
        ? null
        : { orgId: part.replay_org, letter: part.replay_letter },
  }
}
