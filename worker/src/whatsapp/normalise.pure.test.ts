import { describe, expect, it } from 'vitest'
import type { MessageContent, MessageExtras } from '../../../contract/index.ts'
import type { InboundMessage, WebhookEvent } from './events.ts'
import { normaliseUnit } from './normalise.ts'
import { changesOf, unitsOf } from './webhook-body.ts'

const BASE = { from: '447700900123', id: 'wamid.IN1', timestamp: '1790000000' }
const CONTACTS = [
  { profile: { name: 'Customer One', username: 'cust.one' }, wa_id: '447700900123', user_id: 'GB.7205' },
]

function events(value: object): WebhookEvent[] {
  const metadata = { display_phone_number: '442079460101', phone_number_id: '800100' }
  return unitsOf(
    changesOf({ entry: [{ id: '700100', changes: [{ field: 'messages', value: { metadata, ...value } }] }] }),
  ).map(normaliseUnit)
}

function read(message: object, value: object = { contacts: CONTACTS }): InboundMessage {
  const [event] = events({ ...value, messages: [{ ...BASE, ...message }] })
  if (event?.kind !== 'message') throw new Error(`Read as ${event?.kind}.`)
  return event
}

const media = { mediaId: 'm1', mimeType: 'image/jpeg', fileName: null, caption: null }
const raw = { mime_type: 'image/jpeg', sha256: 'h', id: 'm1' }
const place = { latitude: 51.5, longitude: -0.12, name: null, address: null, url: null }

