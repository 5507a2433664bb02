import { demoMeta } from '../../sandbox/demo.ts'
import type { JsonObject } from '../contract/json.ts'
import type { MetaAnswer, MetaCaller } from './meta-caller.ts'

/** What a customer sends, by the name of the case; the double puts ids, numbers and times to it. */
export const incoming: readonly { name: string; message: JsonObject }[] = [
  { name: 'text', message: { type: 'text', text: 'Hi' } },
  { name: 'a reply', message: { type: 'text', text: 'Hi', context: 'wamid.Q' } },
  { name: 'a reply that is an image', message: { type: 'image', context: 'wamid.Q' } },
  { name: 'forwarded', message: { type: 'text', text: 'Hi', context: { forwarded: true } } },
  { name: 'forwarded many times', message: { type: 'text', text: 'Hi', context: { frequently_forwarded: true } } },
  {
    name: 'about a product',
    message: {
      type: 'text',
      text: 'This?',
      context: { id: 'wamid.Q', referred_product: { catalog_id: '1', product_retailer_id: 'sku-9' } },
    },
  },
  {
    name: 'from an ad',
    message: {
      type: 'text',
      text: 'Hi',
      referral: {
        source_url: 'https://fb.me/x',
        source_id: '9',
        source_type: 'ad',
        body: 'B',
        headline: 'H',
        media_type: 'image',
        image_url: 'https://example.com/i',
        ctwa_clid: 'c',
        welcome_message: { text: 'Hi' },
      },
    },
  },
  { name: 'an image with words', message: { type: 'image', image: { caption: 'Box' } } },
  { name: 'a video', message: { type: 'video' } },
  { name: 'a document with words', message: { type: 'document', document: { caption: 'Bill' } } },
  { name: 'a voice note', message: { type: 'audio', audio: { voice: true } } },
  { name: 'an audio file', message: { type: 'audio' } },
  { name: 'a sticker', message: { type: 'sticker' } },
  { name: 'a position', message: { type: 'location', location: { latitude: 51.5, longitude: -0.12 } } },
  {
    name: 'a place',
    message: {
      type: 'location',
      location: { latitude: 51.5, longitude: -0.12, name: 'Shop', address: '1 High St', url: 'https://example.com' },
    },
  },
  {
    name: 'a contact',
    message: {
      type: 'contacts',
      contacts: [
        {
          name: { formatted_name: 'Depot' },
          phones: [{ phone: '+44 20 7946 0199', wa_id: '442079460199', type: 'WORK' }],
        },
      ],
    },
  },
  { name: 'a reaction', message: { type: 'reaction', reaction: { message_id: 'wamid.Q', emoji: '👍' } } },
  { name: 'a reaction taken back', message: { type: 'reaction', reaction: { message_id: 'wamid.Q' } } },
  {
    name: 'a row of a list',
    message: {
      type: 'interactive',
      context: 'wamid.Q',
      interactive: { type: 'list_reply', list_reply: { id: 'r', title: 'Refund' } },
    },
  },
  {
    name: 'a button',
    message: {
      type: 'interactive',
      context: 'wamid.Q',
      interactive: { type: 'button_reply', button_reply: { id: 'b', title: 'Yes' } },
    },
  },
  {
    name: 'an answered form',
    message: {
      type: 'interactive',
      interactive: { type: 'nfm_reply', nfm_reply: { name: 'flow', body: 'Sent', response_json: '{"size":"M"}' } },
    },
  },
  {
    name: 'permission to call',
    message: { type: 'interactive', interactive: { type: 'call_permission_reply', call_permission_reply: {} } },
  },
  { name: 'a template’s button', message: { type: 'button', button: { text: 'Stop', payload: 'stop' } } },
  {
    name: 'an order',
    message: {
      type: 'order',
      order: {
        catalog_id: '1',
        text: '',
        product_items: [{ product_retailer_id: 'sku-9', quantity: 2, item_price: 30, currency: 'GBP' }],
      },
    },
  },
  { name: 'something unsupported', message: { type: 'unsupported', unsupported: { type: 'poll' } } },
  {
    name: 'an edit',
    message: {
      type: 'edit',
      edit: { original_message_id: 'wamid.O', message: { type: 'text', text: { body: 'new' } } },
    },
  },
  { name: 'a deletion', message: { type: 'revoke', revoke: 'wamid.O' } },
  { name: 'a first look', message: { type: 'request_welcome' } },
  {
    name: 'another number',
    message: { from: '+447700900771', type: 'system', system: { type: 'user_changed_number', wa_id: '447700900772' } },
  },
  {
    name: 'another user id',
    message: { from: '+447700900773', type: 'system', system: { type: 'user_changed_user_id' } },
  },
  {
    name: 'somebody with a username',
    message: { from: '+447700900774', username: 'bo.berg', name: 'Bo', type: 'text', text: 'Hi' },
  },
  {
    name: 'somebody without a name',
    message: { from: '+447700900775', username: 'no.name', name: null, type: 'text', text: 'Hi' },
  },
  { name: 'somebody without a profile', message: { from: '+447700900776', name: null, type: 'text', text: 'Hi' } },
  {
    name: 'somebody without a phone',
    message: { from: undefined, userId: 'GB.72051938846121', type: 'text', text: 'Hi' },
  },
  {
    name: 'errors beside the message',
    message: {
      type: 'unsupported',
      valueErrors: [
        { code: 131000, title: 'Something went wrong', message: 'Something went wrong', error_data: { details: 'd' } },
      ],
    },
  },
]

