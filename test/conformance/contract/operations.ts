import { memberOf, partAt } from './documents.ts'
import type { Documents } from './documents.ts'
import { REPLACED } from './faults.ts'
import { isObject, objectsIn, step } from './json.ts'

export type Parameter = {
  name: string
  isRequired: boolean
  /** Known faults of the parameter's own description, as that it were required. */
  faults: string[]
  /** Whether one string may hold several values with commas between. */
  isList: boolean
  type: 'number' | 'boolean' | 'string'
  /** Reference of the schema that holds for one value, or for the array when it is a list. */
  schema: string
}

/** What a document says about one call. */
export type Operation = {
  /** `POST /api/v1/tickets/{ticketId}/comments` */
  name: string
  id: string
  query: Parameter[]
  /** Reference of the JSON body's schema; undefined when the call has no JSON body. */
  body: string | undefined
  takesForm: boolean
  /** Whether the call may come without a body. */
  isBodyOptional: boolean
  /** Schema of the JSON answer by status; undefined for an answer without JSON. */
  answers: ReadonlyMap<number, string | undefined>
}

/** Reads one call; undefined when the document does not describe this method of this path. */
export function readOperation(
  documents: Documents,
  document: string,
  path: string,
  method: string,
): Operation | undefined {
  const operation = partAt(documents, `${document}#/paths/${step(path)}/${method.toLowerCase()}`)
  if (!isObject(operation.value)) return undefined
  const request = memberOf(documents, operation, 'requestBody')
  const content = memberOf(documents, request, 'content')
  const answers = memberOf(documents, operation, 'responses')
  return {
    name: `${method.toUpperCase()} ${path}`,
    id: String(operation.value['operationId']),
    query: readQuery(documents, operation.reference),
    body: schemaOf(documents, content.reference),
    takesForm: isObject(content.value) && 'multipart/form-data' in content.value,
    isBodyOptional: !isObject(request.value) || request.value['required'] === false,
    answers: new Map(
      Object.keys(isObject(answers.value) ? answers.value : {}).map((status) => {
        const answer = memberOf(documents, answers, status, 'content')
        return [Number(status), schemaOf(documents, answer.reference)]
      }),
    ),
  }
}

/** Where the JSON schema of a `content` lies; undefined without one. */
function schemaOf(documents: Documents, content: string): string | undefined {
  const reference = `${content}/application~1json/schema`
  return partAt(documents, reference).value === undefined ? undefined : reference
}

function readQuery(documents: Documents, operation: string): Parameter[] {
  const list = partAt(documents, `${operation}/parameters`).value
  if (!Array.isArray(list)) return []
  return list.flatMap((_, at) => {
    const { reference, value } = partAt(documents, `${operation}/parameters/${at}`)
    if (!isObject(value) || value['in'] !== 'query') return []
    const schema = partAt(documents, `${reference}/schema`).value
    const types = isObject(schema) ? [schema['type']].flat() : []
    return {
      name: String(value['name']),
      isRequired: value['required'] === true,
      faults: objectsIn(value[REPLACED]).map(({ id }) => String(id)),
      isList: types.includes('array'),
      type: scalarOf(types),
      schema: `${reference}/schema`,
    }
  })
}

/** Ids and counts may be both text and number: digits are read as a number, which the schema then takes as well. */
function scalarOf(types: unknown[]): Parameter['type'] {
  if (types.includes('integer') || types.includes('number')) return 'number'
  return types.includes('boolean') && !types.includes('string') ? 'boolean' : 'string'
}
