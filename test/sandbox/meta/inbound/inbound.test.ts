import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { eventually } from '../../../support/wait.ts'
import { demoMeta } from '../../demo.ts'
import { isJson } from '../state.ts'
import type { Json } from '../state.ts'
import { aNumber, aString, customer, customerDigits, matching, MetaKit, partsOf, sentId } from '../testkit.ts'

let kit: MetaKit

beforeEach(async () => {
  kit = await MetaKit.start()
})
afterEach(() => kit.stop())

/** Plays a message and resolves to the change value that arrives for it. */
async function valueFor(message: object): Promise<Json> {
  const before = kit.inbound().length
  await kit.control('inbound', { from: customer, ...message })
  await eventually('the webhook', () => kit.inbound().length > before, 5_000)
  return kit.values().findLast((value) => 'messages' in value) ?? {}
}

const first = (value: Json, key: string): Json => partsOf(value[key])[0] ?? {}

describe('an inbound message', () => {
  it('has the frame of the reference', async () => {
    const value = await valueFor({
      name: 'Customer One',
      username: 'cust.one',
      id: 'wamid.IN1',
      timestamp: 1_790_000_000,
      text: { body: 'Is my order ready?' },
    })
    expect(value).toEqual({
      messaging_product: 'whatsapp',
      metadata: { display_phone_number: '442079460101', phone_number_id: '800100' },
      contacts: [
        {
          profile: { name: 'Customer One', username: 'cust.one' },
          wa_id: customerDigits,
          user_id: matching(/^GB\.\d+$/),
        },
      ],
      messages: [
        {
          from: customerDigits,
          from_user_id: matching(/^GB\.\d+$/),
          id: 'wamid.IN1',
          timestamp: '1790000000',
          type: 'text',
          text: { body: 'Is my order ready?' },
        },
      ],
    })
    expect(first(kit.hooks[0]?.body ?? {}, 'entry')).toEqual({
      id: demoMeta.wabaId,
      changes: [{ field: 'messages', value }],
    })
  })

  it.each(['image', 'video', 'document', 'sticker', 'audio', 'voice'])(
    'carries a real %s that Graph hands out',
    async (type) => {
      const message = first(await valueFor({ type }), 'messages')
      const object = isJson(message[type]) ? message[type] : {}
      expect(object).toMatchObject({
        mime_type: aString,
        sha256: aString,
        id: aString,
        url: aString,
      })
      const url = new URL(String(object['url']))
      const file = await kit.request('GET', `${url.pathname}${url.search}`, null, demoMeta.token)
      expect(file.status).toBe(200)
    },
  )

  it('takes given bytes, a caption and a file name', async () => {
    const document = {
      data: Buffer.from('%PDF-1.4').toString('base64'),
      mime_type: 'application/pdf',
      filename: 'a.pdf',
      caption: 'Bill',
    }
    const message = first(await valueFor({ type: 'document', document }), 'messages')
    expect(message['document']).toMatchObject({ filename: 'a.pdf', caption: 'Bill', mime_type: 'application/pdf' })
    expect(message['document']).not.toHaveProperty('data')
  })

  it.each([
    ['location', { location: { latitude: 51.5, longitude: -0.12 } }],
    ['contacts', { contacts: [{ name: { formatted_name: 'Depot' } }] }],
    ['reaction', { reaction: { message_id: 'wamid.Q' } }],
    ['interactive', { interactive: { type: 'list_reply', list_reply: { id: 'r1', title: 'Refund' } } }],
    [
      'interactive',
      { interactive: { type: 'nfm_reply', nfm_reply: { name: 'flow', body: 'Sent', response_json: '[1]' } } },
    ],
    ['button', { button: { text: 'Stop', payload: 'stop' } }],
    ['order', { order: { catalog_id: '1', product_items: [] } }],
    ['edit', { edit: { original_message_id: 'wamid.O', message: { type: 'text', text: { body: 'new' } } } }],
    ['hologram', { hologram: { depth: 3 }, aura: 'blue' }],
  ])('passes a %s as it is', async (type, parts) => {
    expect(first(await valueFor({ type, ...parts }), 'messages')).toMatchObject({ type, ...parts })
  })

  it('passes referral, context and errors', async () => {
    const sent = sentId(await kit.send())
    const value = await valueFor({
      type: 'unsupported',
      unsupported: { type: 'poll' },
      referral: { source_type: 'ad', headline: 'H' },
      context: { id: sent },
      valueErrors: [{ code: 131000 }],
    })
    expect(first(value, 'messages')).toMatchObject({
      errors: [{ code: 131051 }],
      unsupported: { type: 'poll' },
      referral: { headline: 'H' },
      context: { from: '442079460101', id: sent },
    })
    expect(value['errors']).toEqual([{ code: 131000 }])
    const forwarded = await valueFor({ text: 'x', context: { forwarded: true } })
    expect(first(forwarded, 'messages')['context']).toEqual({ forwarded: true })
  })

  it('comes from somebody without any phone', async () => {
    const value = await valueFor({ from: undefined, userId: 'JP.4711', username: 'aki', name: null, text: 'Hi' })
    expect(first(value, 'contacts')).toEqual({ profile: { username: 'aki' }, user_id: 'JP.4711' })
    expect(first(value, 'messages')).not.toHaveProperty('from')
    expect(first(value, 'messages')['from_user_id']).toBe('JP.4711')
  })

  it('may name two people by phone and by id, and merges nobody', async () => {
    await kit.control('inbound', { userId: 'GB.111', text: 'I am one' })
    await kit.control('inbound', { from: customer, text: 'I am another' })
    const value = await valueFor({ userId: 'GB.111', text: 'Who am I?' })
    expect(first(value, 'messages')).toMatchObject({ from: customerDigits, from_user_id: 'GB.111' })
    expect(first(value, 'contacts')).toMatchObject({ wa_id: customerDigits, user_id: 'GB.111' })
    const later = await valueFor({ text: 'Again' })
    expect(first(later, 'messages')['from_user_id']).not.toBe('GB.111')
  })

  it('tells of a new number, with new and previous user ids and without contacts', async () => {
    const before = first(await valueFor({ text: 'x' }), 'messages')['from_user_id']
    const value = await valueFor({ type: 'system', system: { wa_id: '447700900456' } })
    const message = first(value, 'messages')
    expect(value).not.toHaveProperty('contacts')
    expect(message).toMatchObject({
      from: customerDigits,
      system: {
        type: 'user_changed_number',
        wa_id: '447700900456',
        previous_user_id: before,
        user_id: aString,
      },
    })
    const system = isJson(message['system']) ? message['system'] : {}
    const next = first(await valueFor({ from: '447700900456', text: 'It is me' }), 'messages')
    expect(next['from_user_id']).toBe(system['user_id'])
  })

  it('tells of a new user id', async () => {
    const message = first(
      await valueFor({
        from: undefined,
        userId: 'GB.123',
        type: 'system',
        system: { type: 'user_changed_user_id', user_id: 'GB.321' },
      }),
      'messages',
    )
    expect(message['system']).toMatchObject({
      type: 'user_changed_user_id',
      user_id: 'GB.321',
      previous_user_id: 'GB.123',
    })
  })

  it('is stored once by its id but sent each time', async () => {
    await valueFor({ id: 'wamid.same', text: 'x' })
    await valueFor({ id: 'wamid.same', text: 'x' })
    expect(kit.inbound()).toHaveLength(2)
    expect(kit.meta.deps.world.state.messages).toHaveLength(1)
  })

  it('edits and deletes what the phone shows', async () => {
    const id = await kit.write({ text: 'old' })
    await kit.write({
      type: 'edit',
      edit: { original_message_id: id, message: { type: 'text', text: { body: 'new' } } },
    })
    const stored = (): Json | undefined => kit.meta.deps.world.message(id)
    expect(stored()).toMatchObject({ isEdited: true, content: { text: { body: 'new' } } })
    await kit.write({ type: 'revoke', revoke: id })
    expect(stored()).toMatchObject({ isRevoked: true })
  })
})

