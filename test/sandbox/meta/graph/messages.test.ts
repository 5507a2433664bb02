import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { demoMeta } from '../../demo.ts'
import { aString, customer, customerDigits, errorOf, matching, MetaKit, partsOf, sentId } from '../testkit.ts'

let kit: MetaKit

beforeAll(async () => {
  kit = await MetaKit.start()
  await kit.control('settings', { pairLimit: false, throughputPerSecond: 10_000 })
  await kit.write()
})
afterAll(() => kit.stop())

const long = (length: number): string => 'x'.repeat(length)
const reply = (id: string, title = id): object => ({ type: 'reply', reply: { id, title } })
const rows = (count: number, prefix = 'r'): object[] =>
  Array.from({ length: count }, (_, index) => ({ id: `${prefix}${index}`, title: `Row ${index}` }))
const buttons = (list: object[], more: object = {}): object => ({
  type: 'interactive',
  interactive: { type: 'button', body: { text: 'Choose' }, action: { buttons: list }, ...more },
})
const listOf = (sections: object[], more: object = {}): object => ({
  type: 'interactive',
  interactive: { type: 'list', body: { text: 'Choose' }, action: { button: 'Open', sections }, ...more },
})

const contactWith = (more: object): object => ({
  type: 'contacts',
  contacts: [{ name: { formatted_name: 'Depot' }, ...more }],
})

