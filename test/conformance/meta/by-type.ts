import { whenMember } from '../contract/faults.ts'
import { isObject, objectAt, stringsIn } from '../contract/json.ts'
import type { JsonObject } from '../contract/json.ts'

/**
 * Makes a schema with a discriminator choose one schema by the value of `type`, instead of trying all of `oneOf`. An
 * object without a known type is refused.
 */
export function chooseByType(schema: JsonObject): void {
  const mapping = objectAt(schema, 'discriminator/mapping')
  delete schema['oneOf']
  const properties = isObject(schema['properties']) ? schema['properties'] : {}
  schema['properties'] = { ...properties, type: { type: 'string', enum: Object.keys(mapping) } }
  schema['required'] = [...stringsIn(schema['required']), 'type']
  schema['allOf'] = Object.entries(mapping).map(([type, $ref]) => whenMember('type', type, { $ref }))
}

/** `{if: member is there, then: schema}` */
export function whenThere(member: string, then: JsonObject): JsonObject {
  return { if: { required: [member] }, then }
}
