import type { SandboxClock } from '../../shared/clock.ts'
import { isObject } from '../rest/input.ts'
import type { DatabaseRow } from '../state.ts'

const MINUTE_MS = 60_000
const PER_MINUTE = { write: 50, read: 250, delete: 50 }
const NAME = /^[A-Za-z0-9 ,_:]{1,50}$/
const MAX_VALUE_BYTES = 5.1 * 1024
const MAX_ROWS_PER_WRITE = 10

type Use = keyof typeof PER_MINUTE

/** The extension's key/value storage with its limits. A refusal is a readable Error. */
export class ExtensionDatabase {
  readonly #clock: SandboxClock
  readonly #uses: Record<Use, number[]> = { write: [], read: [], delete: [] }

  constructor(clock: SandboxClock) {
    this.#clock = clock
  }

  /** One row or at most ten; a row with a key that exists replaces it. */
  set(rows: DatabaseRow[], value: unknown): DatabaseRow[] {
    this.#take('write')
    const values = Array.isArray(value) ? value : [value]
    if (values.length === 0 || values.length > MAX_ROWS_PER_WRITE)
      throw new Error('database: one to ten rows at a time')
    const written = values.map(readRow)
    const keys = new Set(written.map((row) => row.key))
    return [...rows.filter((row) => !keys.has(row.key)), ...written]
  }

  get(rows: readonly DatabaseRow[], query: unknown): DatabaseRow[] {
    this.#take('read')
    const { from, limit } = isObject(query) ? query : {}
    const start = typeof from === 'number' ? from : 0
    const count = typeof limit === 'number' ? limit : 20
    if (count < 1 || count > 100) throw new Error('database: limit is 1 to 100')
    return rows.filter((row) => isMeant(row, query)).slice(start, start + count)
  }

  delete(rows: readonly DatabaseRow[], query: unknown): DatabaseRow[] {
    this.#take('delete')
    return rows.filter((row) => !isMeant(row, query))
  }

  #take(use: Use): void {
    const since = this.#clock.now() - MINUTE_MS
    this.#uses[use] = this.#uses[use].filter((at) => at > since)
    if (this.#uses[use].length >= PER_MINUTE[use])
      throw new Error(`database: at most ${PER_MINUTE[use]} of these a minute`)
    this.#uses[use].push(this.#clock.now())
  }
}

function isMeant(row: DatabaseRow, query: unknown): boolean {
  if (!isObject(query)) throw new Error('database: key or queriableValue is needed')
  if (typeof query.key === 'string') return row.key === query.key
  if (typeof query.queriableValue === 'string') return row.queriableValue === query.queriableValue
  throw new Error('database: key or queriableValue is needed')
}

function readRow(value: unknown): DatabaseRow {
  if (!isObject(value)) throw new Error('database: a row is an object')
  const { key, queriableValue } = value
  if (typeof key !== 'string' || !NAME.test(key)) throw new Error('database: key has at most 50 of A-Za-z0-9 , _ :')
  if (typeof queriableValue !== 'string' || !NAME.test(queriableValue)) {
    throw new Error('database: queriableValue has at most 50 of A-Za-z0-9 , _ :')
  }
  const json = JSON.stringify(value.value) ?? ''
  if (json === '' || Buffer.byteLength(json) > MAX_VALUE_BYTES) throw new Error('database: value has at most 5.1 KB')
  return { key, queriableValue, value: value.value }
}
