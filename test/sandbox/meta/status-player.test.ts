import { describe, expect, it } from 'vitest'
import { defaultSettings } from './settings.ts'
import type { Settings } from './settings.ts'
import { nextStep } from './status-player.ts'
import { aString, customer, matching, MetaKit, sentId } from './testkit.ts'

const settings: Settings = { ...defaultSettings, sentDelayMs: 1, deliveredDelayMs: 2, readDelayMs: 3 }
const person = { isOnline: true, readReceipts: true }
const failWith = { code: 131026, details: 'd' }

describe('what happens to an answer next', () => {
  it.each([
    ['accepted', {}, {}, { status: 'sent', delayMs: 1 }],
    ['accepted', { failWith }, {}, { status: 'failed', delayMs: 1 }],
    ['accepted', {}, { settings: { ...settings, autoSent: false } }, undefined],
    ['sent', {}, {}, { status: 'delivered', delayMs: 2 }],
    ['sent', {}, { settings: { ...settings, autoDelivered: false } }, undefined],
    ['sent', {}, { customer: { ...person, isOnline: false } }, undefined],
    ['sent', { type: 'reaction' }, {}, undefined],
    ['delivered', {}, {}, undefined],
    ['delivered', {}, { isViewed: true }, { status: 'read', delayMs: 3 }],
    ['delivered', {}, { settings: { ...settings, autoRead: true } }, { status: 'read', delayMs: 3 }],
    ['delivered', {}, { isViewed: true, customer: { ...person, readReceipts: false } }, undefined],
    ['read', {}, { isViewed: true }, undefined],
    ['failed', {}, { isViewed: true }, undefined],
  ] as const)('%s %o with %o', (status, message, circumstances, step) => {
    const facts = { settings, customer: person, isViewed: false, ...circumstances }
    expect(nextStep({ type: 'text', status, ...message }, facts)).toEqual(step)
  })
})

describe('statuses on the wire', () => {
  it('carry recipient, user id, contact, callback data, and the price on sent and one more', async () => {
    const kit = await MetaKit.start()
    await kit.write({ userId: 'GB.777', name: 'Customer One' })
    await kit.control('settings', { autoRead: true })
    const id = sentId(await kit.send({ biz_opaque_callback_data: 'outbox-9' }))
    const sent = await kit.status(id, 'sent')
    expect(sent).toEqual({
      id,
      status: 'sent',
      timestamp: matching(/^\d{10}$/),
      recipient_id: '447700900123',
      recipient_user_id: 'GB.777',
      biz_opaque_callback_data: 'outbox-9',
      pricing: { billable: true, pricing_model: 'PMP', type: 'regular', category: 'service' },
    })
    expect(await kit.status(id, 'delivered')).toHaveProperty('pricing')
    expect(await kit.status(id, 'read')).not.toHaveProperty('pricing')
    const value = kit.values().find((each) => 'statuses' in each)
    expect(value).toMatchObject({
      messaging_product: 'whatsapp',
      metadata: { display_phone_number: '442079460101', phone_number_id: '800100' },
      contacts: [{ profile: { name: 'Customer One' }, wa_id: '447700900123', user_id: 'GB.777' }],
    })
    await kit.stop()
  })

  it('leave out the number of somebody who hides it, and ids where they are switched off', async () => {
    const kit = await MetaKit.start()
    await kit.control('inbound', { userId: 'GB.888', text: 'Hi' })
    const hidden = await kit.status(sentId(await kit.send({ to: undefined, recipient: 'GB.888' })), 'sent')
    expect(hidden).toMatchObject({ recipient_user_id: 'GB.888' })
    expect(hidden).not.toHaveProperty('recipient_id')
    await kit.control('settings', { includeUserIds: false })
    await kit.write()
    const plain = await kit.status(sentId(await kit.send()), 'sent')
    expect(plain).not.toHaveProperty('recipient_user_id')
    expect(kit.inbound().at(-1)).not.toHaveProperty('from_user_id')
    await kit.stop()
  })

  it('name a conversation up to Graph v23, its end on sent only', async () => {
    const kit = await MetaKit.start()
    await kit.control('settings', { webhookVersion: 23 })
    await kit.write()
    const id = sentId(await kit.send())
    const sent = await kit.status(id, 'sent')
    expect(sent['conversation']).toMatchObject({
      id: aString,
      expiration_timestamp: aString,
      origin: { type: 'service' },
    })
    expect((await kit.status(id, 'delivered'))['conversation']).not.toHaveProperty('expiration_timestamp')
    await kit.stop()
  })

  it('wait for a customer who is offline, and read by control', async () => {
    const kit = await MetaKit.start()
    await kit.write()
    await kit.control('customer', { from: customer, isOnline: false })
    const id = sentId(await kit.send())
    await kit.status(id, 'sent')
    await kit.control('customer', { from: customer, isOnline: true })
    await kit.status(id, 'delivered')
    expect(await kit.control('read', { from: customer })).toEqual({ read: [id] })
    await kit.status(id, 'read')
    await kit.stop()
  })

  it('are free for 72 hours after an ad that was answered within 24', async () => {
    const kit = await MetaKit.start()
    await kit.write({ referral: { source_type: 'ad', source_id: '9', headline: 'H' } })
    const first = await kit.status(sentId(await kit.send()), 'sent')
    expect(first['pricing']).toMatchObject({ type: 'regular' })
    const second = await kit.status(sentId(await kit.send()), 'sent')
    expect(second['pricing']).toMatchObject({ type: 'free_entry_point', billable: false })
    await kit.stop()
  })
})
