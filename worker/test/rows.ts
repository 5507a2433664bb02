import type { OrgScope } from '../src/platform/scope.ts'

export type Row = Record<string, unknown>

/** Every row of a table that belongs to the organisation, in the order given. */
export async function rowsOf({ db, orgId }: OrgScope, table: string, order = '1'): Promise<Row[]> {
  const { results } = await db.prepare(`SELECT * FROM ${table} WHERE org_id = ?1 ORDER BY ${order}`).bind(orgId).all()
  return results
}

/** Every row of a table, whosever it is. */
export async function allRows(db: D1Database, table: string): Promise<Row[]> {
  const { results } = await db.prepare(`SELECT * FROM ${table}`).all()
  return results
}

/** Runs one statement as it is: for making a database refuse something. */
export async function run(db: D1Database, sql: string): Promise<void> {
  await db.prepare(sql).run()
}
