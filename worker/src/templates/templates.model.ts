import type { TemplateView } from '../../../contract/index.ts'

/** One part of a template; `type` and `format` are Meta's words in capitals. */
export type TemplatePart = {
  type: string
  format: string
  text: string | null
  buttons: readonly { type: string; text: string | null; url: string | null }[] | null
  example: {
    body_text: readonly (readonly string[])[] | null
    body_text_named_params: readonly { param_name: string; example: string }[] | null
  } | null
}
export type TemplateDefinition = {
  name: string
  language: string
  category: string | null
  components: readonly TemplatePart[]
}

const PLACEHOLDER = /\{\{\s*(\w+)\s*\}\}/g
/** Meta's limit of a body once it is filled in. */
const MAX_BODY_CHARACTERS = 1_024
/** What Meta refuses inside a value: line ends, tabs, more than four blanks. */
const FORBIDDEN = /[\n\r\t]| {5,}/

/** An approved template as somebody who sends it needs it. */
export function toTemplateView(template: TemplateDefinition): TemplateView {
  const body = component(template, 'BODY')
  const header = component(template, 'HEADER')
  const text = body?.text ?? ''
  const variables = variablesOf(text)
  const why = unfitness(template)
  return {
    name: template.name,
    language: template.language,
    category: (template.category ?? '').toLowerCase(),
    header: header?.format === 'TEXT' || header?.format === '' ? (header.text ?? null) : null,
    body: text,
    footer: component(template, 'FOOTER')?.text ?? null,
    buttons: (component(template, 'BUTTONS')?.buttons ?? []).map((button) => button.text ?? button.type),
    variables,
    samples: samplesOf(body, variables),
    isFit: why === null,
    why,
  }
}

/** By name, then by language. */
export function inListOrder(templates: readonly TemplateView[]): TemplateView[] {
  return templates.toSorted((a, b) => compare(a.name, b.name) || compare(a.language, b.language))
}

/** What is sent of a template, and its text as the customer reads it. */
export type FilledTemplate = { name: string; language: string } & FilledBody

export type FilledBody = { text: string; parameters: { name: string | null; text: string }[] }
/** `index` is the place of the value that is wrong. */
export type FillProblem =
  | { problem: 'count'; expected: number; given: number }
  | { problem: 'empty' | 'forbidden'; index: number }
  | { problem: 'too_long'; characters: number; limit: number }

/** The body as the customer reads it and the values as they are sent, or what Meta would refuse about them. */
export function fillTemplate(
  { body, variables }: Pick<TemplateView, 'body' | 'variables'>,
  values: readonly string[],
): FilledBody | FillProblem {
  if (values.length !== variables.length) {
    return { problem: 'count', expected: variables.length, given: values.length }
  }
  const clean = values.map(cleanValue)
  const empty = clean.indexOf('')
  if (empty !== -1) return { problem: 'empty', index: empty }
  const forbidden = clean.findIndex((value) => FORBIDDEN.test(value))
  if (forbidden !== -1) return { problem: 'forbidden', index: forbidden }
  const byName = new Map(variables.map((name, index) => [name, clean[index] ?? '']))
  const text = body.replace(PLACEHOLDER, (whole, name: string) => byName.get(name) ?? whole)
  const characters = Array.from(text).length
  if (characters > MAX_BODY_CHARACTERS) return { problem: 'too_long', characters, limit: MAX_BODY_CHARACTERS }
  return {
    text,
    parameters: variables.map((name, index) => ({ name: isNumber(name) ? null : name, text: clean[index] ?? '' })),
  }
}

/** A value as it is sent. */
export function cleanValue(value: string): string {
  return value.toWellFormed().replaceAll('\u0000', '\uFFFD').trim()
}

/** Each variable once: numbered ones by number, named ones as they stand. */
function variablesOf(text: string): string[] {
  const found = [...new Set([...text.matchAll(PLACEHOLDER)].map(([, name = '']) => name))]
  return found.every(isNumber) ? found.toSorted((a, b) => Number(a) - Number(b)) : found
}

function samplesOf(body: TemplatePart | undefined, variables: readonly string[]): string[] {
  const numbered = body?.example?.body_text?.[0] ?? []
  const named = body?.example?.body_text_named_params ?? []
  return variables.map(
    (name, index) => named.find((sample) => sample.param_name === name)?.example ?? numbered[index] ?? '',
  )
}

const FIT_BUTTONS = new Set(['QUICK_REPLY', 'URL', 'PHONE_NUMBER', 'VOICE_CALL'])
const FIT_COMPONENTS = new Set(['HEADER', 'BODY', 'FOOTER', 'BUTTONS'])

/** Why a template cannot be sent by its body's values alone; null when it can. */
function unfitness(template: TemplateDefinition): TemplateView['why'] {
  const types = template.components.map(({ type }) => type)
  if (types.includes('CAROUSEL')) return 'carousel'
  const header = component(template, 'HEADER')
  if (header !== undefined && header.format !== 'TEXT' && header.format !== '') return 'header_media'
  if (variablesOf(header?.text ?? '').length > 0) return 'header_variable'
  const buttons = component(template, 'BUTTONS')?.buttons ?? []
  if (buttons.some(({ type }) => type === 'FLOW')) return 'flow'
  const needsValue = buttons.some(
    ({ type, url }) => type === 'COPY_CODE' || type === 'OTP' || variablesOf(url ?? '').length > 0,
  )
  if (needsValue) return 'button_variable'
  const isKnown = buttons.every(({ type }) => FIT_BUTTONS.has(type)) && types.every((type) => FIT_COMPONENTS.has(type))
  return isKnown && (component(template, 'BODY')?.text ?? '') !== '' ? null : 'other'
}

function component(template: TemplateDefinition, type: string): TemplatePart | undefined {
  return template.components.find((each) => each.type === type)
}

function isNumber(name: string): boolean {
  return /^\d+$/.test(name)
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b)
}
