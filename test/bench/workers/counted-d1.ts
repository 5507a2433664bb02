type Meta = { rows_read?: number; rows_written?: number }

/** Rows by database and the number of round trips, since they were last taken. */
export const totals = {
  read: 0,
  written: 0,
  calls: 0,
  add(meta: Meta | undefined): void {
    this.read += meta?.rows_read ?? 0
    this.written += meta?.rows_written ?? 0
  },
  take(): { read: number; written: number; calls: number } {
    const taken = { read: this.read, written: this.written, calls: this.calls }
    this.read = 0
    this.written = 0
    this.calls = 0
    return taken
  },
}

const DATABASES = ['DIRECTORY', 'SHARD_0', 'SHARD_1'] as const

/** The bindings with databases that count. */
export function counted<Env extends Record<(typeof DATABASES)[number], D1Database>>(env: Env): Env {
  const databases = Object.fromEntries(DATABASES.map((name) => [name, countedDatabase(env[name])]))
  return new Proxy(env, { get: (target, name) => databases[String(name)] ?? Reflect.get(target, name) })
}

const inner = new WeakMap<object, D1PreparedStatement>()

/** A method or value of the real object; its methods must be called on it. */
function ownOf(target: object, name: string | symbol): unknown {
  const value: unknown = Reflect.get(target, name)
  return typeof value === 'function' ? value.bind(target) : value
}

function countedDatabase(db: D1Database): D1Database {
  const counting = {
    prepare: (sql: string) => countedStatement(db.prepare(sql)),
    batch: async (statements: D1PreparedStatement[]) => {
      totals.calls += 1
      const results = await db.batch(statements.map((statement) => inner.get(statement) ?? statement))
      for (const result of results) totals.add(result.meta)
      return results
    },
  }
  return new Proxy(db, { get: (target, name): unknown => Reflect.get(counting, name) ?? ownOf(target, name) })
}

/** `raw` alone is not counted: its answer does not say what it took. */
function countedStatement(statement: D1PreparedStatement): D1PreparedStatement {
  const all = async () => {
    totals.calls += 1
    const result = await statement.all()
    totals.add(result.meta)
    return result
  }
  const counting = {
    bind: (...values: unknown[]) => countedStatement(statement.bind(...values)),
    run: all,
    all,
    first: async (column?: string) => {
      const [row] = (await all()).results
      if (row === undefined) return null
      return column === undefined ? row : row[column]
    },
  }
  const wrapper = new Proxy(statement, {
    get: (target, name): unknown => Reflect.get(counting, name) ?? ownOf(target, name),
  })
  inner.set(wrapper, statement)
  return wrapper
}
