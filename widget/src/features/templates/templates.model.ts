import type { TemplateView } from '../../../../contract/index.ts'
import type { WordKey } from '../../state/words.ts'

const PLACEHOLDER = /\{\{\s*(\w+)\s*\}\}/g

/** Meta's limits ("Templates"): a body once it is filled in, and what a value may not hold. */
const MAX_BODY = 1_024
const FORBIDDEN = /[\n\r\t]| {5,}/

export type Piece = { text: string; isValue: boolean }

/** The body as the customer will read it; a value that is still empty shows its sample. */
export function previewOf(
  { body, variables, samples }: Pick<TemplateView, 'body' | 'variables' | 'samples'>,
  values: readonly string[],
): Piece[] {
  const pieces: Piece[] = []
  let end = 0
  for (const match of body.matchAll(PLACEHOLDER)) {
    const at = variables.indexOf(match[1] ?? '')
    pieces.push({ text: body.slice(end, match.index), isValue: false })
    const value = values[at]?.trim() ?? ''
    pieces.push({ text: value === '' ? (samples[at] ?? match[0]) || match[0] : value, isValue: true })
    end = match.index + match[0].length
  }
  pieces.push({ text: body.slice(end), isValue: false })
  return pieces.filter(({ text }) => text !== '')
}

/** What WhatsApp would refuse about one value; null while it is good. */
export function valueProblem(value: string): WordKey | null {
  if (value.trim() === '') return 'start.valueMissing'
  return FORBIDDEN.test(value.trim()) ? 'start.valueForbidden' : null
}

/** Whether the filled body is longer than WhatsApp takes. */
export function isTooLong(
  template: Pick<TemplateView, 'body' | 'variables' | 'samples'>,
  values: readonly string[],
): boolean {
  const text = previewOf(template, values)
    .map((piece) => piece.text)
    .join('')
  return Array.from(text).length > MAX_BODY
}

const UNFIT: Record<NonNullable<TemplateView['why']>, WordKey> = {
  header_media: 'template_unfit.header_media',
  header_variable: 'template_unfit.header_variable',
  button_variable: 'template_unfit.button_variable',
  carousel: 'template_unfit.carousel',
  flow: 'template_unfit.flow',
  other: 'template_unfit.other',
}

export function unfitWord(why: TemplateView['why']): WordKey {
  return UNFIT[why ?? 'other']
}

export const templateKey = ({ name, language }: Pick<TemplateView, 'name' | 'language'>): string =>
  `${name}/${language}`

/** "order_update" reads as "order update". */
export const shownName = (name: string): string => name.replaceAll('_', ' ')

const folded = (text: string): string => text.normalize('NFKC').toLocaleLowerCase()

/** Templates that hold every word of the query; those that can be sent first, each part in the order it came. */
export function found(templates: readonly TemplateView[], query: string): TemplateView[] {
  const words = folded(query)
    .split(/\s+/)
    .filter((word) => word !== '')
  const fits = (template: TemplateView): boolean => {
    const text = folded(`${shownName(template.name)} ${template.name} ${template.language} ${template.body}`)
    return words.every((word) => text.includes(word))
  }
  return templates.filter(fits).toSorted((a, b) => Number(b.isFit) - Number(a.isFit))
}

/** A language of Meta's, such as `pt_BR`, as the reader calls it. */
export function languageName(code: string, tag: string): string {
  try {
    return new Intl.DisplayNames([tag], { type: 'language' }).of(code.replace('_', '-')) ?? code
  } catch {
    return code
  }
}
