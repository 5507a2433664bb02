import { demoMeta } from '../../sandbox/demo.ts'
import type { MetaCaller } from './meta-caller.ts'
import { image, pdf, text } from './meta-steps.ts'
import type { MetaStep } from './meta-steps.ts'

const PHONE = demoMeta.phoneNumberId
const WABA = demoMeta.wabaId
const TEMPLATE = demoMeta.template
const USER = 'GB.72051938846120'

const interactive =
  (value: object): MetaStep['run'] =>
  (meta) =>
    meta.say({ type: 'interactive', interactive: { body: { text: 'Choose' }, ...value } })

const reply = (id: string): object => ({ type: 'reply', reply: { id, title: `Title ${id}` } })
const rows = [{ id: 'r1', title: 'Refund', description: 'Within 14 days' }]

const contact = {
  name: { formatted_name: 'Depot', first_name: 'Depot' },
  phones: [{ phone: '+44 20 7946 0199', type: 'Mobile' }],
  emails: [{ email: 'depot@example.com', type: 'OTHER' }],
  urls: [{ url: 'https://example.com', type: 'OTHER' }],
  addresses: [{ street: '1 High St', type: 'OTHER' }],
}

/** Messages that go out. */
export const sendSteps: readonly MetaStep[] = [
  { name: 'text', run: (meta) => text(meta) },
  {
    name: 'text with everything',
    run: async (meta) =>
      text(meta, {
        recipient_type: 'individual',
        context: { message_id: await meta.hear({ type: 'text', text: 'Hi' }) },
        text: { body: 'https://example.com', preview_url: true },
        biz_opaque_callback_data: 'kw1:0:1:1',
      }),
  },
  {
    name: 'text to a user id',
    run: async (meta) => {
      await meta.control('inbound', { userId: USER, type: 'text', text: 'Hi' })
      const body = { messaging_product: 'whatsapp', recipient: USER, type: 'text', text: { body: 'Hello' } }
      await meta.graph('POST', `${PHONE}/messages`, body)
    },
  },
  {
    name: 'an image',
    run: async (meta) => meta.say({ type: 'image', image: { id: await image(meta), caption: 'Box' } }),
  },
  {
    name: 'a document',
    run: async (meta) =>
      meta.say({ type: 'document', document: { id: await pdf(meta), filename: 'a.pdf', caption: 'A' } }),
  },
  { name: 'a place', run: (meta) => meta.say({ type: 'location', location: { latitude: 51.5, longitude: -0.12 } }) },
  {
    name: 'a place with its name',
    run: (meta) =>
      meta.say({
        type: 'location',
        location: { latitude: 51.5, longitude: -0.12, name: 'Shop', address: '1 High St' },
      }),
  },
  { name: 'a contact', run: (meta) => meta.say({ type: 'contacts', contacts: [contact] }) },
  {
    name: 'a reaction, given and taken back',
    run: async (meta) => {
      const message_id = await meta.hear({ type: 'text', text: 'Hi' })
      await meta.say({ type: 'reaction', reaction: { message_id, emoji: '👍' } })
      await meta.say({ type: 'reaction', reaction: { message_id, emoji: '' } })
    },
  },
  {
    name: 'a template',
    run: (meta) =>
      meta.say({
        type: 'template',
        template: {
          name: TEMPLATE.name,
          language: { code: TEMPLATE.language },
          components: [{ type: 'body', parameters: [{ type: 'text', text: 'Bo' }] }],
        },
      }),
  },
  { name: 'a template with buttons', run: sendTemplateWithButtons },
  { name: 'buttons', run: interactive({ type: 'button', action: { buttons: [reply('a'), reply('b')] } }) },
  {
    name: 'a list',
    run: interactive({
      type: 'list',
      body: { text: 'x'.repeat(4096) },
      footer: { text: 'Foot' },
      action: { button: 'Open', sections: [{ title: 'Topics', rows }] },
    }),
  },
  {
    name: 'a link',
    run: interactive({
      type: 'cta_url',
      header: { type: 'text', text: 'Head' },
      action: { name: 'cta_url', parameters: { display_text: 'Open', url: 'https://example.com' } },
    }),
  },
  {
    name: 'asking for a place',
    run: interactive({ type: 'location_request_message', action: { name: 'send_location' } }),
  },
  {
    name: 'read, and typing',
    run: async (meta) => {
      const message_id = await meta.hear({ type: 'text', text: 'Hi' })
      const receipt = { messaging_product: 'whatsapp', status: 'read', message_id }
      await meta.graph('POST', `${PHONE}/messages`, receipt)
      await meta.graph('POST', `${PHONE}/messages`, { ...receipt, typing_indicator: { type: 'text' } })
    },
  },
]

/** Templates' buttons are numbered from 0, as text or as number. */
async function sendTemplateWithButtons(meta: MetaCaller): Promise<void> {
  const name = 'order_late'
  const components = [
    { type: 'BODY', text: 'Order {{1}} is late.', example: { body_text: [['A-17']] } },
    {
      type: 'BUTTONS',
      buttons: [
        { type: 'QUICK_REPLY', text: 'Thanks' },
        { type: 'QUICK_REPLY', text: 'Bad' },
      ],
    },
  ]
  const definition = { name, language: 'en_GB', category: 'UTILITY', parameter_format: 'POSITIONAL', components }
  const made = await meta.graph('POST', `${WABA}/message_templates`, definition)
  await meta.control('template', { id: String(made.body['id']), status: 'APPROVED' })
  const button = { type: 'button', sub_type: 'quick_reply', parameters: [{ type: 'payload', payload: 'p' }] }
  await meta.say({
    type: 'template',
    template: {
      name,
      language: { code: 'en_GB' },
      components: [
        { type: 'body', parameters: [{ type: 'text', text: 'A-17' }] },
        { ...button, index: '0' },
        { ...button, index: 1, sub_type: 'QUICK_REPLY' },
      ],
    },
  })
  await meta.graph('DELETE', `${WABA}/message_templates?name=${name}`)
}