describe('other control calls', () => {
  it('send many messages in one body, to several numbers', async () => {
    const messages = [
      ...Array.from({ length: 10 }, (_, index) => ({ from: customer, text: `Message ${index}` })),
      { from: customer, text: 'To the other number', phoneNumberId: demoMeta.secondPhoneNumberId },
    ]
    const answer = await kit.control('inbound/batch', { messages })
    expect(answer['ids']).toHaveLength(11)
    await eventually('the webhook', () => kit.hooks.length === 1)
    expect(kit.values().map((value) => partsOf(value['messages']).length)).toEqual([10, 1])
    expect(partsOf(kit.values()[0]?.['contacts'])).toHaveLength(1)
  })

  it('send any change value as it is', async () => {
    await kit.control('inbound', { raw: { whatever: [1, null] } })
    await kit.control('inbound', { raw: { field: 'account_update', value: { event: 'PARTNER_ADDED' } } })
    await eventually('both', () => kit.hooks.length === 2)
    const entries = kit.hooks.flatMap(({ body }) => partsOf(body['entry']))
    expect(entries).toContainEqual({
      id: demoMeta.wabaId,
      changes: [{ field: 'messages', value: { whatever: [1, null] } }],
    })
    expect(entries).toContainEqual({
      id: demoMeta.wabaId,
      time: aNumber,
      changes: [{ field: 'account_update', value: { event: 'PARTNER_ADDED' } }],
    })
  })

  it.each([
    ['inbound', {}],
    ['inbound', { from: customer, phoneNumberId: '1' }],
    ['inbound', { from: customer, timestamp: 'yesterday' }],
    ['inbound', { customerId: 'nobody' }],
    ['inbound/batch', { messages: [] }],
    ['settings', { colour: 'red' }],
    ['settings', { sentDelayMs: -1 }],
    ['customer', { from: '+447700999999', isOnline: false }],
    ['template', { id: '1', status: 'APPROVED' }],
    ['number', { phoneNumberId: '1' }],
    ['account', { wabaId: '1' }],
    ['code', { token: 'unknown' }],
  ])('refuse %s %o', async (path, body) => {
    const answer = await kit.request('POST', `/__sandbox/${path}`, body)
    expect(answer.status).toBe(400)
    expect(answer.body['error']).toEqual(aString)
  })

  it('show the clock, the settings and the state without a secret', async () => {
    expect((await kit.request('GET', '/__sandbox/clock')).body).toEqual({ now: aString, offsetMs: 0 })
    await kit.control('settings', { autoRead: true })
    expect((await kit.request('GET', '/__sandbox/settings')).body).toMatchObject({ autoRead: true })
    await kit.request('DELETE', '/__sandbox/settings')
    expect((await kit.request('GET', '/__sandbox/settings')).body).toMatchObject({ autoRead: false })
    await kit.write()
    const state = await kit.request('GET', '/__sandbox/state')
    expect(partsOf(state.body['messages'])[0]).toMatchObject({
      direction: 'in',
      from: customerDigits,
      to: '442079460101',
      type: 'text',
      text: { body: 'Hi' },
    })
    for (const secret of [demoMeta.appSecret, demoMeta.token, demoMeta.verifyToken])
      expect(state.text).not.toContain(secret)
  })
})