describe('POST /{phone}/messages', () => {
  it('answers with the input, the wa_id and an accepted message', async () => {
    const answer = await kit.send({ recipient_type: 'individual', biz_opaque_callback_data: 'outbox-17' })
    expect(answer.status).toBe(200)
    expect(answer.body).toEqual({
      messaging_product: 'whatsapp',
      contacts: [{ input: customer, wa_id: customerDigits }],
      messages: [{ id: matching(/^wamid\./), message_status: 'accepted' }],
    })
  })

  it.each([
    ['text with a preview', { text: { body: 'https://example.com', preview_url: true } }],
    ['a text of 4,096 emoji', { text: { body: '🙂'.repeat(4_096) } }],
    ['a reply', { context: { message_id: 'wamid.unknown' } }],
    ['a location', { type: 'location', location: { latitude: 51.5, longitude: -0.12, name: 'Shop' } }],
    [
      'contacts',
      {
        type: 'contacts',
        contacts: [{ name: { formatted_name: 'Depot' }, phones: [{ phone: '+1', type: 'Mobile' }] }],
      },
    ],
    [
      'a contact with an email and a link',
      contactWith({ emails: [{ email: 'a@b.example' }], urls: [{ url: 'a://b' }] }),
    ],
    ['three buttons', buttons([reply('a'), reply('b'), reply('c')], { footer: { text: 'Foot' } })],
    [
      'a list of ten rows',
      listOf([
        { title: 'A', rows: rows(5) },
        { title: 'B', rows: rows(5, 'q') },
      ]),
    ],
    [
      'a link button',
      {
        type: 'interactive',
        interactive: {
          type: 'cta_url',
          body: { text: 'b' },
          action: { name: 'cta_url', parameters: { display_text: 'Open', url: 'https://example.com' } },
        },
      },
    ],
    [
      'a location request',
      {
        type: 'interactive',
        interactive: { type: 'location_request_message', body: { text: 'b' }, action: { name: 'send_location' } },
      },
    ],
    ['callback data of 512 characters', { biz_opaque_callback_data: long(512) }],
    ['no type, which means text', { type: undefined }],
  ])('accepts %s', async (_what, message) => {
    const answer = await kit.send(message)
    expect(answer).toMatchObject({ status: 200 })
  })

  it.each([
    ['no messaging_product', { messaging_product: undefined }, 100],
    ['another messaging_product', { messaging_product: 'sms' }, 100],
    ['a type that is an object', { type: {} }, 100],
    ['a type that is a list', { type: [] }, 100],
    ['no recipient', { to: undefined }, 100],
    ['a recipient that is no number', { to: 'Sakura' }, 131009],
    ['itself as the recipient', { to: '+442079460101' }, 131021],
    ['a recipient that is no user id', { to: undefined, recipient: 'someone' }, 131009],
    ['another identity hash', { recipient_identity_key_hash: 'other' }, 137000],
    ['an unknown recipient_type', { recipient_type: 'crowd' }, 100],
    ['a group it does not have', { recipient_type: 'group' }, 131009],
    ['an unknown type', { type: 'hologram' }, 100],
    ['a type without its object', { type: 'image' }, 131008],
    ['an empty text', { text: { body: '' } }, 100],
    ['a text without body', { text: {} }, 131008],
    ['a text of 4,097 characters', { text: { body: long(4_097) } }, 100],
    ['an unknown key in the type object', { text: { body: 'x', colour: 'red' } }, 100],
    ['a preview_url that is no boolean', { text: { body: 'x', preview_url: 'yes' } }, 100],
    ['callback data of 513 characters', { biz_opaque_callback_data: long(513) }, 100],
    ['a context without message_id', { context: {} }, 100],
    ['an image with id and link', { type: 'image', image: { id: '1', link: 'https://x.example/a.png' } }, 131008],
    ['an image with neither', { type: 'image', image: { caption: 'x' } }, 131008],
    ['an image id nobody has', { type: 'image', image: { id: '123' } }, 131009],
    [
      'a caption of 1,025 characters',
      { type: 'image', image: { link: 'https://x.example/a', caption: long(1_025) } },
      100,
    ],
    ['a link that is none', { type: 'image', image: { link: 'C:\\a.png' } }, 100],
    ['a sticker with a caption', { type: 'sticker', sticker: { id: '1', caption: 'x' } }, 100],
    ['a latitude beyond the pole', { type: 'location', location: { latitude: 91, longitude: 0 } }, 131009],
    ['a location without longitude', { type: 'location', location: { latitude: 1 } }, 131008],
    ['a contact without a name', { type: 'contacts', contacts: [{ phones: [] }] }, 131008],
    ['a phone without a number', contactWith({ phones: [{ type: 'WORK' }] }), 131008],
    ['an email without an address', contactWith({ emails: [{ type: 'WORK' }] }), 131008],
    ['an email that is a word', contactWith({ emails: [{ email: 'depot' }] }), 131009],
    ['a link without an address', contactWith({ urls: [{ type: 'WORK' }] }), 131008],
    ['a link that is a word', contactWith({ urls: [{ url: 'depot' }] }), 131009],
    ['contacts that are no list', { type: 'contacts', contacts: {} }, 131009],
    ['a reaction without emoji', { type: 'reaction', reaction: { message_id: 'wamid.x' } }, 131008],
    ['a reaction of two emoji', { type: 'reaction', reaction: { message_id: 'wamid.x', emoji: '👍👍' } }, 100],
    ['a reaction of a word', { type: 'reaction', reaction: { message_id: 'wamid.x', emoji: 'ok' } }, 100],
    ['a reaction to no wamid', { type: 'reaction', reaction: { message_id: 'x', emoji: '👍' } }, 100],
    ['four buttons', buttons([reply('a'), reply('b'), reply('c'), reply('d')]), 131009],
    ['a button title of 21 characters', buttons([reply('a', long(21))]), 131009],
    ['a button id of 257 characters', buttons([reply(long(257), 'a')]), 131009],
    ['two buttons with one id', buttons([reply('a', 'A'), reply('a', 'B')]), 131009],
    [
      'buttons without a body',
      { type: 'interactive', interactive: { type: 'button', action: { buttons: [reply('a')] } } },
      131008,
    ],
    ['a footer of 61 characters', buttons([reply('a')], { footer: { text: long(61) } }), 131009],
    ['a body of 1,025 characters', buttons([reply('a')], { body: { text: long(1_025) } }), 131009],
    [
      'eleven rows in all',
      listOf([
        { title: 'A', rows: rows(6) },
        { title: 'B', rows: rows(5, 'q') },
      ]),
      131009,
    ],
    ['a row title of 25 characters', listOf([{ rows: [{ id: 'a', title: long(25) }] }]), 131009],
    [
      'a row description of 73 characters',
      listOf([{ rows: [{ id: 'a', title: 'a', description: long(73) }] }]),
      131009,
    ],
    ['two sections, one without a title', listOf([{ title: 'A', rows: rows(1) }, { rows: rows(1, 'q') }]), 131009],
    [
      'a list with an image header',
      listOf([{ rows: rows(1) }], { header: { type: 'image', image: { id: '1' } } }),
      131009,
    ],
    ['an unknown interactive type', { type: 'interactive', interactive: { type: 'wheel' } }, 131009],
    [
      'a product list without a header',
      {
        type: 'interactive',
        interactive: {
          type: 'product_list',
          body: { text: 'x' },
          action: { catalog_id: '1', sections: [{ product_items: [{ product_retailer_id: 'a' }] }] },
        },
      },
      131008,
    ],
  ])('refuses %s', async (_what, message, code) => {
    const answer = await kit.send(message)
    expect(errorOf(answer)).toMatchObject({ status: 400, code })
    expect(answer.body['error']).toMatchObject({ type: 'OAuthException', fbtrace_id: aString })
  })

  it('refuses a body that is no JSON as one without parameters', async () => {
    const response = await kit.meta.platform.app.request(`/v25.0/${demoMeta.phoneNumberId}/messages`, {
      method: 'POST',
      headers: { authorization: `Bearer ${demoMeta.token}`, 'content-type': 'application/json' },
      body: '{"messaging_product":',
    })
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({
      error: { code: 100, message: '(#100) The parameter messaging_product is required.' },
    })
  })

  it('puts the business country code before a number without "+"', async () => {
    const answer = await kit.send({ to: customerDigits })
    expect(partsOf(answer.body['contacts'])[0]).toEqual({ input: customerDigits, wa_id: `44${customerDigits}` })
    const failed = await kit.status(sentId(answer), 'failed')
    expect(partsOf(failed['errors'])[0]).toMatchObject({ code: 131026 })
    const national = await kit.send({ to: '7700900123' })
    expect(partsOf(national.body['contacts'])[0]).toEqual({ input: '7700900123', wa_id: customerDigits })
  })

  it('reaches a Brazilian number with or without its ninth digit as one person', async () => {
    await kit.write({ from: '+55 31 8765-4321' })
    const answer = await kit.send({ to: '+5531987654321' })
    expect(partsOf(answer.body['contacts'])[0]).toEqual({ input: '+5531987654321', wa_id: '553187654321' })
  })

  it('answers a user id without wa_id, and lets `to` win', async () => {
    await kit.control('inbound', { userId: 'GB.5550001', text: 'Hi' })
    const byId = await kit.send({ to: undefined, recipient: 'GB.5550001' })
    expect(byId.body['contacts']).toEqual([{ input: 'GB.5550001', user_id: 'GB.5550001' }])
    const both = await kit.send({ recipient: 'GB.5550001' })
    expect(both.body['contacts']).toEqual([{ input: customer, wa_id: customerDigits }])
  })

  it('accepts a well-formed user id of another portfolio and fails it later', async () => {
    await kit.control('inbound', { userId: 'GB.5550002', text: 'Hi', phoneNumberId: demoMeta.other.phoneNumberId })
    const answer = await kit.send({ to: undefined, recipient: 'GB.5550002' })
    const failed = await kit.status(sentId(answer), 'failed')
    expect(partsOf(failed['errors'])[0]).toMatchObject({ code: 131026 })
  })

  it('refuses sending from a number that is not registered, and from a locked account', async () => {
    await kit.control('number', { phoneNumberId: demoMeta.secondPhoneNumberId, isRegistered: false })
    const body = { messaging_product: 'whatsapp', to: customer, text: { body: 'x' } }
    const answer = await kit.graph('POST', `${demoMeta.secondPhoneNumberId}/messages`, body)
    expect(errorOf(answer)).toMatchObject({ status: 400, code: 133010 })
    await kit.control('settings', { accountLocked: true })
    expect(errorOf(await kit.send())).toMatchObject({ status: 403, code: 131031 })
    await kit.control('settings', { accountLocked: false })
  })
})

