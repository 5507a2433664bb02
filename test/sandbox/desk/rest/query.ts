import { unprocessable } from '../errors.ts'

/** How a query parameter is checked; `orgId` is accepted by every call. */
export type QueryRule =
  | { kind: 'text'; min?: number; max?: number; oneOf?: readonly string[] }
  | { kind: 'id' }
  | { kind: 'boolean' }
  /** Comma-separated. */
  | { kind: 'list'; oneOf?: readonly string[]; max?: number }
  | { kind: 'number'; min: number; max: number }
  | { kind: 'sort'; fields: readonly string[] }
  /** `from,to` in ISO 8601. */
  | { kind: 'range' }

export type QueryRules = Record<string, QueryRule>

export type Query = {
  text(name: string): string | undefined
  list(name: string): string[]
  flag(name: string): boolean | undefined
  number(name: string, usual: number): number
  range(name: string): { from: number; to: number } | undefined
}

export const from = (max = 1_000_000): QueryRule => ({ kind: 'number', min: 0, max })
export const limit = (max: number, min = 1): QueryRule => ({ kind: 'number', min, max })
export const text = (max?: number): QueryRule => (max === undefined ? { kind: 'text' } : { kind: 'text', max })
export const id: QueryRule = { kind: 'id' }

/** Throws UNPROCESSABLE_ENTITY for a parameter that does not exist or has a value out of range, as Desk does. */
export function readQuery(params: URLSearchParams, rules: QueryRules): Query {
  const values = new Map<string, string>()
  for (const name of new Set(params.keys())) {
    const rule = rules[name]
    // A list may come as one parameter with commas or as several of the same name.
    const value = params.getAll(name).join(',')
    if (rule === undefined && name !== 'orgId') {
      throw unprocessable(`Extra query parameter '${name}' is present in the input.`)
    }
    if (rule !== undefined) checkValue(name, value, rule)
    values.set(name, value)
  }
  return {
    text: (name) => values.get(name),
    list: (name) => splitList(values.get(name) ?? ''),
    flag: (name) => {
      const value = values.get(name)
      return value === undefined ? undefined : value === 'true'
    },
    number: (name, usual) => Number(values.get(name) ?? usual),
    range: (name) => {
      const [start, end] = splitList(values.get(name) ?? '')
      return start === undefined || end === undefined ? undefined : { from: Date.parse(start), to: Date.parse(end) }
    },
  }
}

function checkValue(name: string, value: string, rule: QueryRule): void {
  if (rule.kind === 'number') {
    const number = Number(value)
    if (!Number.isInteger(number) || number < rule.min || number > rule.max) {
      throw unprocessable(
        `The value passed for the '${name}' parameter exceeds the range of '${rule.min}-${rule.max}'.`,
      )
    }
    return
  }
  if (!isPossible(value, rule)) throw unprocessable(`The value passed for the '${name}' parameter is invalid.`)
}

function isPossible(value: string, rule: Exclude<QueryRule, { kind: 'number' }>): boolean {
  switch (rule.kind) {
    case 'text':
      if (value.length < (rule.min ?? 1) || value.length > (rule.max ?? Infinity)) return false
      return rule.oneOf === undefined || rule.oneOf.includes(value)
    case 'id':
      return /^\d{1,19}$/.test(value)
    case 'boolean':
      return value === 'true' || value === 'false'
    case 'list': {
      const items = splitList(value)
      if (items.length === 0 || items.length > (rule.max ?? Infinity)) return false
      const { oneOf } = rule
      return oneOf === undefined || items.every((item) => oneOf.includes(item))
    }
    case 'sort':
      return rule.fields.includes(value.replace(/^-/, ''))
    case 'range':
      return splitList(value).length === 2 && splitList(value).every((time) => !Number.isNaN(Date.parse(time)))
  }
}

function splitList(value: string): string[] {
  return value
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '')
}
