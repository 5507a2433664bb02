import { isJson } from '../state.ts'

/** What is wrong with a parameter, in Meta's words. `kind` decides the error code. */
export type Problem = { kind: 'missing' | 'invalid' | 'unexpected'; details: string }

/** Looks at one value; `at` is its name as Meta writes it: `text['body']`. */
export type Check = (value: unknown, at: string) => Problem | undefined

export type TextRules = { min?: number; max?: number; pattern?: RegExp; hint?: string }

export function text({ min = 1, max, pattern, hint }: TextRules = {}): Check {
  return (value, at) => {
    if (typeof value !== 'string') return invalid(`Param ${at} must be a string`)
    // Meta counts characters, not UTF-16 units: an emoji outside the BMP is one.
    const length = [...value].length
    if (length < min) return invalid(`Param ${at} must be at least ${min} characters long`)
    if (max !== undefined && length > max) return invalid(`Param ${at} must be at most ${max} characters long`)
    if (pattern !== undefined && !pattern.test(value)) return invalid(`Param ${at} ${hint ?? 'has a wrong format'}`)
    return undefined
  }
}

/** An absolute address of any scheme. */
export function uri(): Check {
  return (value, at) =>
    typeof value === 'string' && URL.canParse(value) ? undefined : invalid(`Param ${at} is not a valid URI`)
}

export function bool(): Check {
  return (value, at) => (typeof value === 'boolean' ? undefined : invalid(`Param ${at} must be a boolean`))
}

/** A number, or a numeric string as form posts carry it. */
export function numeric(min: number, max: number): Check {
  return (value, at) => {
    const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
    const isFine = typeof number === 'number' && number >= min && number <= max
    return isFine ? undefined : invalid(`Param ${at} must be a number between ${min} and ${max}`)
  }
}

export function oneOf(...allowed: readonly string[]): Check {
  return (value, at) =>
    typeof value === 'string' && allowed.includes(value)
      ? undefined
      : invalid(`Param ${at} must be one of {${allowed.join(', ')}} - got "${String(value)}".`)
}

export function object(): Check {
  return (value, at) => (isJson(value) ? undefined : invalid(`Param ${at} must be a JSON object.`))
}

export function list(item: Check, { min = 1, max }: { min?: number; max: number }): Check {
  return (value, at) => {
    if (!Array.isArray(value)) return invalid(`Param ${at} must be an array.`)
    if (value.length < min || value.length > max)
      return invalid(`Param ${at} must have between ${min} and ${max} elements`)
    return firstProblem(value.map((element, index) => item(element, `${at}[${index}]`)))
  }
}

export type ShapeRules = {
  required?: readonly string[]
  /** Exactly one of these. */
  either?: readonly [string, string]
}

/** An object with these fields and no others. */
export function shape(fields: Record<string, Check>, { required = [], either }: ShapeRules = {}): Check {
  return (value, at) => {
    if (!isJson(value)) return invalid(`Param ${at} must be a JSON object.`)
    const stray = Object.keys(value).find((key) => !Object.hasOwn(fields, key))
    if (stray !== undefined) return { kind: 'unexpected', details: `Unexpected key "${stray}" on param "${at}".` }
    const absent = required.find((key) => value[key] === undefined || value[key] === null)
    if (absent !== undefined) return { kind: 'missing', details: `The parameter ${at}['${absent}'] is required.` }
    if (either !== undefined && either.filter((key) => value[key] !== undefined).length !== 1) {
      return { kind: 'missing', details: `Exactly one of ${at}['${either[0]}'] and ${at}['${either[1]}'] is required.` }
    }
    return firstProblem(
      Object.entries(value).map(([key, part]) => (part === null ? undefined : fields[key]?.(part, `${at}['${key}']`))),
    )
  }
}

/** All of these hold; the first problem counts. */
export function all(...checks: readonly Check[]): Check {
  return (value, at) => {
    for (const check of checks) {
      const problem = check(value, at)
      if (problem !== undefined) return problem
    }
    return undefined
  }
}

/** A rule of its own over an object that already has its shape. */
export function rule(isFine: (value: Record<string, unknown>) => boolean, words: string): Check {
  return (value, at) => (!isJson(value) || isFine(value) ? undefined : invalid(`Param ${at} ${words}`))
}

export function invalid(details: string): Problem {
  return { kind: 'invalid', details }
}

function firstProblem(problems: readonly (Problem | undefined)[]): Problem | undefined {
  return problems.find((problem) => problem !== undefined)
}
