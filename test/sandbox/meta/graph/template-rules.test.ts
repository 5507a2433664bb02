import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { demoMeta } from '../../demo.ts'
import { errorOf, MetaKit, partsOf, sentId } from '../testkit.ts'

let kit: MetaKit

const body = (...texts: string[]): object => ({
  type: 'body',
  parameters: texts.map((text) => ({ type: 'text', text })),
})
const sending = (name: string, language: string, ...components: object[]): object => ({
  type: 'template',
  template: { name, language: { code: language }, components },
})
const demo = (...components: object[]): object =>
  sending(demoMeta.template.name, demoMeta.template.language, ...components)

/** A template that is approved at once. */
async function approved(name: string, components: object[], more: object = {}): Promise<string> {
  const made = await kit.graph('POST', `${demoMeta.wabaId}/message_templates`, {
    name,
    language: 'en_GB',
    category: 'UTILITY',
    components,
    ...more,
  })
  expect(made).toMatchObject({ status: 200 })
  const id = String(made.body['id'])
  await kit.control('template', { id, status: 'APPROVED' })
  return id
}

beforeAll(async () => {
  kit = await MetaKit.start()
  await kit.control('settings', { pairLimit: false, templateReview: 'manual' })
})
afterAll(() => kit.stop())

describe('a template message', () => {
  it('goes out filled in, with its category in the price', async () => {
    const answer = await kit.send(demo(body('Sakura')))
    const sent = await kit.status(sentId(answer), 'sent')
    expect(sent).toMatchObject({
      pricing: { category: 'utility', pricing_model: 'PMP', type: 'regular', billable: true },
    })
    const state = await kit.request('GET', '/__sandbox/state')
    const message = partsOf(state.body['messages']).find(({ id }) => id === sentId(answer))
    expect(message?.['rendered']).toMatchObject({ body: 'Hello Sakura, your order is ready to collect.' })
  })

  it.each([
    ['an unknown name', sending('nothing', 'en_GB', body('x')), 404, 132001],
    ['another language', sending(demoMeta.template.name, 'en_US', body('x')), 404, 132001],
    ['no parameter', demo(), 400, 132000],
    ['two parameters', demo(body('a', 'b')), 400, 132000],
    [
      'parameters for a header it does not have',
      demo(body('a'), { type: 'header', parameters: [{ type: 'text', text: 'x' }] }),
      400,
      132000,
    ],
    [
      'parameters for a button it does not have',
      demo(body('a'), {
        type: 'button',
        sub_type: 'quick_reply',
        index: '0',
        parameters: [{ type: 'payload', payload: 'x' }],
      }),
      400,
      132000,
    ],
    [
      'an image where text belongs',
      demo({ type: 'body', parameters: [{ type: 'image', image: { link: 'https://x.example/a' } }] }),
      400,
      132012,
    ],
    ['a component of another type', demo(body('a'), { type: 'carousel' }), 400, 132012],
    ['a line break in a parameter', demo(body('a\nb')), 400, 132018],
    ['five spaces in a parameter', demo(body('a     b')), 400, 132018],
    ['a text that grows too long', demo(body('x'.repeat(1_024))), 400, 132005],
    ['an unknown parameter type', demo({ type: 'body', parameters: [{ type: 'rhyme' }] }), 400, 100],
    ['a parameter without its value', demo({ type: 'body', parameters: [{ type: 'text' }] }), 400, 131008],
    ['no language', { type: 'template', template: { name: 'order_ready' } }, 400, 131008],
  ])('is refused with %s', async (_what, message, status, code) => {
    expect(errorOf(await kit.send(message))).toMatchObject({ status, code })
  })

  it.each([
    ['PENDING', 132001],
    ['REJECTED', 132001],
    ['PAUSED', 132015],
    ['DISABLED', 132016],
  ])('is refused while its template is %s', async (status, code) => {
    const id = await approved(`state_${status.toLowerCase()}`, [{ type: 'BODY', text: 'Plain' }])
    await kit.control('template', { id, status })
    expect(errorOf(await kit.send(sending(`state_${status.toLowerCase()}`, 'en_GB')))).toMatchObject({ code })
  })

  it("does not find another account's template", async () => {
    const body_ = { messaging_product: 'whatsapp', to: '+447700900123', ...demo(body('x')) }
    const answer = await kit.graph('POST', `${demoMeta.other.phoneNumberId}/messages`, body_, demoMeta.other.token)
    expect(errorOf(answer)).toMatchObject({ status: 404, code: 132001 })
  })

  it('takes named parameters by their names', async () => {
    const components = [
      {
        type: 'BODY',
        text: 'Dear {{first_name}}, thanks.',
        example: { body_text_named_params: [{ param_name: 'first_name', example: 'Jo' }] },
      },
    ]
    await approved('named_one', components, { parameter_format: 'named' })
    const named = (parameter: object): object =>
      sending('named_one', 'en_GB', { type: 'body', parameters: [{ type: 'text', text: 'Jo', ...parameter }] })
    expect((await kit.send(named({ parameter_name: 'first_name' }))).status).toBe(200)
    expect(errorOf(await kit.send(named({ parameter_name: 'last_name' })))).toMatchObject({ code: 132012 })
    expect(errorOf(await kit.send(named({})))).toMatchObject({ code: 132012 })
  })

  it('needs the header format and the button values of its template', async () => {
    await approved('with_parts', [
      { type: 'HEADER', format: 'IMAGE', example: { header_handle: ['h'] } },
      { type: 'BODY', text: 'See it' },
      {
        type: 'BUTTONS',
        buttons: [
          { type: 'QUICK_REPLY', text: 'Thanks' },
          { type: 'URL', text: 'Track', url: 'https://example.com/{{1}}', example: ['https://example.com/1'] },
        ],
      },
    ])
    const header = { type: 'header', parameters: [{ type: 'image', image: { link: 'https://x.example/a.png' } }] }
    const button = (index: number, sub_type: string, parameter: object): object => ({
      type: 'button',
      index: String(index),
      sub_type,
      parameters: [parameter],
    })
    const url = button(1, 'url', { type: 'text', text: '17' })
    expect((await kit.send(sending('with_parts', 'en_GB', header, url))).status).toBe(200)
    expect(errorOf(await kit.send(sending('with_parts', 'en_GB', url)))).toMatchObject({ code: 132012 })
    expect(errorOf(await kit.send(sending('with_parts', 'en_GB', header)))).toMatchObject({ code: 131008 })
    const wrong = button(0, 'url', { type: 'text', text: 'x' })
    expect(errorOf(await kit.send(sending('with_parts', 'en_GB', header, url, wrong)))).toMatchObject({ code: 132012 })
  })

  it('of the authentication kind cannot go to a user id (131062)', async () => {
    await approved('sign_in', [{ type: 'BODY', text: 'Your code is on its way' }], { category: 'AUTHENTICATION' })
    await kit.control('inbound', { userId: 'GB.5550009', text: 'Hi' })
    const message = { to: undefined, recipient: 'GB.5550009', ...sending('sign_in', 'en_GB') }
    expect(errorOf(await kit.send(message))).toMatchObject({ status: 400, code: 131062 })
  })
})
