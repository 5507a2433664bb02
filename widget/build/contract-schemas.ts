import type { Plugin } from 'vite'
import { z } from 'zod'
import type { Check, Checks } from '../src/api/check.ts'
import { families } from './families.ts'

const MODULE = 'virtual:contract/'

type Node = Record<string, unknown>

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

const nodes = (value: unknown): Node[] => (Array.isArray(value) ? value.filter(isNode) : [])
const names = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : [])

/** `#/$defs/__schema12` → 12: zod numbers what it uses more than once. */
function reference(ref: unknown): number | undefined {
  const found = /^#\/\$defs\/__schema(\d+)$/.exec(String(ref))?.[1]
  return found === undefined ? undefined : Number(found)
}

function checkOfType(type: unknown, node: Node): Check {
  switch (type) {
    case 'string':
      if (node.format === 'date-time') return 'instant'
      return typeof node.pattern === 'string' ? { pattern: node.pattern } : 'string'
    case 'number':
    case 'integer':
    case 'boolean':
    case 'null':
      return type
    case 'array':
      return { array: isNode(node.items) ? checkOf(node.items) : 'any' }
    case 'object': {
      if (isNode(node.additionalProperties)) return { record: checkOf(node.additionalProperties) }
      const properties = Object.entries(isNode(node.properties) ? node.properties : {})
      const required = names(node.required)
      const optional = properties.map(([key]) => key).filter((key) => !required.includes(key))
      return {
        object: Object.fromEntries(properties.map(([key, part]) => [key, isNode(part) ? checkOf(part) : 'any'])),
        ...(optional.length === 0 ? {} : { optional }),
      }
    }
    default:
      return 'any'
  }
}

/** A node of zod's JSON Schema as the page's own, much shorter form. Unknown keywords only loosen it. */
function checkOf(node: Node): Check {
  const ref = reference(node.$ref)
  if (ref !== undefined) return ref
  if ('const' in node) return { values: [node.const] }
  if (Array.isArray(node.enum)) return { values: node.enum }
  const choices = nodes(node.anyOf ?? node.oneOf)
  if (choices.length > 0) return { any: choices.map(checkOf) }
  if (Array.isArray(node.type)) return { any: node.type.map((type) => checkOfType(type, node)) }
  return checkOfType(node.type, node)
}

/** A family of the contract's shapes as checks; a newer Worker may add fields, so unknown ones are always allowed. */
export function contractChecks(shapes: Record<string, z.ZodType>): Checks {
  const schema: unknown = z.toJSONSchema(z.object(shapes), { reused: 'ref', io: 'output' })
  if (!isNode(schema)) throw new Error('zod wrote no schema')
  const shared: Check[] = []
  for (const [name, part] of Object.entries(isNode(schema.$defs) ? schema.$defs : {})) {
    const at = reference(`#/$defs/${name}`)
    if (at === undefined || !isNode(part)) throw new Error(`zod wrote a definition of another kind: ${name}`)
    shared[at] = checkOf(part)
  }
  const properties = Object.entries(isNode(schema.properties) ? schema.properties : {})
  return {
    shapes: Object.fromEntries(properties.map(([name, part]) => [name, isNode(part) ? checkOf(part) : 'any'])),
    shared,
  }
}

/**
 * Gives the bundle `virtual:contract/<family>`. zod weighs 26 kB gzipped in the page, the ticket pane's schemas in this form about
 * one and a half.
 */
export function contractSchemas(): Plugin {
  return {
    name: 'kaiwa-contract-schemas',
    resolveId: (id) => (id.startsWith(MODULE) ? `\0${id}` : undefined),
    load(id) {
      const family = Object.entries(families).find(([name]) => id === `\0${MODULE}${name}`)?.[1]
      return family === undefined ? undefined : `export const contract = ${JSON.stringify(contractChecks(family))}`
    },
  }
}
