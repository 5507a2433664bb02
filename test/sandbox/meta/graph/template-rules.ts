import type { Json, TemplateRecord } from '../state.ts'
import { asText, isJson } from '../state.ts'
import { GraphError } from './errors.ts'

const BODY_MAX = 1_024
const PLACEHOLDER = /\{\{\s*([A-Za-z0-9_]+)\s*\}\}/g

export type Rendered = { header?: string; body: string; footer?: string; buttons: string[] }

/** States in which a template of this name and language exists but may not be sent. */
const BARRED: Record<string, { code: number; details: string }> = {
  PAUSED: {
    code: 132015,
    details: 'Template is paused due to low quality so it cannot be sent in a template message.',
  },
  DISABLED: { code: 132016, details: 'Template was paused too many times and is permanently disabled.' },
}

/**
 * Checks a template message against the stored template and fills it in. Throws 132001, 132015, 132016, 132000, 132012,
 * 132018, 132005 or 131008.
 */
export function renderTemplate(
  sent: Json,
  templates: readonly TemplateRecord[],
): Rendered & { template: TemplateRecord } {
  const name = String(sent['name'])
  const language = isJson(sent['language']) ? String(sent['language']['code']) : ''
  const template = templates.find((each) => each.name === name && each.language === language)
  const barred = template === undefined ? undefined : BARRED[template.status]
  if (barred !== undefined) throw new GraphError(barred.code, barred.details)
  if (template === undefined || template.status !== 'APPROVED') {
    throw new GraphError(132001, `template name (${name}) does not exist in ${language}`)
  }
  const given = Array.isArray(sent['components']) ? sent['components'].filter(isJson) : []
  const component = (type: string): Json | undefined => template.components.find((each) => upper(each['type']) === type)
  const parameters = (type: string): Json[] => parametersOf(given.find((each) => upper(each['type']) === type))
  refuseStrangers(given, template)

  const head = component('HEADER')
  const header = head === undefined ? undefined : renderHeader(head, parameters('HEADER'), template)
  const body = fill('body', asText(component('BODY')?.['text']), parameters('BODY'), template)
  if ([...body].length > BODY_MAX) throw new GraphError(132005, `body: exceeds ${BODY_MAX} characters once filled in`)
  const footer = component('FOOTER')?.['text']
  return {
    template,
    body,
    ...(header === undefined ? {} : { header }),
    ...(typeof footer === 'string' ? { footer } : {}),
    buttons: renderButtons(component('BUTTONS'), given),
  }
}

/** The variables of a text: their names or numbers, in order, each once. */
export function placeholdersOf(text: string): string[] {
  return [...new Set([...text.matchAll(PLACEHOLDER)].map((match) => match[1] ?? ''))]
}

function renderHeader(head: Json, parameters: Json[], template: TemplateRecord): string {
  const format = upper(head['format'] ?? 'TEXT')
  if (format === 'TEXT') return fill('header', asText(head['text']), parameters, template)
  const received = upper(parameters[0]?.['type'] ?? 'UNKNOWN')
  if (received !== format)
    throw new GraphError(132012, `header: Format mismatch, expected ${format}, received ${received}`)
  return `[${format.toLowerCase()}]`
}

function fill(part: string, text: string, parameters: Json[], template: TemplateRecord): string {
  const expected = placeholdersOf(text)
  if (expected.length !== parameters.length) {
    const details = `${part}: number of localizable_params (${parameters.length}) does not match the expected number of params (${expected.length})`
    throw new GraphError(132000, details)
  }
  const isNamed = template.parameterFormat === 'NAMED'
  const values = new Map(
    parameters.map((parameter, index) => {
      const name = isNamed ? asText(parameter['parameter_name']) : String(index + 1)
      if (!expected.includes(name))
        throw new GraphError(132012, `${part}: Parameter name is missing or not in the template (${name})`)
      return [name, valueOf(part, parameter)]
    }),
  )
  return text.replace(PLACEHOLDER, (whole, name: string) => values.get(name) ?? whole)
}

function valueOf(part: string, parameter: Json): string {
  const type = String(parameter['type']).toLowerCase()
  const object = parameter[type]
  if (isJson(object) && typeof object['fallback_value'] === 'string') return object['fallback_value']
  if (type !== 'text' || typeof object !== 'string') {
    throw new GraphError(132012, `${part}: Format mismatch, expected TEXT, received ${upper(type)}`)
  }
  if (/[\n\t]| {5,}/.test(object)) {
    throw new GraphError(132018, 'Param text cannot have new-line/tab characters or more than 4 consecutive spaces')
  }
  return object
}

function renderButtons(component: Json | undefined, given: readonly Json[]): string[] {
  const buttons = Array.isArray(component?.['buttons']) ? component['buttons'].filter(isJson) : []
  buttons.forEach((button, index) => {
    const sent = given.find((each) => upper(each['type']) === 'BUTTON' && Number(each['index']) === index)
    const type = upper(button['type'])
    const needsValue = type === 'COPY_CODE' || (type === 'URL' && placeholdersOf(String(button['url'])).length > 0)
    if (needsValue && parametersOf(sent).length !== 1) {
      throw new GraphError(131008, `buttons: Button at index ${index} of type ${type} requires a parameter`)
    }
    if (sent !== undefined && upper(sent['sub_type']) !== type) {
      throw new GraphError(
        132012,
        `buttons: Button at index ${index} is of type ${type}, received ${upper(sent['sub_type'])}`,
      )
    }
  })
  return buttons.map((button) => asText(button['text']))
}

/** Components the template does not have are refused. */
function refuseStrangers(given: readonly Json[], template: TemplateRecord): void {
  const has = new Set(template.components.map((each) => upper(each['type'])))
  const buttons = template.components.find((each) => upper(each['type']) === 'BUTTONS')?.['buttons']
  const buttonCount = Array.isArray(buttons) ? buttons.length : 0
  for (const component of given) {
    const type = upper(component['type'])
    if (!['HEADER', 'BODY', 'BUTTON'].includes(type)) {
      throw new GraphError(132012, `components: type must be one of {HEADER, BODY, BUTTON} - got "${type}"`)
    }
    const isStrange = type === 'BUTTON' ? !(Number(component['index']) < buttonCount) : !has.has(type)
    if (isStrange && parametersOf(component).length > 0) {
      throw new GraphError(
        132000,
        `${type.toLowerCase()}: number of localizable_params (${parametersOf(component).length}) does not match the expected number of params (0)`,
      )
    }
  }
}

function parametersOf(component: Json | undefined): Json[] {
  return Array.isArray(component?.['parameters']) ? component['parameters'].filter(isJson) : []
}

function upper(value: unknown): string {
  return String(value).toUpperCase()
}
