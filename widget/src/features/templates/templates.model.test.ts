import { describe, expect, it } from 'vitest'
import type { TemplateView } from '../../../../contract/index.ts'
import { found, isTooLong, languageName, previewOf, templateKey, unfitWord, valueProblem } from './templates.model.ts'

const template = (facts: Partial<TemplateView> = {}): TemplateView => ({
  name: 'order_update',
  language: 'en',
  category: 'utility',
  header: null,
  body: 'Hello {{1}}, your order {{2}} is on its way.',
  footer: null,
  buttons: [],
  variables: ['1', '2'],
  samples: ['Sakura', '4711'],
  isFit: true,
  why: null,
  ...facts,
})

const text = (...args: Parameters<typeof previewOf>): string =>
  previewOf(...args)
    .map((piece) => piece.text)
    .join('')

describe('the preview', () => {
  it('puts the values where they belong', () => {
    expect(text(template(), ['Ken', '12'])).toBe('Hello Ken, your order 12 is on its way.')
  })

  it('shows the samples for what is still empty', () => {
    expect(text(template(), ['', ' '])).toBe('Hello Sakura, your order 4711 is on its way.')
    expect(text(template({ samples: [] }), ['Ken'])).toBe('Hello Ken, your order {{2}} is on its way.')
  })

  it('marks what was filled in', () => {
    expect(previewOf(template({ body: '{{1}}!', variables: ['1'] }), ['Ken'])).toEqual([
      { text: 'Ken', isValue: true },
      { text: '!', isValue: false },
    ])
  })

  it('takes names, and a variable that stands twice', () => {
    const named = template({ body: '{{ name }} and {{name}}', variables: ['name'] })
    expect(text(named, ['Ken'])).toBe('Ken and Ken')
  })

  it('does not fill in what a value says itself', () => {
    expect(text(template(), ['{{2}}', 'x'])).toBe('Hello {{2}}, your order x is on its way.')
  })
})

it.each([
  ['', 'start.valueMissing'],
  ['  ', 'start.valueMissing'],
  ['a\nb', 'start.valueForbidden'],
  ['a\tb', 'start.valueForbidden'],
  ['a     b', 'start.valueForbidden'],
  ['a    b', null],
  [' Ken ', null],
])('says what is wrong with %j', (value, problem) => {
  expect(valueProblem(value)).toBe(problem)
})

it('counts the filled body in characters', () => {
  const one = template({ body: '{{1}}', variables: ['1'] })
  expect([isTooLong(one, ['😀'.repeat(1_024)]), isTooLong(one, ['😀'.repeat(1_025)])]).toEqual([false, true])
})

describe('looking for a template', () => {
  const list = [
    template({ name: 'sale_photo', isFit: false, why: 'header_media', body: 'Sale' }),
    template(),
    template({ name: 'お知らせ', language: 'ja', body: 'こんにちは' }),
  ]
  const names = (query: string): string[] => found(list, query).map(templateKey)

  it('puts those that can be sent first', () => {
    expect(names('')).toEqual(['order_update/en', 'お知らせ/ja', 'sale_photo/en'])
  })

  it('wants every word, in the name or the text, large or small', () => {
    expect(names('ORDER hello')).toEqual(['order_update/en'])
    expect(names('こんにちは')).toEqual(['お知らせ/ja'])
    expect(names('order sale')).toEqual([])
  })
})

it('says why a template cannot be sent here', () => {
  expect([unfitWord('flow'), unfitWord(null)]).toEqual(['template_unfit.flow', 'template_unfit.other'])
})

it('names a language in the reader’s, and an unknown one by its code', () => {
  expect(languageName('ja', 'en')).toBe('Japanese')
  expect(languageName('pt_BR', 'en')).toBe('Brazilian Portuguese')
  expect(languageName('not a code', 'en')).toBe('not a code')
})