const CONTENTS: [string, object, MessageContent][] = [
  ['text', { type: 'text', text: { body: 'Hi\nthere' } }, { kind: 'text', text: 'Hi\nthere' }],
  [
    'text with a lone surrogate and NUL',
    { type: 'text', text: { body: 'a\ud800\u0000' } },
    { kind: 'text', text: 'a\ud800\u0000' },
  ],
  [
    'image',
    { type: 'image', image: { ...raw, caption: 'Box' } },
    { kind: 'image', media: { ...media, caption: 'Box' } },
  ],
  [
    'image without an id',
    { type: 'image', image: {} },
    { kind: 'image', media: { ...media, mediaId: null, mimeType: null } },
  ],
  ['video', { type: 'video', video: raw }, { kind: 'video', media }],
  [
    'document',
    { type: 'document', document: { ...raw, filename: 'a.pdf' } },
    { kind: 'document', media: { ...media, fileName: 'a.pdf' } },
  ],
  ['voice note', { type: 'audio', audio: { ...raw, voice: true } }, { kind: 'audio', media, isVoice: true }],
  ['audio file', { type: 'audio', audio: raw }, { kind: 'audio', media, isVoice: false }],
  ['legacy voice', { type: 'voice', voice: raw }, { kind: 'audio', media, isVoice: true }],
  ['sticker', { type: 'sticker', sticker: { ...raw, animated: true } }, { kind: 'sticker', media, isAnimated: true }],
  [
    'location',
    {
      type: 'location',
      location: { latitude: 51.5, longitude: -0.12, name: 'Shop', address: '1 High St', url: 'https://x' },
    },
    { kind: 'location', ...place, name: 'Shop', address: '1 High St', url: 'https://x' },
  ],
  [
    'location in texts',
    { type: 'location', location: { latitude: '51.5', longitude: '-0.12' } },
    { kind: 'location', ...place },
  ],
  [
    'contact card',
    {
      type: 'contacts',
      contacts: [
        {
          name: { formatted_name: 'Depot' },
          phones: [{ phone: '+44 20 7946 0199', wa_id: '442079460199', type: 'WORK' }, { wa_id: '1' }, 'x'],
          emails: [{ email: 'a@example.com' }],
          org: { company: 'Depot Ltd' },
        },
        { name: 'odd' },
      ],
    },
    {
      kind: 'contacts',
      contacts: [
        {
          name: 'Depot',
          phones: [
            { phone: '+44 20 7946 0199', type: 'WORK', waId: '442079460199' },
            { phone: '+1', type: null, waId: '1' },
          ],
          emails: [{ email: 'a@example.com', type: null }],
          organisation: 'Depot Ltd',
        },
        { name: 'Contact', phones: [], emails: [], organisation: null },
      ],
    },
  ],
  [
    'reaction',
    { type: 'reaction', reaction: { message_id: 'wamid.Q', emoji: '👍' } },
    { kind: 'reaction', targetWamid: 'wamid.Q', emoji: '👍' },
  ],
  [
    'reaction taken away',
    { type: 'reaction', reaction: { message_id: 'wamid.Q', emoji: '' } },
    { kind: 'reaction', targetWamid: 'wamid.Q', emoji: null },
  ],
  [
    'reaction without an emoji',
    { type: 'reaction', reaction: { message_id: 'wamid.Q' } },
    { kind: 'reaction', targetWamid: 'wamid.Q', emoji: null },
  ],
  [
    'list reply',
    {
      type: 'interactive',
      interactive: { type: 'list_reply', list_reply: { id: 'r1', title: 'Refund', description: '14 days' } },
    },
    { kind: 'choice', source: 'list', title: 'Refund', description: '14 days', payload: 'r1' },
  ],
  [
    'button reply',
    { type: 'interactive', interactive: { type: 'button_reply', button_reply: { id: 'b1', title: 'Yes' } } },
    { kind: 'choice', source: 'button', title: 'Yes', description: null, payload: 'b1' },
  ],
  [
    'form reply',
    {
      type: 'interactive',
      interactive: {
        type: 'nfm_reply',
        nfm_reply: { name: 'flow', body: 'Sent', response_json: '{"size":"M","n":2,"flow_token":"t","x":{"y":1}}' },
      },
    },
    {
      kind: 'form',
      name: 'flow',
      fields: [
        { key: 'size', value: 'M' },
        { key: 'n', value: '2' },
        { key: 'x', value: '{"y":1}' },
      ],
      raw: null,
    },
  ],
  [
    'form reply that is no object',
    { type: 'interactive', interactive: { type: 'nfm_reply', nfm_reply: { response_json: '[1,2]' } } },
    { kind: 'form', name: null, fields: [], raw: '[1,2]' },
  ],
  [
    'call permission',
    { type: 'interactive', interactive: { type: 'call_permission_reply', call_permission_reply: {} } },
    { kind: 'call_permission', response: null },
  ],
  [
    'template button',
    { type: 'button', button: { text: 'Stop', payload: 'stop' } },
    { kind: 'choice', source: 'template', title: 'Stop', description: null, payload: 'stop' },
  ],
  [
    'order',
    {
      type: 'order',
      order: {
        catalog_id: '1',
        text: '',
        product_items: [
          { product_retailer_id: 'sku-9', quantity: 2, item_price: 30, currency: 'GBP' },
          { quantity: 1 },
        ],
      },
    },
    { kind: 'order', catalogId: '1', note: null, items: [{ sku: 'sku-9', quantity: 2, price: 30, currency: 'GBP' }] },
  ],
  [
    'edit',
    { type: 'edit', edit: { original_message_id: 'wamid.O', message: { type: 'text', text: { body: 'new' } } } },
    { kind: 'edit', targetWamid: 'wamid.O', text: 'new' },
  ],
  [
    'revoke',
    { type: 'revoke', revoke: { original_message_id: 'wamid.O' } },
    { kind: 'revoke', targetWamid: 'wamid.O' },
  ],
  ['welcome request', { type: 'request_welcome' }, { kind: 'welcome_request' }],
  [
    'unsupported',
    { type: 'unsupported', errors: [{ code: 131051, title: 'Unsupported' }], unsupported: { type: 'poll' } },
    { kind: 'unsupported', type: 'poll', reason: 'Unsupported' },
  ],
  [
    'type "unknown"',
    { type: 'unknown', errors: [{ code: 131051 }] },
    { kind: 'unsupported', type: null, reason: 'Error 131051' },
  ],
  ['ephemeral', { type: 'ephemeral' }, { kind: 'unsupported', type: 'ephemeral', reason: null }],
  ['type of tomorrow', { type: 'hologram', hologram: { depth: 3 } }, { kind: 'unknown', type: 'hologram' }],
  ['no type', {}, { kind: 'unknown', type: 'unknown' }],
  ['text of a wrong type', { type: 'text', text: { body: 5 } }, { kind: 'unknown', type: 'text' }],
  ['image of a wrong type', { type: 'image', image: ['x'] }, { kind: 'unknown', type: 'image' }],
  [
    'new kind of reply',
    { type: 'interactive', interactive: { type: 'poll_reply' } },
    { kind: 'unknown', type: 'interactive' },
  ],
  [
    'media that WhatsApp could not store',
    { type: 'image', errors: [{ code: 131052, error_data: { details: 'Too large' } }] },
    { kind: 'unsupported', type: 'image', reason: 'Too large' },
  ],
]