describe('read receipts', () => {
  it('marks the message and the earlier ones, and shows typing', async () => {
    const first = await kit.write()
    const second = await kit.write()
    const answer = await kit.send({
      to: undefined,
      type: undefined,
      text: undefined,
      status: 'read',
      message_id: second,
      typing_indicator: { type: 'text' },
    })
    expect(answer.body).toEqual({ success: true })
    const state = await kit.request('GET', '/__sandbox/state')
    const read = partsOf(state.body['messages']).filter(({ id }) => id === first || id === second)
    expect(read.map(({ status }) => status)).toEqual(['read', 'read'])
    const view = await kit.request(
      'GET',
      `/phone/api/view?number=${demoMeta.phoneNumberId}&customer=${String(read[0]?.['customerId'])}`,
    )
    expect(view.body['isTyping']).toBe(true)
    await kit.send()
    const after = await kit.request(
      'GET',
      `/phone/api/view?number=${demoMeta.phoneNumberId}&customer=${String(read[0]?.['customerId'])}`,
    )
    expect(after.body['isTyping']).toBe(false)
  })

  it.each([
    ['an unknown message', { status: 'read', message_id: 'wamid.none' }, 131009],
    ['no message', { status: 'read' }, 100],
    ['another status', { status: 'seen', message_id: 'wamid.none' }, 100],
    [
      'another typing indicator',
      { status: 'read', message_id: 'wamid.none', typing_indicator: { type: 'voice' } },
      100,
    ],
  ])('refuses %s', async (_what, body, code) => {
    expect(errorOf(await kit.send(body))).toMatchObject({ status: 400, code })
  })

  it('refuses a message older than 30 days', async () => {
    const old = await kit.write({ timestamp: Math.floor(kit.clock.now() / 1000) - 31 * 86_400 })
    expect(errorOf(await kit.send({ status: 'read', message_id: old }))).toMatchObject({ code: 131009 })
  })
})
