import { isObject, objectsIn, stringsIn } from '../contract/json.ts'
import type { JsonObject } from '../contract/json.ts'
import type { Patch } from '../contract/patches.ts'
import { walkDocument } from '../contract/schemas.ts'
import type { Visit } from '../contract/schemas.ts'

/** The files of one side: requests and answers are read differently, so each side has its own copy. */
export type DeskFiles = ReadonlyMap<string, JsonObject>

/** Java's patterns match whole values; these two are kept, in JavaScript's words. */
const DIGITS = '([0-9]+)'
const TIME =
  '(((19|20)\\d\\d)[-/.]{1}(0?[1-9]|1[012])[-/.]{1}(0?[1-9]|[12][0-9]|3[01])(T)([01]?[0-9]|2[0-3]):[0-5]?[0-9]:[0-5]?[0-9]([/.][\\d]{0,3})?(Z))'

const TRANSLATED = new Map([
  [DIGITS, '^[0-9]+$'],
  // ISO 8601 in UTC with milliseconds is what the API gives and takes.
  [TIME, '^(?:19|20)\\d\\d-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(?:\\.\\d{3})?Z$'],
])

/** Both sides. */
export const deskPatches: readonly Patch<DeskFiles>[] = [
  {
    name: 'open branches',
    why: 'additionalProperties: false stands beside allOf, oneOf or anyOf and rejects every property',
    apply: everySchema((schema) => remove(schema, 'additionalProperties', false)),
  },
  {
    name: 'patterns of ids and times in JavaScript',
    why: 'the patterns are Java regular expressions over the whole value',
    apply: everySchema((schema) => {
      const translated = TRANSLATED.get(String(schema['pattern']))
      if (translated === undefined) return 0
      schema['pattern'] = translated
      return 1
    }),
  },
  {
    name: 'no other patterns',
    why: 'Java regular expressions: many do not compile in JavaScript',
    apply: everySchema((schema) => {
      const isKept = [...TRANSLATED.values()].includes(String(schema['pattern']))
      return (isKept ? 0 : remove(schema, 'pattern')) + remove(schema, 'patternProperties')
    }),
  },
  {
    name: 'no numbers of properties',
    why: 'minProperties and maxProperties repeat the number of fields that the file knows',
    apply: everySchema((schema) => remove(schema, 'minProperties') + remove(schema, 'maxProperties')),
  },
  {
    name: 'any branch',
    why: 'the branches of oneOf overlap',
    apply: everySchema((schema) => {
      if (!Array.isArray(schema['oneOf'])) return 0
      schema['allOf'] = [...objectsIn(schema['allOf']), { anyOf: schema['oneOf'] }]
      delete schema['oneOf']
      return 1
    }),
  },
  {
    name: 'orgId is a header',
    why: 'the file has it as a required query parameter of every call',
    apply: (files) => {
      let removed = 0
      for (const document of files.values()) {
        for (const operation of operationsOf(document)) {
          const parameters = objectsIn(operation['parameters'])
          const kept = parameters.filter(
            ({ $ref }) => !String($ref).endsWith('/Common.json#/components/parameters/orgId'),
          )
          removed += parameters.length - kept.length
          if (parameters.length > 0) operation['parameters'] = kept
        }
      }
      return removed
    },
  },
  {
    name: 'descending order',
    why: 'the texts of sortBy say that "-" before a field turns the order; the lists of values have the bare names',
    apply: (files) => {
      let changed = 0
      for (const { name, schema } of [...files.values()].flatMap(parametersOf)) {
        if (name !== 'sortBy' || !isObject(schema) || !Array.isArray(schema['enum'])) continue
        const fields = stringsIn(schema['enum'])
        schema['enum'] = [...fields, ...fields.map((field) => `-${field}`)]
        changed += 1
      }
      return changed
    },
  },
  {
    name: 'pages of at most 100',
    why: 'most lists give at most 99 or 100 and do not say so; those that give more do',
    apply: (files) => {
      let changed = 0
      for (const { name, schema } of [...files.values()].flatMap(parametersOf)) {
        if (name !== 'limit' || !isObject(schema) || schema['maximum'] !== undefined) continue
        schema['maximum'] = 100
        changed += 1
      }
      return changed
    },
  },
  {
    name: 'nothing is required',
    why: 'the shared schemas require every field; what calls really need is listed beside them',
    // The bodies of refusals really have what they require.
    apply: (files) => everySchema((schema) => remove(schema, 'required'))(without(files, 'Common.json')),
  },
]

/** Answers only. */
export const answerPatches: readonly Patch<DeskFiles>[] = [
  {
    name: 'ids and counts are strings',
    why: 'the file allows integers too',
    apply: everySchema((schema) => {
      const types = stringsIn(schema['type'])
      if (schema['pattern'] !== TRANSLATED.get(DIGITS) || !types.includes('integer')) return 0
      schema['type'] = types.filter((type) => type !== 'integer')
      return 1
    }),
  },
  {
    name: 'any scalar for a scalar',
    why: 'answers give booleans and numbers as strings and the other way round; ids, counts and times are strings',
    apply: everySchema((schema) => {
      const types = [schema['type']].flat()
      const isScalar = types.some((type) => ['string', 'number', 'integer', 'boolean'].includes(String(type)))
      if (!isScalar || schema['pattern'] !== undefined || schema['enum'] !== undefined) return 0
      schema['type'] = [...types.filter((type) => type === 'null'), 'string', 'number', 'boolean']
      return 1
    }),
  },
]

/** Formats on strings need no check. */
export const formatPatch: Patch<DeskFiles> = {
  name: 'no number formats on strings',
  why: 'int32 and int64 stand on ids that are strings and may be larger',
  apply: everySchema((schema) => ([schema['type']].flat().includes('string') ? remove(schema, 'format') : 0)),
}

function everySchema(change: (...visited: Parameters<Visit>) => number): (files: DeskFiles) => number {
  return (files) => {
    let changed = 0
    for (const document of files.values()) {
      walkDocument(document, (schema, pointer) => {
        changed += change(schema, pointer)
      })
    }
    return changed
  }
}

function without(files: DeskFiles, file: string): DeskFiles {
  return new Map([...files].filter(([name]) => !name.endsWith(`/${file}`)))
}

function remove(schema: JsonObject, keyword: string, value?: unknown): number {
  if (!(keyword in schema) || (value !== undefined && schema[keyword] !== value)) return 0
  delete schema[keyword]
  return 1
}

/** Parameters that are written down at their operation or for several. */
function parametersOf(document: JsonObject): JsonObject[] {
  const shared = isObject(document['components']) ? document['components']['parameters'] : undefined
  return [
    ...operationsOf(document).flatMap(({ parameters }) => objectsIn(parameters)),
    ...(isObject(shared) ? Object.values(shared).filter(isObject) : []),
  ]
}

function operationsOf(document: JsonObject): JsonObject[] {
  const paths = isObject(document['paths']) ? Object.values(document['paths']) : []
  return paths.filter(isObject).flatMap((path) => Object.values(path).filter(isObject))
}