describe('a message reads as its content', () => {
  it.each(CONTENTS)('%s', (_name, message, content) => {
    expect(read(message).content).toEqual(content)
  })

  it('an interactive reply that did not come takes its reason from beside it', () => {
    const message = read({ type: 'interactive' }, { errors: [{ code: 131000, title: 'Something went wrong' }] })
    expect(message.content).toEqual({ kind: 'unsupported', type: 'interactive', reason: 'Something went wrong' })
    expect(message.extras?.errors).toEqual([{ code: 131000, text: 'Something went wrong' }])
  })

  it('keeps what it could not read', () => {
    expect(read({ type: 'hologram', hologram: { depth: 3 } }).raw).toMatchObject({ hologram: { depth: 3 } })
    expect(read({ type: 'text', text: { body: 'Hi' } }).raw).toBe(null)
  })

  it('names the media to fetch', () => {
    expect(read({ type: 'document', document: { ...raw, filename: 'a.pdf' } }).media).toEqual({
      metaMediaId: 'm1',
      mimeType: 'image/jpeg',
      fileName: 'a.pdf',
      sha256: 'h',
    })
    expect(read({ type: 'image', image: {} }).media).toBe(null)
  })
})

const TEXT = { type: 'text', text: { body: 'Hi' } }
const referral = { source_url: 'https://fb.me/x', source_type: 'ad', body: 'B', headline: 'H', ctwa_clid: 'c' }
const EXTRAS: [string, object, MessageExtras | null, string | null][] = [
  ['a quote', { context: { from: '442079460101', id: 'wamid.Q' } }, null, 'wamid.Q'],
  ['forwarded', { context: { forwarded: true } }, { forwarded: 'once' }, null],
  ['forwarded often', { context: { frequently_forwarded: true } }, { forwarded: 'often' }, null],
  [
    'a product asked about',
    { context: { id: 'wamid.Q', referred_product: { catalog_id: '1', product_retailer_id: 'sku-9' } } },
    { product: { catalogId: '1', sku: 'sku-9' } },
    'wamid.Q',
  ],
  [
    'an advertisement',
    { referral },
    { referral: { sourceType: 'ad', headline: 'H', body: 'B', url: 'https://fb.me/x', clickId: 'c' } },
    null,
  ],
  ['a context of a wrong type', { context: 'x', referral: 5 }, null, null],
]

it.each(EXTRAS)('carries beside its content: %s', (_name, message, extras, quote) => {
  const found = read({ ...TEXT, ...message })
  expect(found.extras).toEqual(extras)
  expect(found.quoteWamid).toBe(quote)
})

describe('the sender', () => {
  const none = { parentUserId: null, userId: null, phone: null, name: null, username: null }

  it.each<[string, object, object, object]>([
    [
      'phone, id and names',
      {},
      { contacts: CONTACTS },
      { userId: 'GB.7205', phone: '447700900123', name: 'Customer One', username: 'cust.one' },
    ],
    [
      'no phone at all',
      { from: undefined, from_user_id: 'GB.7205' },
      { contacts: [{ profile: { name: 'A' }, user_id: 'GB.7205' }] },
      { userId: 'GB.7205', name: 'A' },
    ],
    ['a user id in the phone field', { from: 'GB.7205' }, {}, { userId: 'GB.7205' }],
    ['a parent id', { from_parent_user_id: 'GB.ENT.9' }, {}, { parentUserId: 'GB.ENT.9', phone: '447700900123' }],
    ['a malformed id', { from_user_id: 'gb-1' }, {}, { phone: '447700900123' }],
    ['a number with plus and blanks', { from: '+44 7700 900123' }, {}, { phone: '447700900123' }],
    [
      'a contact of somebody else',
      { from_user_id: 'GB.1' },
      { contacts: [{ profile: { name: 'B' }, user_id: 'GB.2' }] },
      { userId: 'GB.1', phone: '447700900123' },
    ],
  ])('with %s', (_name, message, value, sender) => {
    expect(read({ ...TEXT, ...message }, value).sender).toEqual({ ...none, ...sender })
  })
})

