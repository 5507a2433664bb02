import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { demoMeta } from '../../demo.ts'
import { aString, containing, customer, errorOf, matching, MetaKit, partsOf, sentId } from '../testkit.ts'

let kit: MetaKit

beforeEach(async () => {
  kit = await MetaKit.start()
})
afterEach(() => kit.stop())

const template = {
  type: 'template',
  template: {
    name: demoMeta.template.name,
    language: { code: demoMeta.template.language },
    components: [{ type: 'body', parameters: [{ type: 'text', text: 'Sakura' }] }],
  },
}

async function failureCode(message: object = {}): Promise<unknown> {
  const failed = await kit.status(sentId(await kit.send(message)), 'failed')
  return partsOf(failed['errors'])[0]?.['code']
}

describe('a closed window', () => {
  it('is reported later as a failed status', async () => {
    const answer = await kit.send({ biz_opaque_callback_data: 'outbox-1' })
    expect(answer.status).toBe(200)
    const failed = await kit.status(sentId(answer), 'failed')
    expect(failed).toMatchObject({ biz_opaque_callback_data: 'outbox-1', recipient_id: '447700900123' })
    expect(failed).not.toHaveProperty('pricing')
    expect(partsOf(failed['errors'])[0]).toMatchObject({
      code: 131047,
      title: aString,
      message: aString,
      error_data: { details: containing('24 hours') },
      href: matching(/^https:/),
    })
  })

  it('is answered at once where the setting says so', async () => {
    await kit.control('settings', { windowErrorAtOnce: true })
    expect(errorOf(await kit.send())).toMatchObject({
      status: 400,
      code: 131047,
      details: containing('24 hours'),
    })
  })

  it('opens for 24 hours with a message, by its own timestamp', async () => {
    await kit.control('settings', { windowErrorAtOnce: true })
    const now = Math.floor(kit.clock.now() / 1000)
    await kit.write({ timestamp: now - 86_401 })
    expect(errorOf(await kit.send())).toMatchObject({ code: 131047 })
    await kit.write({ timestamp: now - 86_000 })
    expect((await kit.send()).status).toBe(200)
    await kit.control('clock', { advanceMs: 500_000 })
    expect(errorOf(await kit.send())).toMatchObject({ code: 131047 })
    await kit.write({ type: 'reaction', reaction: { message_id: 'wamid.x', emoji: '👍' } })
    expect(errorOf(await kit.send())).toMatchObject({ code: 131047 })
  })

  it('lets templates pass', async () => {
    const answer = await kit.send(template)
    expect(await kit.status(sentId(answer), 'delivered')).toBeDefined()
  })

  it('is kept per number', async () => {
    await kit.control('settings', { windowErrorAtOnce: true })
    await kit.write({ phoneNumberId: demoMeta.secondPhoneNumberId })
    expect(errorOf(await kit.send())).toMatchObject({ code: 131047 })
  })
})

describe('what fails after it was accepted', () => {
  beforeEach(() => kit.write())

  it('a person who cannot be reached (131026)', async () => {
    await kit.control('customer', { from: customer, failCode: 131026 })
    expect(await failureCode()).toBe(131026)
    await kit.control('customer', { from: customer, failCode: null })
    expect(await kit.status(sentId(await kit.send()), 'delivered')).toBeDefined()
  })

  it('anything that costs, without a payment method (131042)', async () => {
    await kit.control('settings', { paymentMissing: true })
    expect(await failureCode(template)).toBe(131042)
    await kit.control('settings', { paymentMissing: false })
    await kit.control('account', { wabaId: demoMeta.wabaId, hasPaymentMethod: false })
    expect(await failureCode(template)).toBe(131042)
  })

  it('answers inside the window need no payment before they are charged', async () => {
    await kit.control('settings', { paymentMissing: true, serviceChargeFrom: null })
    expect(await kit.status(sentId(await kit.send()), 'delivered')).toBeDefined()
  })

  it.each([130472, 131049, 131048])('any code a test asks for (%i)', async (failCode) => {
    await kit.control('settings', { failCode })
    expect(await failureCode()).toBe(failCode)
  })

  it.each([
    [131016, 500],
    [131057, 500],
    [368, 403],
    [131000, 500],
  ])('but %i is answered at once', async (failCode, status) => {
    await kit.control('settings', { failCode })
    expect(errorOf(await kit.send())).toMatchObject({ status, code: failCode })
  })

  it('a link that cannot be fetched, or is another type (131053)', async () => {
    expect(await failureCode({ type: 'image', image: { link: 'http://127.0.0.1:1/none.png' } })).toBe(131053)
    expect(await failureCode({ type: 'image', image: { link: `${kit.origin}/page` } })).toBe(131053)
  })

  it.each([
    ['in no chat of theirs', () => Promise.resolve('wamid.none')],
    ['that is a reaction', () => kit.write({ type: 'reaction', reaction: { message_id: 'wamid.x', emoji: '👍' } })],
    ['older than 30 days', () => kit.write({ timestamp: Math.floor(kit.clock.now() / 1000) - 31 * 86_400 })],
    [
      'that was deleted',
      async () => {
        const id = await kit.write()
        await kit.write({ type: 'revoke', revoke: id })
        return id
      },
    ],
  ])('a reaction to a message %s (131009)', async (_what, target) => {
    const message_id = await target()
    expect(await failureCode({ type: 'reaction', reaction: { message_id, emoji: '👍' } })).toBe(131009)
  })

  it('a reaction that fits is sent, and taken away by an empty emoji', async () => {
    const message_id = await kit.write()
    const reactions = async (): Promise<unknown> => {
      const state = await kit.request('GET', '/__sandbox/state')
      return partsOf(state.body['messages']).find(({ id }) => id === message_id)?.['reactions']
    }
    const answer = await kit.send({ type: 'reaction', reaction: { message_id, emoji: '❤️' } })
    await kit.status(sentId(answer), 'sent')
    expect(await reactions()).toEqual([{ by: 'business', emoji: '❤️' }])
    await kit.send({ type: 'reaction', reaction: { message_id, emoji: '' } })
    expect(await reactions()).toEqual([])
  })
})
