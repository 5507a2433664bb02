import { isObject, step } from './json.ts'
import type { JsonObject } from './json.ts'

export type Visit = (schema: JsonObject, pointer: string) => void

const ONE = ['items', 'not', 'additionalProperties', 'if', 'then', 'else', 'contains', 'propertyNames']
const SEVERAL = ['allOf', 'anyOf', 'oneOf', 'prefixItems']
const NAMED = ['properties', 'patternProperties', '$defs']

/** Visits a schema and all below it, inner ones first; references are not followed. */
export function walkSchema(schema: unknown, visit: Visit, pointer = ''): void {
  if (!isObject(schema)) return
  for (const key of ONE) walkSchema(schema[key], visit, `${pointer}/${key}`)
  for (const key of SEVERAL) {
    const branches = schema[key]
    if (Array.isArray(branches)) branches.forEach((branch, at) => walkSchema(branch, visit, `${pointer}/${key}/${at}`))
  }
  for (const key of NAMED) {
    const named = schema[key]
    if (!isObject(named)) continue
    for (const [name, inner] of Object.entries(named)) walkSchema(inner, visit, `${pointer}/${key}/${step(name)}`)
  }
  visit(schema, pointer)
}

/**
 * Visits every schema of an OpenAPI document: those under `components.schemas` and every `schema` member of parameters,
 * contents and headers. Properties that happen to be named `type` or `required` are no schema keywords and stay whole.
 */
export function walkDocument(document: JsonObject, visit: Visit): void {
  const { components, paths } = document
  if (isObject(components)) {
    const { schemas, ...others } = components
    if (isObject(schemas)) {
      for (const [name, schema] of Object.entries(schemas))
        walkSchema(schema, visit, `components/schemas/${step(name)}`)
    }
    walkHolders(others, visit, 'components')
  }
  walkHolders(paths, visit, 'paths')
}

function walkHolders(value: unknown, visit: Visit, pointer: string): void {
  if (Array.isArray(value)) value.forEach((item, at) => walkHolders(item, visit, `${pointer}/${at}`))
  if (!isObject(value)) return
  for (const [name, inner] of Object.entries(value)) {
    const at = `${pointer}/${step(name)}`
    if (name === 'schema') walkSchema(inner, visit, at)
    // Samples are no part of the description.
    else if (name !== 'example' && name !== 'examples') walkHolders(inner, visit, at)
  }
}