it('reads both sides of a change of number', () => {
  const system = {
    type: 'user_changed_number',
    body: 'changed',
    wa_id: '447700900456',
    user_id: 'GB.2',
    previous_user_id: 'GB.1',
    previous_parent_user_id: 'GB.ENT.1',
  }
  const message = read({ type: 'system', system }, {})
  expect(message.content).toEqual({ kind: 'system', event: 'number_changed', text: 'changed' })
  expect(message.relink).toEqual({
    before: { parentUserId: 'GB.ENT.1', userId: 'GB.1', phone: '447700900123' },
    after: { parentUserId: null, userId: 'GB.2', phone: '447700900456' },
  })
  expect(read({ type: 'system', system: { type: 'customer_identity_changed' } }, {}).relink).toBe(null)
})

describe('what is no message', () => {
  it.each<[string, unknown, object]>([
    ['without an id', { ...BASE, ...TEXT, id: undefined }, { kind: 'unreadable' }],
    ['with an id of a wrong type', { ...BASE, ...TEXT, id: 5 }, { kind: 'unreadable' }],
    ['without any sender', { ...TEXT, id: 'wamid.1', timestamp: '1790000000' }, { kind: 'unreadable' }],
    ['null', null, { kind: 'unreadable' }],
    ['of a group', { ...BASE, ...TEXT, group_id: 'g1' }, { kind: 'ignored', reason: 'group_message' }],
  ])('%s', (_name, message, expected) => {
    expect(events({ messages: [message] })[0]).toMatchObject(expected)
  })
})

describe('an unreadable time', () => {
  it.each([undefined, 'yesterday', '', '0', '-1', '99999999999999', Number.NaN])('%s is none', (timestamp) => {
    expect(read({ ...TEXT, timestamp }).at).toBe(null)
  })

  it('is one that is neither text nor number', () => {
    expect(read(TEXT).at).toBe(1_790_000_000_000)
    expect(read({ ...TEXT, timestamp: 1_790_000_000 }).at).toBe(1_790_000_000_000)
  })
})

describe('a status', () => {
  const status = { id: 'wamid.OUT1', status: 'sent', timestamp: '1790000100', recipient_id: '447700900123' }
  const pricing = { billable: true, pricing_model: 'PMP', type: 'regular', category: 'utility' }

  it.each<[string, unknown, object]>([
    [
      'with its price',
      { ...status, pricing },
      {
        kind: 'status',
        status: 'sent',
        at: 1_790_000_100_000,
        pricing: { billable: true, model: 'PMP', type: 'regular', category: 'utility' },
      },
    ],
    [
      'with what we sent along',
      { ...status, biz_opaque_callback_data: 'kw1:0:org_1:7' },
      { kind: 'status', callback: 'kw1:0:org_1:7' },
    ],
    [
      'that failed',
      { ...status, status: 'failed', errors: [{ code: 131047, error_data: { details: 'd' } }] },
      { kind: 'status', failure: { metaCode: 131047, key: 'window_closed', details: 'd' } },
    ],
    [
      'that failed without saying why',
      { ...status, status: 'failed' },
      { kind: 'status', failure: { metaCode: null, key: 'other' } },
    ],
    ['played', { ...status, status: 'played' }, { kind: 'status', status: 'played' }],
    ['of tomorrow', { ...status, status: 'teleported' }, { kind: 'event', field: 'statuses.teleported' }],
    ['of yesterday', { ...status, status: 'warning' }, { kind: 'ignored', reason: 'legacy_status_warning' }],
    ['of a group', { ...status, recipient_type: 'group' }, { kind: 'ignored', reason: 'group_status' }],
    ['of nothing', { status: 'sent' }, { kind: 'unreadable' }],
    ['without a value', { id: 'wamid.1' }, { kind: 'unreadable' }],
    ['that is a text', 'sent', { kind: 'unreadable' }],
  ])('%s', (_name, found, expected) => {
    expect(events({ statuses: [found] })[0]).toMatchObject(expected)
  })
})
