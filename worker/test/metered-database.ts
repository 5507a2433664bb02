export type RowMeter = { read: number; written: number; statements: number; reset(): void }

/** A database that counts the rows which its batches read and write, as D1 bills them. */
export function meterDatabase(db: D1Database): { db: D1Database; meter: RowMeter } {
  const meter: RowMeter = {
    read: 0,
    written: 0,
    statements: 0,
    reset: () => Object.assign(meter, { read: 0, written: 0, statements: 0 }),
  }
  const metered = new Proxy(db, {
    get: (target, property) => {
      if (property === 'prepare') return (sql: string) => target.prepare(sql)
      if (property !== 'batch') throw new Error(`Only batches are metered, not ${String(property)}.`)
      return async (statements: D1PreparedStatement[]) => {
        const answers = await target.batch(statements)
        for (const { meta } of answers) {
          meter.read += meta.rows_read
          meter.written += meta.rows_written
          meter.statements += 1
        }
        return answers
      }
    },
  })
  return { db: metered, meter }
}
