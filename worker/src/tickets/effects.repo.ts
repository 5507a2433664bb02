import { z } from 'zod'
import type { Effect, EffectJournal, RecordedPart } from './effects.types.ts'
import {
  deskSettingSchema,
  effectBodySchema,
  effectResultSchema,
  effectStateSchema,
  planSchema,
} from './effects.types.ts'

const TABLES = [
  `CREATE TABLE IF NOT EXISTS desk_calls (
     id INTEGER PRIMARY KEY, reference TEXT NOT NULL, body TEXT NOT NULL, state TEXT NOT NULL DEFAULT 'planned',
     attempts INTEGER NOT NULL DEFAULT 0, began_at INTEGER, looks INTEGER NOT NULL DEFAULT 0, next_at INTEGER, result TEXT)`,
  'CREATE TABLE IF NOT EXISTS desk_recorded (seq INTEGER PRIMARY KEY, part TEXT NOT NULL)',
  'CREATE TABLE IF NOT EXISTS desk_uploads (seq INTEGER PRIMARY KEY, attachment_id TEXT, is_refused INTEGER NOT NULL, tries INTEGER NOT NULL)',
  'CREATE TABLE IF NOT EXISTS desk_notes (name TEXT PRIMARY KEY, value TEXT NOT NULL)',
]

const json = <Schema extends z.ZodType>(schema: Schema) =>
  z
    .string()
    .transform((text): unknown => JSON.parse(text))
    .pipe(schema)

const effectRowSchema = z.object({
  id: z.number(),
  reference: z.string(),
  body: json(effectBodySchema),
  state: effectStateSchema,
  attempts: z.number(),
  began_at: z.number().nullable(),
  looks: z.number(),
  next_at: z.number().nullable(),
  result: json(effectResultSchema).nullable(),
})
const recordedRowSchema = z.object({ seq: z.number(), part: z.enum(['text', 'all']) })
const uploadRowSchema = z.object({
  seq: z.number(),
  attachment_id: z.string().nullable(),
  is_refused: z.number(),
  tries: z.number(),
})
const noteRowSchema = z.object({ value: z.string() })
const troubleSchema = z.object({ failures: z.number(), notBefore: z.number(), isShown: z.boolean() })
const settingSchema = z.object({ setting: deskSettingSchema, readAt: z.number() })
const burstSchema = z.object({ lengthMs: z.number(), endsAt: z.number().nullable() })

/** The journal in a Durable Object's own SQLite. Writes are synchronous and held back from no other: a call leaves after them. */
export function createEffectJournal(storage: Pick<DurableObjectStorage, 'sql' | 'transactionSync'>): EffectJournal {
  const { sql } = storage
  for (const table of TABLES) sql.exec(table)

  function note<Schema extends z.ZodType>(name: string, schema: Schema): z.infer<Schema> | null {
    const [row] = sql.exec('SELECT value FROM desk_notes WHERE name = ?', name).toArray()
    return row === undefined ? null : json(schema).parse(noteRowSchema.parse(row).value)
  }

  function setNote(name: string, value: object | null): void {
    if (value === null) sql.exec('DELETE FROM desk_notes WHERE name = ?', name)
    else sql.exec('INSERT OR REPLACE INTO desk_notes (name, value) VALUES (?, ?)', name, JSON.stringify(value))
  }

  const effects = (): Effect[] =>
    sql
      .exec('SELECT * FROM desk_calls ORDER BY id')
      .toArray()
      .map((row) => effectOf(effectRowSchema.parse(row)))

  return {
    plan: () => note('plan', planSchema),
    effects,

    open(plan, planned) {
      storage.transactionSync(() => {
        setNote('plan', plan)
        for (const { reference, body } of planned) {
          sql.exec('INSERT INTO desk_calls (reference, body) VALUES (?, ?)', reference, JSON.stringify(body))
        }
      })
    },

    update(id, changes) {
      const known = effects().find((effect) => effect.id === id)
      if (known === undefined) return
      const { state, attempts, beganAt, looks, nextAt, result } = { ...known, ...changes }
      sql.exec(
        `UPDATE desk_calls SET state = ?, attempts = ?, began_at = ?, looks = ?, next_at = ?, result = ? WHERE id = ?`,
        state,
        attempts,
        beganAt,
        looks,
        nextAt,
        result === null ? null : JSON.stringify(result),
        id,
      )
    },

    close(recorded) {
      storage.transactionSync(() => {
        setNote('plan', null)
        sql.exec('DELETE FROM desk_calls')
        for (const { seq, part } of recorded) {
          sql.exec('INSERT OR REPLACE INTO desk_recorded (seq, part) VALUES (?, ?)', seq, part)
        }
      })
    },

    recorded() {
      const rows = sql.exec('SELECT seq, part FROM desk_recorded').toArray()
      return new Map<number, RecordedPart>(
        rows.map((row) => recordedRowSchema.parse(row)).map(({ seq, part }) => [seq, part]),
      )
    },

    forget(cursor, holes) {
      storage.transactionSync(() => {
        for (const table of ['desk_recorded', 'desk_uploads']) {
          sql.exec(
            `DELETE FROM ${table} WHERE seq <= ? AND seq NOT IN (SELECT value FROM json_each(?))`,
            cursor,
            JSON.stringify(holes),
          )
        }
      })
    },

    uploads() {
      const rows = sql.exec('SELECT * FROM desk_uploads').toArray()
      return new Map(
        rows
          .map((row) => uploadRowSchema.parse(row))
          .map((row) => [
            row.seq,
            { attachmentId: row.attachment_id, isRefused: row.is_refused === 1, tries: row.tries },
          ]),
      )
    },

    saveUpload(seq, { attachmentId, isRefused, tries }) {
      sql.exec(
        'INSERT OR REPLACE INTO desk_uploads (seq, attachment_id, is_refused, tries) VALUES (?, ?, ?, ?)',
        seq,
        attachmentId,
        isRefused ? 1 : 0,
        tries,
      )
    },

    trouble: () => note('trouble', troubleSchema) ?? { failures: 0, notBefore: 0, isShown: false },
    setTrouble: (trouble) => setNote('trouble', trouble),
    setting: () => note('setting', settingSchema),
    setSetting: (known) => setNote('setting', known),
    burst: () => note('burst', burstSchema),
    setBurst: (burst) => setNote('burst', burst),
  }
}

function effectOf(row: z.infer<typeof effectRowSchema>): Effect {
  return {
    id: row.id,
    reference: row.reference,
    body: row.body,
    state: row.state,
    attempts: row.attempts,
    beganAt: row.began_at,
    looks: row.looks,
    nextAt: row.next_at,
    result: row.result,
  }
}
