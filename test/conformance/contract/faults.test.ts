import { describe, expect, it } from 'vitest'
import { contractsFolder } from '../contracts.ts'
import { correct, FaultBook } from './faults.ts'
import type { KnownFault } from './faults.ts'
import type { JsonObject } from './json.ts'
import { mutantsOf } from './mutants.ts'
import { applyPatches } from './patches.ts'
import { Validators } from './validators.ts'

const NAME = 'contract://test/doc'
const PET = `${NAME}#/components/schemas/Pet`

const file = (): JsonObject => ({
  components: {
    schemas: {
      Pet: {
        type: 'object',
        required: ['name', 'age'],
        properties: { name: { type: 'string' }, age: { type: 'integer' }, kind: { type: 'string', enum: ['cat'] } },
      },
    },
  },
})

const optionalAge: KnownFault = {
  id: 'age',
  where: 'components/schemas/Pet',
  says: { required: ['age'] },
  why: 'nobody knows',
}
const dogs: KnownFault = {
  id: 'dogs',
  where: 'components/schemas/Pet/properties/kind',
  says: { enum: ['cat'] },
  really: { enum: ['cat', 'dog'] },
  why: 'dogs exist',
}
const colour: KnownFault = {
  id: 'colour',
  where: 'components/schemas/Pet',
  lacks: { colour: { type: 'string' } },
  why: 'pets have one',
}

function prepared(faults: readonly KnownFault[]): Validators {
  const document = file()
  for (const fault of faults) correct(document, fault)
  return new Validators(new Map([[NAME, document]]), new FaultBook(faults.map(({ id }) => id)))
}

describe('known faults', () => {
  it('are wrong until they are listed', () => {
    expect(prepared([]).check(PET, { name: 'Tom', kind: 'dog', colour: 'red' })).toHaveLength(3)
    expect(prepared([optionalAge, dogs, colour]).check(PET, { name: 'Tom', kind: 'dog', colour: 'red' })).toEqual([])
  })

  it('excuse nothing else', () => {
    const findings = prepared([optionalAge, dogs, colour]).check(PET, { kind: 'cow', colour: 1, size: 2 })
    expect(findings.map(({ at }) => at).toSorted()).toEqual(['/', '/colour', '/kind', '/size'])
  })

  it('are counted when a body meets them, and only then', () => {
    const validators = prepared([optionalAge, dogs, colour])
    validators.check(PET, { name: 'Tom', age: 3, kind: 'cat' })
    expect(validators.book.unmet()).toEqual(['age', 'dogs', 'colour'])
    validators.check(PET, { name: 'Tom', age: 3, kind: 'dog' })
    expect(validators.book.unmet()).toEqual(['age', 'colour'])
    validators.check(PET, { name: 'Tom', colour: 'red' })
    expect(validators.book.unmet()).toEqual([])
  })

  it.each<[string, KnownFault]>([
    ['a place that is gone', { ...optionalAge, where: 'components/schemas/Cat' }],
    ['an entry that is gone', { ...optionalAge, says: { required: ['size'] } }],
    ['a keyword that says something else', { ...dogs, says: { enum: ['cat', 'dog'] } }],
    ['a property that is there now', { ...colour, lacks: { name: {} } }],
  ])('do not outlive their reason: %s', (_name, fault) => {
    expect(() => prepared([fault])).toThrow(/known fault|no object/)
  })

  it('have names of their own', () => {
    expect(() => prepared([optionalAge, { ...dogs, id: 'age' }])).toThrow('two known faults are called age')
  })
})

describe('the tools of the check', () => {
  it('refuse a patch that changes nothing', () => {
    const patch = { name: 'nothing', why: 'none', apply: () => 0 }
    expect(() => applyPatches({}, [patch])).toThrow('the patch "nothing" changes nothing')
  })

  it('refuse a schema with a keyword nobody knows', () => {
    const document = { components: { schemas: { Pet: { type: 'object', propertys: {} } } } }
    const validators = new Validators(new Map([[NAME, document]]), new FaultBook([]))
    expect(() => validators.check(PET, {})).toThrow('unknown keyword: "propertys"')
  })

  it('change one part of a body at a time', () => {
    const mutants = mutantsOf({ a: { b: [1] } })
    expect(mutants.map(({ body }) => body)).toContainEqual({ a: { b: [] } })
    expect(mutants.map(({ body }) => body)).toContainEqual({ a: {} })
    expect(mutants.map(({ body }) => body)).toContainEqual({ a: { b: [true] } })
    expect(mutants).toHaveLength(18)
  })

  it('are told by the environment where the contracts are', () => {
    expect(contractsFolder({})).toBeUndefined()
    expect(contractsFolder({ CONTRACTS_DIR: 'no/such/folder' })).toBeUndefined()
    expect(contractsFolder({ CONTRACTS_DIR: 'test/conformance' })).toMatch(/test\/conformance$/)
  })
})
