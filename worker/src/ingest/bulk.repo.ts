/** D1 takes at most 100 values and 100 kB of SQL per statement, and 2 MB per value. */
const MAX_ROWS = 60
const MAX_CHARACTERS = 400_000

/** A column and where its value comes from: a place in the row's list, or SQL in which `$` stands for the row. */
export type Column = readonly [name: string, value: number | string]

type Row = readonly (string | number | boolean | null)[]

type Insert = {
  table: string
  columns: readonly Column[]
  rows: readonly Row[]
  /** Values `?1`, `?2` … of the columns' SQL. */
  shared: readonly (string | number)[]
  onConflict?: string
}

/**
 * Inserts of many rows in few statements. Each row is one value, a JSON list taken apart by SQLite, so that a statement holds many
 * rows and integers stay integers. They keep their order.
 */
export function insertRows(
  db: D1Database,
  { table, columns, rows, shared, onConflict = '' }: Insert,
): D1PreparedStatement[] {
  return chunks(rows.map((row) => JSON.stringify(row))).map((texts) => {
    const values = texts.map((_text, index) => {
      const mark = `?${shared.length + 1 + index}`
      return `(${columns.map(([, value]) => (typeof value === 'number' ? `${mark}->>${value}` : value.replaceAll('$', () => mark))).join(', ')})`
    })
    const names = columns.map(([name]) => name).join(', ')
    return db
      .prepare(`INSERT INTO ${table} (${names}) VALUES ${values.join(', ')} ${onConflict}`)
      .bind(...shared, ...texts)
  })
}

function chunks(texts: readonly string[]): string[][] {
  const lists: string[][] = []
  let characters = 0
  for (const text of texts) {
    const list = lists.at(-1)
    if (list === undefined || list.length === MAX_ROWS || characters + text.length > MAX_CHARACTERS) {
      lists.push([text])
      characters = 0
    } else list.push(text)
    characters += text.length
  }
  return lists
}
