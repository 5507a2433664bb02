import { isObject, isSameJson, objectAt, objectsIn, stringsIn } from './json.ts'
import type { JsonObject } from './json.ts'

/** What is wrong at one place, and what holds there. */
export type Correction =
  | {
      /** Keywords as the file has them; of a schema's `required` the entries that are wrong. */
      says: JsonObject
      /** The keywords that hold instead. */
      really?: JsonObject
    }
  /** Properties that exist and that the schema does not know. */
  | { lacks: JsonObject }
  /** Values of `type` that exist and that the schema does not know, each with its schema. */
  | { kinds: JsonObject }
  /** Forms that exist beside those of the schema's `oneOf`. */
  | { forms: readonly JsonObject[] }
  /** Query parameters that exist and that the operation does not know. */
  | { parameters: readonly JsonObject[] }

/**
 * One place where the contract is known to be wrong. It is named by a pointer into the file and by what the file says
 * there, so it stops matching as soon as the file changes; it never hides more than that one statement.
 */
export type KnownFault = Correction & {
  id: string
  /** The file, where a contract has several. */
  file?: string
  /** Pointer to a schema, a parameter or an operation, without `#/`. */
  where: string
  why: string
}

/** The statement of the file that a fault replaced, left in its place so that its breaking is noticed. */
export type ReplacedStatement = {
  id: string
  says: JsonObject
  /** The statement names all members, so one it does not name breaks it too. */
  isComplete?: boolean
}

export const REPLACED = 'x-replaced'

/** Corrects the place that the fault names. Throws when the file no longer says what the fault claims. */
export function correct(document: JsonObject, fault: KnownFault): void {
  const place = objectAt(document, fault.where)
  if ('lacks' in fault) addProperties(place, fault.id, fault.lacks)
  else if ('kinds' in fault) addKinds(place, fault.id, fault.kinds)
  else if ('forms' in fault) addForms(place, fault.id, fault.forms)
  else if ('parameters' in fault) addParameters(place, fault.id, fault.parameters)
  else replaceKeywords(place, fault.id, fault.says, fault.really)
}

function addProperties(schema: JsonObject, id: string, lacking: JsonObject): void {
  const properties = isObject(schema['properties']) ? schema['properties'] : {}
  for (const name of Object.keys(lacking)) {
    if (Object.hasOwn(properties, name)) throw new Error(`known fault ${id}: the contract has a property ${name} now`)
  }
  schema['properties'] = { ...properties, ...lacking }
  const never = Object.fromEntries(Object.keys(lacking).map((name) => [name, false]))
  remember(schema, { id, says: { properties: never } })
}

/** For schemas that choose by `type`, see `chooseByType`. */
function addKinds(schema: JsonObject, id: string, kinds: JsonObject): void {
  const type = objectAt(schema, 'properties/type')
  const known = stringsIn(type['enum'])
  const names = Object.keys(kinds)
  const twice = names.find((name) => known.includes(name))
  if (twice !== undefined) throw new Error(`known fault ${id}: the contract has the kind ${twice} now`)
  type['enum'] = [...known, ...names]
  const branches = Object.entries(kinds).map(([name, then]) => whenMember('type', name, then))
  schema['allOf'] = [...objectsIn(schema['allOf']), ...branches]
  remember(schema, { id, says: { properties: { type: { enum: known } } } })
}

function addForms(schema: JsonObject, id: string, forms: readonly JsonObject[]): void {
  const known = objectsIn(schema['oneOf'])
  if (known.length === 0) throw new Error(`known fault ${id}: the contract has no forms here any more`)
  remember(schema, { id, says: { oneOf: known } })
  schema['oneOf'] = [...known, ...forms]
}

function addParameters(operation: JsonObject, id: string, parameters: readonly JsonObject[]): void {
  const before = objectsIn(operation['parameters'])
  for (const parameter of parameters) {
    const isKnown = before.some(({ name }) => name === parameter['name'])
    if (isKnown) throw new Error(`known fault ${id}: the contract has a parameter ${String(parameter['name'])} now`)
    const schema = objectAt(parameter, 'schema')
    before.push({ in: 'query', ...parameter, schema: { ...schema, [REPLACED]: [{ id, says: { not: {} } }] } })
  }
  operation['parameters'] = before
}

function replaceKeywords(place: JsonObject, id: string, says: JsonObject, really: JsonObject = {}): void {
  for (const [keyword, said] of Object.entries(says)) {
    if (Array.isArray(said) && keyword === 'required') place[keyword] = withoutRequired(place[keyword], said, id)
    else if (isSameJson(place[keyword], said)) delete place[keyword]
    else throw new Error(`known fault ${id}: the contract no longer says this in ${keyword}`)
  }
  Object.assign(place, really)
  remember(place, { id, says, isComplete: '$ref' in says || 'properties' in says })
}

function withoutRequired(required: unknown, wrong: unknown, id: string): string[] {
  const names = stringsIn(required)
  const dropped = stringsIn(wrong)
  const absent = dropped.find((name) => !names.includes(name))
  if (absent !== undefined) throw new Error(`known fault ${id}: the contract does not require ${absent} any more`)
  return names.filter((name) => !dropped.includes(name))
}

function remember(place: JsonObject, statement: ReplacedStatement): void {
  place[REPLACED] = [...objectsIn(place[REPLACED]), statement]
}

/** `{if: member is value, then: schema}` */
export function whenMember(member: string, value: string, then: unknown): JsonObject {
  return { if: { required: [member], properties: { [member]: { const: value } } }, then }
}

/** Counts how often each known fault was met, so that one nobody meets any more can be struck off the list. */
export class FaultBook {
  readonly #hits = new Map<string, number>()

  constructor(ids: readonly string[]) {
    for (const id of ids) {
      if (this.#hits.has(id)) throw new Error(`two known faults are called ${id}`)
      this.#hits.set(id, 0)
    }
  }

  hit(id: string): void {
    const hits = this.#hits.get(id)
    if (hits === undefined) throw new Error(`${id} is no known fault`)
    this.#hits.set(id, hits + 1)
  }

  /** The faults that nothing met. */
  unmet(): string[] {
    return [...this.#hits].filter(([, hits]) => hits === 0).map(([id]) => id)
  }
}
