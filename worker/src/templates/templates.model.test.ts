import { describe, expect, it } from 'vitest'
import { fillTemplate, inListOrder, toTemplateView } from './templates.model.ts'
import type { TemplateDefinition, TemplatePart } from './templates.model.ts'

const part = (type: string, more: Partial<TemplatePart> = {}): TemplatePart => ({
  type,
  format: '',
  text: null,
  buttons: null,
  example: null,
  ...more,
})
const BODY = part('BODY', { text: 'Hello {{1}}.' })
const template = (...components: TemplatePart[]): TemplateDefinition => ({
  name: 'order_ready',
  language: 'en_GB',
  category: 'UTILITY',
  components,
})
const button = (type: string, url: string | null = null) => part('BUTTONS', { buttons: [{ type, text: 'Tap', url }] })

describe('a template', () => {
  it('shows its parts, its variables by number and their samples', () => {
    const example = { body_text: [['A-17', 'Sakura']], body_text_named_params: null }
    const view = toTemplateView(
      template(
        part('HEADER', { format: 'TEXT', text: 'Your order' }),
        part('BODY', { text: 'For {{2}}: {{1}}, {{ 1 }}.', example }),
        part('FOOTER', { text: 'Example Parcels' }),
        button('QUICK_REPLY'),
      ),
    )
    expect(view).toEqual({
      name: 'order_ready',
      language: 'en_GB',
      category: 'utility',
      header: 'Your order',
      body: 'For {{2}}: {{1}}, {{ 1 }}.',
      footer: 'Example Parcels',
      buttons: ['Tap'],
      variables: ['1', '2'],
      samples: ['A-17', 'Sakura'],
      isFit: true,
      why: null,
    })
  })

  it('shows named variables as they stand', () => {
    const named = [
      { param_name: 'city', example: 'Oslo' },
      { param_name: 'name', example: 'Sakura' },
    ]
    const example = { body_text: null, body_text_named_params: named }
    const view = toTemplateView(template(part('BODY', { text: '{{name}} of {{city}}!', example })))
    expect(view).toMatchObject({ variables: ['name', 'city'], samples: ['Sakura', 'Oslo'] })
  })

  it.each([
    [null, [BODY]],
    [null, [BODY, button('URL', 'https://example.com/orders')]],
    [null, [BODY, button('PHONE_NUMBER')]],
    ['header_media', [part('HEADER', { format: 'IMAGE' }), BODY]],
    ['header_media', [part('HEADER', { format: 'LOCATION' }), BODY]],
    ['header_variable', [part('HEADER', { format: 'TEXT', text: 'Order {{1}}' }), BODY]],
    ['button_variable', [BODY, button('URL', 'https://example.com/{{1}}')]],
    ['button_variable', [BODY, button('COPY_CODE')]],
    ['button_variable', [BODY, button('OTP')]],
    ['flow', [BODY, button('FLOW')]],
    ['carousel', [BODY, part('CAROUSEL')]],
    ['other', [BODY, button('CATALOG')]],
    ['other', [BODY, part('LIMITED_TIME_OFFER')]],
    ['other', []],
  ])('is unfit for %s', (why, components) => {
    expect(toTemplateView(template(...components))).toMatchObject({ why, isFit: why === null })
  })

  it('stands by name and language', () => {
    const views = ['b en', 'a ja', 'a en'].map((text) => {
      const [name = '', language = ''] = text.split(' ')
      return { ...toTemplateView(template(BODY)), name, language }
    })
    expect(inListOrder(views).map(({ name, language }) => `${name} ${language}`)).toEqual(['a en', 'a ja', 'b en'])
  })
})

describe('filling it in', () => {
  const numbered = { body: 'For {{2}}: {{1}}.', variables: ['1', '2'] }

  it('gives the text and the values in order', () => {
    expect(fillTemplate(numbered, [' A-17 ', 'Sa{{1}}ra $& kura'])).toEqual({
      text: 'For Sa{{1}}ra $& kura: A-17.',
      parameters: [
        { name: null, text: 'A-17' },
        { name: null, text: 'Sa{{1}}ra $& kura' },
      ],
    })
    expect(fillTemplate({ body: 'Hi {{name}}!', variables: ['name'] }, ['Sakura'])).toEqual({
      text: 'Hi Sakura!',
      parameters: [{ name: 'name', text: 'Sakura' }],
    })
    expect(fillTemplate({ body: 'Hi!', variables: [] }, [])).toEqual({ text: 'Hi!', parameters: [] })
  })

  it.each([
    [['a'], { problem: 'count', expected: 2, given: 1 }],
    [['a', 'b', 'c'], { problem: 'count', expected: 2, given: 3 }],
    [['a', ' '], { problem: 'empty', index: 1 }],
    [['a\nb', 'b'], { problem: 'forbidden', index: 0 }],
    [['a', 'b\tb'], { problem: 'forbidden', index: 1 }],
    [['a', 'b     b'], { problem: 'forbidden', index: 1 }],
    [['a', 'b'.repeat(1_024)], { problem: 'too_long', characters: 1_032, limit: 1_024 }],
  ])('refuses %j', (values, problem) => {
    expect(fillTemplate(numbered, values)).toEqual(problem)
  })

  it('takes what just fits', () => {
    expect(fillTemplate(numbered, ['a', 'b'.repeat(1_016)])).toHaveProperty('text')
    expect(fillTemplate(numbered, ['a    a', '👍'])).toHaveProperty('text', 'For 👍: a    a.')
  })
})
