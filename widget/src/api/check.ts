import { isRecord } from '../json.ts'

/**
 * What a value must be, in the short form that the build writes from the contract's zod schemas. A number names a check that
 * several shapes share. `instant` is ISO 8601 in UTC.
 */
export type Check =
  | number
  | 'any'
  | 'string'
  | 'number'
  | 'integer'
  | 'boolean'
  | 'null'
  | 'instant'
  | { values: unknown[] }
  | { pattern: string }
  | { array: Check }
  | { record: Check }
  | { any: Check[] }
  | { object: Record<string, Check>; optional?: string[] }

export type Checks = { shapes: Record<string, Check>; shared: Check[] }

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?Z$/
const patterns = new Map<string, RegExp>()

function patternOf(source: string): RegExp {
  const known = patterns.get(source) ?? new RegExp(source)
  patterns.set(source, known)
  return known
}

function isSimple(kind: Extract<Check, string>, value: unknown): boolean {
  switch (kind) {
    case 'any':
      return true
    case 'integer':
      return Number.isSafeInteger(value)
    case 'number':
      return Number.isFinite(value)
    case 'null':
      return value === null
    case 'instant':
      return typeof value === 'string' && INSTANT.test(value) && !Number.isNaN(Date.parse(value))
    default:
      return typeof value === kind
  }
}

/** Whether `value` passes. Unknown fields are allowed: the Worker may be newer than an open panel. */
export function passes(check: Check, value: unknown, shared: readonly Check[]): boolean {
  const inner = (part: Check, of: unknown): boolean => passes(part, of, shared)
  if (typeof check === 'number') return inner(shared[check] ?? { any: [] }, value)
  if (typeof check === 'string') return isSimple(check, value)
  if ('values' in check) return check.values.includes(value)
  if ('pattern' in check) return typeof value === 'string' && patternOf(check.pattern).test(value)
  if ('any' in check) return check.any.some((part) => inner(part, value))
  if ('array' in check) return Array.isArray(value) && value.every((item) => inner(check.array, item))
  if (!isRecord(value)) return false
  if ('record' in check) return Object.values(value).every((item) => inner(check.record, item))
  return Object.entries(check.object).every(([key, part]) =>
    value[key] === undefined ? check.optional?.includes(key) === true : inner(part, value[key]),
  )
}
