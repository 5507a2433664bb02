import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { eventually } from '../../../support/wait.ts'
import { demoMeta } from '../../demo.ts'
import { anything, aString, errorOf, MetaKit } from '../testkit.ts'

let kit: MetaKit
const path = `${demoMeta.wabaId}/subscribed_apps`
const override = (uri: string, verify_token = 'v-1'): object => ({ override_callback_uri: uri, verify_token })

beforeEach(async () => {
  kit = await MetaKit.start()
  for (const waba of Object.values(kit.meta.deps.world.state.wabas)) waba.subscriptions = []
})
afterEach(() => kit.stop())

describe('subscribed_apps', () => {
  it('delivers nothing before the app subscribed', async () => {
    await kit.write()
    expect(kit.meta.deps.outbox.list()).toEqual([])
    expect((await kit.graph('POST', path)).body).toEqual({ success: true })
    await kit.write()
    await eventually('the webhook', () => kit.hooks.length === 1)
  })

  it('takes an override only in a second call, after a verification request', async () => {
    const refused = await kit.graph('POST', path, override(`${kit.origin}/own`))
    expect(errorOf(refused)).toMatchObject({
      status: 400,
      code: 100,
      message:
        '(#100) Before override the current callback uri, your app must be subscribed to receive messages for WhatsApp Business Account',
    })
    await kit.graph('POST', path)
    expect((await kit.graph('POST', path, override(`${kit.origin}/own`))).body).toEqual({ success: true })
    expect(kit.verifications[0]).toMatch(/^\/own\?hub\.mode=subscribe&hub\.challenge=\d+&hub\.verify_token=v-1$/)
    expect((await kit.graph('GET', path)).body).toEqual({
      data: [
        {
          whatsapp_business_api_data: { id: demoMeta.appId, link: aString, name: aString },
          override_callback_uri: `${kit.origin}/own`,
        },
      ],
    })
    await kit.graph('POST', path)
    expect((await kit.graph('GET', path)).body).toEqual({ data: [{ whatsapp_business_api_data: anything }] })
    expect((await kit.graph('DELETE', path)).body).toEqual({ success: true })
    expect((await kit.graph('GET', path)).body).toEqual({ data: [] })
  })

  it.each([
    ['more than 200 characters', override(`https://example.com/${'x'.repeat(200)}`), 100],
    ['no verify_token', { override_callback_uri: 'https://example.com' }, 100],
    ['nobody who answers', override('http://127.0.0.1:1/'), 2200],
    ['no address', override('nowhere'), 2200],
  ])('refuses an override with %s', async (_what, body, code) => {
    await kit.graph('POST', path)
    expect(errorOf(await kit.graph('POST', path, body))).toMatchObject({ status: 400, code })
  })

  it('refuses an address that does not verify', async () => {
    await kit.graph('POST', path)
    kit.answers.push(403)
    expect(errorOf(await kit.graph('POST', path, override(`${kit.origin}/own`)))).toMatchObject({ code: 2200 })
  })

  it('sends messages to the number address, else the account, else the app; templates always to the app', async () => {
    await kit.graph('POST', path)
    await kit.graph('POST', path, override(`${kit.origin}/account`))
    const configure = (uri: string): Promise<unknown> =>
      kit.graph('POST', demoMeta.phoneNumberId, { webhook_configuration: override(uri) })
    await configure(`${kit.origin}/number`)
    const urls = (): string[] => kit.meta.deps.outbox.list().map(({ url }) => new URL(url).pathname)
    await kit.write()
    await kit.write({ phoneNumberId: demoMeta.secondPhoneNumberId })
    await kit.control('template', { id: demoMeta.template.id, status: 'PAUSED' })
    expect(urls()).toEqual(['/number', '/account', '/webhooks/whatsapp'])
    const read = await kit.graph('GET', `${demoMeta.phoneNumberId}?fields=webhook_configuration`)
    expect(read.body['webhook_configuration']).toEqual({
      phone_number: `${kit.origin}/number`,
      whatsapp_business_account: `${kit.origin}/account`,
      application: `${kit.origin}/webhooks/whatsapp`,
    })
    await configure('')
    await kit.write()
    expect(urls().at(-1)).toBe('/account')
  })

  it("sets the app's default callback with the app's token only", async () => {
    const body = { object: 'whatsapp_business_account', callback_url: `${kit.origin}/app`, verify_token: 'v-2' }
    const appToken = `${demoMeta.appId}|${demoMeta.appSecret}`
    expect(errorOf(await kit.graph('POST', `${demoMeta.appId}/subscriptions`, body))).toMatchObject({ code: 100 })
    const answer = await kit.graph('POST', `${demoMeta.appId}/subscriptions`, body, appToken)
    expect(answer.body).toEqual({ success: true })
    expect(kit.verifications[0]).toContain('hub.verify_token=v-2')
    const wrong = { ...body, object: 'page' }
    expect(errorOf(await kit.graph('POST', `${demoMeta.appId}/subscriptions`, wrong, appToken))).toMatchObject({
      code: 100,
    })
    expect(errorOf(await kit.graph('GET', demoMeta.phoneNumberId, null, appToken))).toMatchObject({ code: 200 })
  })
})
