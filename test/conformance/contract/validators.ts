import { Ajv2020 } from 'ajv/dist/2020.js'
import type { ValidateFunction } from 'ajv/dist/2020.js'
import { REPLACED } from './faults.ts'
import type { FaultBook } from './faults.ts'
import { addFormats } from './formats.ts'
import { isObject, objectsIn, steps, valueAt } from './json.ts'
import type { JsonObject } from './json.ts'
import { findingsOf } from './problems.ts'
import type { Finding } from './problems.ts'
import { undeclaredMembers } from './undeclared.ts'
import type { SchemaTools } from './undeclared.ts'

/** Members of OpenAPI and of the two vendors that say nothing about validity. */
const ANNOTATIONS = ['example', 'discriminator', 'x-dynamic-enum']

/** Members of a whole OpenAPI document: ajv looks at the document around a schema as if it were one. */
const DOCUMENT = ['openapi', 'info', 'servers', 'tags', 'components', 'paths', 'x-entity']

/**
 * Validators for the schemas of a contract, each compiled when it is first asked for. Keywords and formats that are
 * neither JSON Schema nor listed here are an error, so that a misspelt one cannot silently check nothing.
 */
export class Validators {
  readonly book: FaultBook
  readonly #ajv: Ajv2020
  readonly #compiled = new Map<string, ValidateFunction>()
  readonly #conditions = new WeakMap<JsonObject, ValidateFunction>()
  readonly #tools: SchemaTools

  constructor(documents: ReadonlyMap<string, JsonObject>, book: FaultBook) {
    this.book = book
    this.#ajv = new Ajv2020({ strict: true, strictTypes: false, strictRequired: false, allErrors: true })
    this.#ajv.addVocabulary([...ANNOTATIONS, ...DOCUMENT])
    addFormats(this.#ajv)
    this.#ajv.addKeyword({ keyword: REPLACED, compile: (statements: unknown) => this.#noticing(statements, book) })
    for (const [name, document] of documents) this.#ajv.addSchema(document, name, true)
    this.#tools = {
      resolve: (reference) => {
        const hash = reference.indexOf('#/')
        return valueAt(documents.get(reference.slice(0, hash)), reference.slice(hash + 2))
      },
      fits: (schema, value) => this.#fits(schema, value),
    }
  }

  /** What is wrong with a body by the schema at `<document>#/<pointer>`; members that are not declared too. */
  check(reference: string, body: unknown): Finding[] {
    return [...this.checkDeclared(reference, body), ...undeclaredMembers(this.#tools, { $ref: reference }, body)]
  }

  /** The same without a word about members that are not declared. */
  checkDeclared(reference: string, body: unknown): Finding[] {
    const validate = this.#validatorOf(reference)
    return validate(body) ? [] : findingsOf(validate.errors ?? [], body)
  }

  #fits(schema: JsonObject, value: unknown): boolean {
    const validate = this.#conditions.get(schema) ?? this.#ajv.compile(schema)
    this.#conditions.set(schema, validate)
    return validate(value)
  }

  #validatorOf(reference: string): ValidateFunction {
    const known = this.#compiled.get(reference)
    if (known !== undefined) return known
    const validate = this.#ajv.compile({ $ref: encoded(reference) })
    this.#compiled.set(reference, validate)
    return validate
  }

  #hasUndeclared(schema: JsonObject, value: unknown): boolean {
    return undeclaredMembers(this.#tools, schema, value).length > 0
  }

  /** Never refuses; notes the known faults whose statement the value breaks. */
  #noticing(statements: unknown, book: FaultBook): (value: unknown) => boolean {
    const checks = objectsIn(statements).map(({ id, says, isComplete }) => {
      const schema = isObject(says) ? says : {}
      // Compiled at first use: the schema around this one is still being compiled.
      let validate: ValidateFunction | undefined
      return (value: unknown): void => {
        validate ??= this.#ajv.compile(schema)
        const isBroken = !validate(value) || (isComplete === true && this.#hasUndeclared(schema, value))
        if (isBroken) book.hit(String(id))
      }
    })
    return (value) => {
      for (const check of checks) check(value)
      return true
    }
  }
}

/** Pointers inside a URI reference: braces and the like must be percent-encoded. */
function encoded(reference: string): string {
  const hash = reference.indexOf('#/')
  const pointer = steps(reference.slice(hash + 2)).map((part) =>
    encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1')),
  )
  return `${reference.slice(0, hash)}#/${pointer.join('/')}`
}
