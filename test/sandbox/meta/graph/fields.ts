import type { Json } from '../state.ts'
import { badParameter } from './errors.ts'

/** The fields of one kind of object; each is computed when it is asked for. */
export type FieldTable<Source> = Record<string, (source: Source) => unknown>

/** An object with the asked fields, `id` always. An unknown field is refused as Graph does it. */
export function pickFields<Source extends { id: string }>(
  source: Source,
  table: FieldTable<Source>,
  asked: readonly string[],
): Json {
  const result: Json = {}
  for (const name of asked) {
    if (name === 'id') continue
    const read = Object.hasOwn(table, name) ? table[name] : undefined
    if (read === undefined) throw badParameter(`Tried accessing nonexisting field (${name})`)
    const value = read(source)
    if (value !== undefined) result[name] = value
  }
  return { ...result, id: source.id }
}

const MAX_PAGE = 100
const DEFAULT_PAGE = 25

/** One page of a list, by opaque cursors. `next` is there only when more follows. */
export function pageOf<Item>(
  items: readonly Item[],
  query: URLSearchParams,
  url: string,
): { data: Item[]; paging?: Json } {
  const limit = Math.min(MAX_PAGE, Math.max(1, Number(query.get('limit') ?? DEFAULT_PAGE) || DEFAULT_PAGE))
  const after = positionOf(query.get('after'))
  const before = query.get('before') === null ? undefined : positionOf(query.get('before'))
  const from = before === undefined ? after : Math.max(0, before - limit)
  const to = before ?? from + limit
  const data = items.slice(from, to)
  if (data.length === 0) return { data }
  const cursors = { before: cursorOf(from), after: cursorOf(from + data.length) }
  const next = new URL(url)
  next.searchParams.set('after', cursors.after)
  return { data, paging: { cursors, ...(from + data.length < items.length ? { next: next.toString() } : {}) } }
}

function cursorOf(position: number): string {
  return Buffer.from(`QVFI${position}`).toString('base64url')
}

function positionOf(cursor: string | null): number {
  if (cursor === null) return 0
  const position = Number(/^QVFI(\d+)$/.exec(Buffer.from(cursor, 'base64url').toString())?.[1])
  if (Number.isNaN(position)) throw badParameter('The cursor is not valid')
  return position
}
