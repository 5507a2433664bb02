import { isObject, objectsIn, step } from './json.ts'
import type { JsonObject } from './json.ts'
import type { Finding } from './problems.ts'

export type SchemaTools = {
  /** The schema behind an absolute reference. */
  resolve: (reference: string) => unknown
  /** Whether a value fits a schema. */
  fits: (schema: JsonObject, value: unknown) => boolean
}

/**
 * Members of a body that no schema for their place declares. The files write `additionalProperties: false` inside branches,
 * where it rejects what the sibling branch declares, so it is taken out of them and its sense is kept here: a member must be
 * declared by some branch. An object whose schemas declare no member at all, or welcome any, may hold what it likes.
 */
export function undeclaredMembers(tools: SchemaTools, schema: JsonObject, value: unknown): Finding[] {
  return search(tools, [schema], value, '')
}

function search(tools: SchemaTools, schemas: readonly JsonObject[], value: unknown, at: string): Finding[] {
  const parts = schemas.flatMap((schema) => partsOf(tools, schema, value, new Set()))
  if (Array.isArray(value)) {
    const items = parts.map((part) => part['items']).filter(isObject)
    return value.flatMap((item: unknown, position) => search(tools, items, item, `${at}/${position}`))
  }
  if (!isObject(value)) return []
  const declared = parts.map((part) => part['properties']).filter(isObject)
  const isOpen = parts.some(
    (part) => part['additionalProperties'] !== undefined && part['additionalProperties'] !== false,
  )
  const isClosed = !isOpen && declared.some((properties) => Object.keys(properties).length > 0)
  return Object.entries(value).flatMap(([name, member]) => {
    const inner = declared.flatMap((properties) => (Object.hasOwn(properties, name) ? [properties[name]] : []))
    const here = `${at}/${step(name)}`
    if (inner.length === 0) return isClosed ? [{ at: here, message: 'is not in the contract' }] : []
    return search(tools, inner.filter(isObject), member, here)
  })
}

/** The schema and all others that speak about the same value. */
function partsOf(tools: SchemaTools, schema: JsonObject, value: unknown, seen: Set<JsonObject>): JsonObject[] {
  if (seen.has(schema)) return []
  seen.add(schema)
  const { $ref } = schema
  const target = typeof $ref === 'string' ? tools.resolve($ref) : undefined
  const inner = [
    ...(isObject(target) ? [target] : []),
    ...['allOf', 'anyOf', 'oneOf'].flatMap((key) => objectsIn(schema[key])),
    ...conditional(tools, schema, value),
  ]
  return [schema, ...inner.flatMap((part) => partsOf(tools, part, value, seen))]
}

function conditional(tools: SchemaTools, schema: JsonObject, value: unknown): JsonObject[] {
  if (!isObject(schema['if'])) return []
  const chosen = tools.fits(schema['if'], value) ? schema['then'] : schema['else']
  return isObject(chosen) ? [chosen] : []
}
