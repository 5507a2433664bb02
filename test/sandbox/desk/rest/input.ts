import type { Context } from 'hono'
import { DeskError, invalidData, unprocessable } from '../errors.ts'
import type { FieldProblem } from '../errors.ts'

/** How a field of a request body is checked. Every field may be null unless it is required. */
export type FieldRule =
  | { kind: 'text'; max?: number; oneOf?: readonly string[]; pattern?: RegExp }
  | { kind: 'id' }
  | { kind: 'ids'; max?: number }
  | { kind: 'texts'; max?: number }
  | { kind: 'boolean' }
  | { kind: 'object' }
  | { kind: 'objects' }
  | { kind: 'time' }

export type Rules = Record<string, FieldRule>

/** A checked request body: a field that was not sent is undefined, one sent empty is null. */
export type Fields = {
  has(name: string): boolean
  text(name: string): string | null | undefined
  ids(name: string): string[]
  flag(name: string): boolean | undefined
  object(name: string): Record<string, unknown> | undefined
  objects(name: string): Record<string, unknown>[]
}

/**
 * Reads a JSON body. Throws UNSUPPORTED_MEDIA_TYPE, BAD_REQUEST (no JSON), EMPTY_PAYLOAD, UNPROCESSABLE_ENTITY (a field
 * that does not exist) or INVALID_DATA with a list of what is missing or invalid.
 */
export async function readFields(c: Context, rules: Rules, required: readonly string[]): Promise<Fields> {
  const type = c.req.header('content-type') ?? 'application/json'
  if (!type.startsWith('application/json')) {
    throw new DeskError(415, 'UNSUPPORTED_MEDIA_TYPE', 'The media type of the payload is not supported.')
  }
  const text = await c.req.text()
  if (text.trim() === '') throw new DeskError(422, 'EMPTY_PAYLOAD', 'The payload is empty.')
  return checkFields(parseObject(text), rules, required)
}

/** The same for a body that is already parsed; `prefix` leads to it in the JSON Pointers of the problems. */
export function checkFields(
  body: Record<string, unknown>,
  rules: Rules,
  required: readonly string[],
  prefix = '',
): Fields {
  for (const name of Object.keys(body)) {
    if (rules[name] === undefined) throw unprocessable(`An extra parameter '${name}' is found in the input.`)
  }
  const problems: FieldProblem[] = []
  for (const [name, rule] of Object.entries(rules)) {
    const value = body[name]
    const isAbsent = value === undefined || value === null || value === ''
    if (isAbsent && required.includes(name)) problems.push({ fieldName: `/${prefix}${name}`, errorType: 'missing' })
    else if (!isAbsent && !fits(value, rule)) problems.push({ fieldName: `/${prefix}${name}`, errorType: 'invalid' })
  }
  if (problems.length > 0) throw invalidData(problems)
  return fieldsOf(body)
}

function fits(value: unknown, rule: FieldRule): boolean {
  switch (rule.kind) {
    case 'text':
      // Lengths are counted in UTF-16 units, as Java does.
      if (typeof value !== 'string' || value.length > (rule.max ?? Infinity)) return false
      if (rule.oneOf !== undefined && !rule.oneOf.includes(value)) return false
      return rule.pattern === undefined || rule.pattern.test(value)
    case 'id':
      return isId(value)
    case 'ids':
      return Array.isArray(value) && value.length <= (rule.max ?? Infinity) && value.every(isId)
    case 'texts':
      return (
        Array.isArray(value) && value.every((item) => typeof item === 'string' && item.length <= (rule.max ?? Infinity))
      )
    case 'boolean':
      return typeof value === 'boolean' || value === 'true' || value === 'false'
    case 'object':
      return isObject(value)
    case 'objects':
      return Array.isArray(value) && value.every(isObject)
    case 'time':
      return typeof value === 'string' && value.length <= 100 && !Number.isNaN(Date.parse(value))
  }
}

function fieldsOf(body: Record<string, unknown>): Fields {
  return {
    has: (name) => body[name] !== undefined,
    text: (name) => {
      const value = body[name]
      if (value === undefined) return undefined
      return value === null || value === '' ? null : plain(value)
    },
    ids: (name) => {
      const value = body[name]
      return Array.isArray(value) ? value.map(String) : []
    },
    flag: (name) => {
      const value = body[name]
      return value === undefined || value === null ? undefined : plain(value) === 'true'
    },
    object: (name) => {
      const value = body[name]
      return isObject(value) ? value : undefined
    },
    objects: (name) => {
      const value = body[name]
      return Array.isArray(value) ? value.filter(isObject) : []
    },
  }
}

/** The text of a string, number or boolean. */
export function plain(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}

function isId(value: unknown): boolean {
  return (typeof value === 'string' && /^\d{1,19}$/.test(value)) || Number.isSafeInteger(value)
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function parseObject(text: string): Record<string, unknown> {
  try {
    const body: unknown = JSON.parse(text)
    if (isObject(body)) return body
  } catch {
    // Falls through to the refusal below.
  }
  throw new DeskError(400, 'BAD_REQUEST', 'The payload is no valid JSON object.')
}
