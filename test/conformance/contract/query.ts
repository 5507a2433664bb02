import type { Parameter } from './operations.ts'
import type { Finding } from './problems.ts'
import type { Validators } from './validators.ts'

export type QueryRules = {
  parameters: readonly Parameter[]
  /** Names that are welcome at every call of the platform. */
  everywhere: readonly string[]
}

/** What is wrong with the query of a call: unknown names, missing ones, values that do not fit. */
export function checkQuery(
  validators: Validators,
  rules: QueryRules,
  query: Readonly<Record<string, string>>,
): Finding[] {
  const known = new Map(rules.parameters.map((parameter) => [parameter.name, parameter]))
  const absent = rules.parameters.filter(({ name }) => query[name] === undefined)
  for (const fault of absent.flatMap(({ faults }) => faults)) validators.book.hit(fault)
  const missing = absent
    .filter(({ isRequired }) => isRequired)
    .map(({ name }) => ({ at: name, message: 'is required' }))
  const wrong = Object.entries(query).flatMap(([name, value]) => {
    const parameter = known.get(name)
    if (parameter === undefined)
      return rules.everywhere.includes(name) ? [] : [{ at: name, message: 'is not in the contract' }]
    const findings = validators.check(parameter.schema, valueOf(parameter, value))
    return findings.map(({ at, message }) => ({ at: at === '/' ? name : `${name}${at}`, message }))
  })
  return [...missing, ...wrong]
}

/** A query holds strings only; what they stand for follows from the parameter. */
function valueOf({ isList, type }: Parameter, text: string): unknown {
  if (isList) return text.split(',').map((item) => item.trim())
  if (type === 'number') return text.trim() === '' || Number.isNaN(Number(text)) ? text : Number(text)
  if (type === 'boolean' && (text === 'true' || text === 'false')) return text === 'true'
  return text
}
