import { isObject, step, valueAt } from './json.ts'
import type { JsonObject } from './json.ts'

/** OpenAPI documents by their absolute name; every reference inside is absolute as well. */
export type Documents = ReadonlyMap<string, JsonObject>

/** A part of a document and the reference that names it. */
export type Part = { reference: string; value: unknown }

/** Makes `#/x` and `./Other.json#/x` absolute, in references and in the mappings of discriminators. */
export function makeAbsolute(value: unknown, name: string, siblings: string): void {
  if (Array.isArray(value)) value.forEach((item) => makeAbsolute(item, name, siblings))
  if (!isObject(value)) return
  for (const [key, inner] of Object.entries(value)) {
    if (key === '$ref' && typeof inner === 'string') value[key] = absolute(inner, name, siblings)
    else if (key === 'mapping' && isObject(inner)) {
      for (const [type, target] of Object.entries(inner)) inner[type] = absolute(String(target), name, siblings)
    } else makeAbsolute(inner, name, siblings)
  }
}

function absolute(reference: string, name: string, siblings: string): string {
  if (reference.startsWith('#/')) return `${name}${reference}`
  return reference.startsWith('./') ? `${siblings}${reference.slice(2)}` : reference
}

/** The part that a reference names, further references followed. */
export function partAt(documents: Documents, reference: string): Part {
  const hash = reference.indexOf('#/')
  const value = valueAt(documents.get(reference.slice(0, hash)), reference.slice(hash + 2))
  if (isObject(value) && typeof value['$ref'] === 'string') return partAt(documents, value['$ref'])
  return { reference, value }
}

/** A member of a part, references followed. */
export function memberOf(documents: Documents, part: Part, ...names: string[]): Part {
  let current = part
  for (const name of names) current = partAt(documents, `${current.reference}/${step(name)}`)
  return current
}
