import type { TemplateRecord } from '../state.ts'
import { asText, isJson } from '../state.ts'
import { all, list, object, oneOf, rule, shape, text } from './checks.ts'
import type { Check } from './checks.ts'
import { placeholdersOf } from './template-rules.ts'

const phoneNumber = text({ max: 20 })
const buttonText = text({ max: 25 })

const BUTTONS: Record<string, Check> = {
  QUICK_REPLY: shape({ type: text(), text: buttonText }, { required: ['text'] }),
  URL: shape(
    { type: text(), text: buttonText, url: text({ max: 2_000 }), example: list(text(), { max: 1 }) },
    { required: ['text', 'url'] },
  ),
  PHONE_NUMBER: shape(
    { type: text(), text: buttonText, phone_number: phoneNumber },
    { required: ['text', 'phone_number'] },
  ),
  COPY_CODE: shape({ type: text(), text: buttonText, example: () => undefined }, { required: ['example'] }),
  FLOW: object(),
  CATALOG: object(),
  MPM: object(),
  OTP: object(),
  VOICE_CALL: object(),
}

const COMPONENTS: Record<string, Check> = {
  HEADER: shape(
    {
      type: text(),
      format: oneOf('TEXT', 'IMAGE', 'VIDEO', 'DOCUMENT', 'LOCATION'),
      text: text({ max: 60 }),
      example: object(),
    },
    { required: ['format'] },
  ),
  BODY: all(
    shape({
      type: text(),
      text: text({ max: 1_024 }),
      example: object(),
      add_security_recommendation: () => undefined,
    }),
    rule((body) => body['text'] === undefined || hasExamples(body), 'must have an example for every variable'),
    rule((body) => !/^\s*\{\{|\}\}\s*$/.test(asText(body['text'])), 'must not begin or end with a variable'),
  ),
  FOOTER: shape({ type: text(), text: text({ max: 60 }), code_expiration_minutes: () => undefined }),
  BUTTONS: shape({ type: text(), buttons: list(byType(BUTTONS), { max: 10 }) }, { required: ['buttons'] }),
}

const components = list(byType(COMPONENTS), { max: 4 })

/** Why a template's components cannot be submitted; undefined when they can. */
export function componentsProblem(value: unknown, format: TemplateRecord['parameterFormat']): string | undefined {
  const problem = components(value, 'components')
  if (problem !== undefined) return problem.details
  const parts = Array.isArray(value) ? value.filter(isJson) : []
  const types = parts.map((part) => String(part['type']).toUpperCase())
  if (!types.includes('BODY')) return 'The parameter components must hold a BODY.'
  if (new Set(types).size !== types.length) return 'Each component may stand only once.'
  const names = parts.flatMap((part) => placeholdersOf(asText(part['text'])))
  const isPositional = names.every((name) => /^\d+$/.test(name))
  if (format === 'POSITIONAL' && !isPositional) return 'Variables must be numbers'
  if (format === 'NAMED' && names.some((name) => !/^[a-z][a-z0-9_]*$/.test(name))) return 'Variables must be names'
  return undefined
}

function byType(table: Record<string, Check>): Check {
  return (value, at) => {
    if (!isJson(value)) return object()(value, at)
    const check = table[String(value['type']).toUpperCase()]
    return check === undefined ? oneOf(...Object.keys(table))(value['type'], `${at}['type']`) : check(value, at)
  }
}

function hasExamples(body: Record<string, unknown>): boolean {
  const expected = placeholdersOf(String(body['text'])).length
  if (expected === 0) return true
  const example = isJson(body['example']) ? body['example'] : {}
  const positional = example['body_text']
  const named = example['body_text_named_params']
  const given = Array.isArray(positional) && Array.isArray(positional[0]) ? positional[0] : named
  return Array.isArray(given) && given.length === expected
}