export type StatusStep = { name: string; status: string; send: (meta: MetaCaller) => Promise<MetaAnswer> }

const text = { type: 'text', text: { body: 'Hello' } }

/** What becomes of a message that went out. */
export const outcomes: readonly StatusStep[] = [
  { name: 'sent', status: 'sent', send: (meta) => meta.say({ ...text, biz_opaque_callback_data: 'kw1:0:1:1' }) },
  { name: 'delivered', status: 'delivered', send: (meta) => meta.say(text) },
  {
    name: 'read',
    status: 'read',
    send: async (meta) => {
      await meta.control('settings', { autoRead: true })
      return meta.say(text)
    },
  },
  {
    name: 'failed, the window being closed',
    status: 'failed',
    send: (meta) => meta.say({ ...text, to: '+447700900188' }),
  },
  {
    name: 'failed, undeliverable',
    status: 'failed',
    send: async (meta) => {
      await meta.hear({ from: '+447700900189', ...text, text: 'Hi' })
      await meta.control('customer', { from: '+447700900189', failCode: 131026 })
      return meta.say({ ...text, to: '+447700900189' })
    },
  },
  {
    name: 'sent to a user id',
    status: 'sent',
    send: async (meta) => {
      await meta.control('inbound', { userId: 'GB.72051938846122', ...text, text: 'Hi' })
      const message = { messaging_product: 'whatsapp', recipient: 'GB.72051938846122', ...text }
      return meta.graph('POST', `${demoMeta.phoneNumberId}/messages`, message)
    },
  },
  {
    name: 'sent, in the older form',
    status: 'sent',
    send: async (meta) => {
      await meta.control('settings', { webhookVersion: 23 })
      return meta.say(text)
    },
  },
]

/** What Meta decides about businesses, accounts and numbers, and the field that tells it. */
export const decisions: readonly { field: string; decision: JsonObject }[] = [
  { field: 'account_update', decision: { do: 'business', businessId: demoMeta.businessId, status: 'verified' } },
  { field: 'account_review_update', decision: { do: 'review', wabaId: demoMeta.wabaId, decision: 'APPROVED' } },
  {
    field: 'phone_number_name_update',
    decision: { do: 'name', phoneNumberId: demoMeta.phoneNumberId, decision: 'APPROVED' },
  },
  {
    field: 'business_capability_update',
    decision: { do: 'limit', businessId: demoMeta.businessId, tier: 'TIER_10K' },
  },
  {
    field: 'phone_number_quality_update',
    decision: { do: 'quality', phoneNumberId: demoMeta.phoneNumberId, rating: 'RED' },
  },
]
