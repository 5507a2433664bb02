import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eventually } from '../../../support/wait.ts'
import { demoMeta } from '../../demo.ts'
import { aString, errorOf, MetaKit, partsOf } from '../testkit.ts'
import type { Answer } from '../testkit.ts'

let kit: MetaKit
const path = `${demoMeta.wabaId}/message_templates`
const body = { type: 'BODY', text: 'Order {{1}} is ready.', example: { body_text: [['A-17']] } }

const create = (more: object = {}): Promise<Answer> =>
  kit.graph('POST', path, { name: 'greeting', language: 'en_GB', category: 'UTILITY', components: [body], ...more })

beforeAll(async () => {
  kit = await MetaKit.start()
  await kit.control('settings', { templateReviewMs: 0 })
})
afterAll(() => kit.stop())

describe('templates', () => {
  it('lists the account templates by name, page by page', async () => {
    const all = await kit.graph('GET', path)
    expect(partsOf(all.body['data'])[0]).toEqual({
      id: demoMeta.template.id,
      name: 'order_ready',
      parameter_format: 'POSITIONAL',
      components: [{ type: 'BODY', text: demoMeta.template.body, example: { body_text: [['A-17']] } }],
      language: 'en_GB',
      status: 'APPROVED',
      category: 'UTILITY',
    })
    for (const name of ['page_a', 'page_b', 'page_c']) await create({ name })
    const first = await kit.graph('GET', `${path}?limit=2&fields=name`)
    expect(first.body).toMatchObject({
      data: [{}, {}],
      paging: { cursors: { after: aString }, next: aString },
    })
    const next = new URL(String((first.body['paging'] as Record<string, unknown>)['next']))
    const second = await kit.request('GET', `${next.pathname}${next.search}`, null, demoMeta.token)
    const names = [...partsOf(first.body['data']), ...partsOf(second.body['data'])].map(({ name }) => name)
    expect(new Set(names)).toEqual(new Set(['order_ready', 'page_a', 'page_b', 'page_c']))
    expect(names).toHaveLength(4)
    expect(second.body['paging']).not.toHaveProperty('next')
    expect((await kit.graph('GET', `${path}?name=none`)).body).toEqual({ data: [] })
  })

  it('reviews a new template and tells the app, at its own address', async () => {
    const made = await create({ name: 'reviewed' })
    expect(made.body).toEqual({ id: aString, status: 'PENDING', category: 'UTILITY' })
    const value = await eventually(
      'the review',
      () => kit.values().find((each) => each['message_template_name'] === 'reviewed'),
      5_000,
    )
    expect(value).toEqual({
      event: 'APPROVED',
      message_template_id: Number(made.body['id']),
      message_template_name: 'reviewed',
      message_template_language: 'en_GB',
      message_template_category: 'UTILITY',
      reason: 'NONE',
    })
    const read = await kit.graph('GET', String(made.body['id']))
    expect(read.body['status']).toBe('APPROVED')
  })

  it.each([
    ['a name in capitals', { name: 'Greeting' }],
    ['no language', { language: undefined }],
    ['an unknown category', { category: 'SPAM' }],
    ['an unknown parameter format', { parameter_format: 'random' }],
    ['a parameter format that is no text', { parameter_format: {} }],
    ['no components', { components: undefined }],
    ['no body', { components: [{ type: 'FOOTER', text: 'x' }] }],
    ['two bodies', { components: [body, body] }],
    ['an unknown component', { components: [body, { type: 'SIDEBAR' }] }],
    ['a variable without an example', { components: [{ type: 'BODY', text: 'Order {{1}} is ready.' }] }],
    ['a variable at the beginning', { components: [{ ...body, text: '{{1}} is ready.' }] }],
    ['a variable at the end', { components: [{ ...body, text: 'Ready: {{1}}' }] }],
    ['names where numbers belong', { components: [{ ...body, text: 'Order {{number}} is ready.' }] }],
    ['a body of 1,025 characters', { components: [{ type: 'BODY', text: 'x'.repeat(1_025) }] }],
    ['a header of 61 characters', { components: [body, { type: 'HEADER', format: 'TEXT', text: 'x'.repeat(61) }] }],
    ['a footer of 61 characters', { components: [body, { type: 'FOOTER', text: 'x'.repeat(61) }] }],
    [
      'eleven buttons',
      {
        components: [
          body,
          { type: 'BUTTONS', buttons: Array.from({ length: 11 }, () => ({ type: 'QUICK_REPLY', text: 'x' })) },
        ],
      },
    ],
    [
      'a button text of 26 characters',
      { components: [body, { type: 'BUTTONS', buttons: [{ type: 'QUICK_REPLY', text: 'x'.repeat(26) }] }] },
    ],
    [
      'a link button without a link',
      { components: [body, { type: 'BUTTONS', buttons: [{ type: 'URL', text: 'x' }] }] },
    ],
  ])('refuses one with %s', async (_what, more) => {
    expect(errorOf(await create(more))).toMatchObject({ status: 400, code: 100 })
  })

  it('refuses the same name and language again, and a 101st within an hour', async () => {
    await create({ name: 'twice' })
    expect(errorOf(await create({ name: 'twice' }))).toMatchObject({ code: 100 })
    const { templates } = kit.meta.deps.world.state
    const lately = Object.values(templates).filter(({ createdAt }) => createdAt > kit.clock.now() - 3_600_000).length
    for (let index = lately; index < 100; index += 1) await create({ name: `many_${index}` })
    expect(errorOf(await create({ name: 'too_many' }))).toMatchObject({ status: 429, code: 80007 })
  })

  it('edits back into review, and deletes every language of a name or one id', async () => {
    await kit.control('clock', { advanceMs: 3_600_001 })
    await kit.control('settings', { templateReview: 'manual' })
    const [english, german] = await Promise.all([
      create({ name: 'bilingual' }),
      create({ name: 'bilingual', language: 'de' }),
    ])
    const id = String(english.body['id'])
    expect(errorOf(await kit.graph('POST', id, { components: [body] }))).toMatchObject({ code: 100 })
    await kit.control('template', { id, status: 'APPROVED' })
    expect((await kit.graph('POST', id, { components: [body] })).body).toEqual({ success: true })
    expect((await kit.graph('GET', id)).body['status']).toBe('PENDING')
    expect((await kit.graph('DELETE', `${path}?name=bilingual&hsm_id=${String(german.body['id'])}`)).body).toEqual({
      success: true,
    })
    expect(partsOf((await kit.graph('GET', `${path}?name=bilingual`)).body['data'])).toHaveLength(1)
    expect((await kit.graph('DELETE', `${path}?name=bilingual`)).body).toEqual({ success: true })
    expect(errorOf(await kit.graph('DELETE', `${path}?name=bilingual`))).toMatchObject({ code: 100 })
    expect(errorOf(await kit.graph('DELETE', path))).toMatchObject({ code: 100 })
  })
})
