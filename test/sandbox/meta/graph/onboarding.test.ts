import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { demoMeta } from '../../demo.ts'
import { aString, errorOf, including, MetaKit, partsOf } from '../testkit.ts'
import type { Answer } from '../testkit.ts'

let kit: MetaKit
const own = demoMeta.phoneNumberId

beforeEach(async () => {
  kit = await MetaKit.start()
})
afterEach(() => kit.stop())

describe('numbers', () => {
  it('are read with the fields that are asked for', async () => {
    expect((await kit.graph('GET', own)).body).toEqual({
      id: own,
      display_phone_number: demoMeta.displayPhoneNumber,
      verified_name: 'Example Parcels',
      quality_rating: 'GREEN',
      code_verification_status: 'VERIFIED',
    })
    const fields = 'status,name_status,throughput,platform_type,whatsapp_business_manager_messaging_limit'
    expect((await kit.graph('GET', `${own}?fields=${fields}`)).body).toEqual({
      id: own,
      status: 'CONNECTED',
      name_status: 'APPROVED',
      throughput: { level: 'STANDARD' },
      platform_type: 'CLOUD_API',
      whatsapp_business_manager_messaging_limit: 'TIER_2K',
    })
    expect(errorOf(await kit.graph('GET', `${own}?fields=colour`))).toMatchObject({ code: 100 })
  })

  it('are listed by account', async () => {
    const list = await kit.graph('GET', `${demoMeta.wabaId}/phone_numbers`)
    expect(partsOf(list.body['data']).map(({ id }) => id)).toEqual([own, demoMeta.secondPhoneNumberId])
    expect(list.body['paging']).toMatchObject({ cursors: { before: aString, after: aString } })
  })

  it('have a health, as bad as the worst part', async () => {
    const health = async (): Promise<unknown> =>
      (await kit.graph('GET', `${own}?fields=health_status`)).body['health_status']
    expect(await health()).toMatchObject({ can_send_message: 'AVAILABLE' })
    await kit.control('account', { wabaId: demoMeta.wabaId, businessVerificationStatus: 'not_verified' })
    expect(await health()).toMatchObject({ can_send_message: 'LIMITED' })
    await kit.control('settings', { paymentMissing: true })
    expect(await health()).toMatchObject({ can_send_message: 'BLOCKED' })
    expect((await kit.graph('GET', `${demoMeta.wabaId}?fields=health_status,primary_funding_id`)).body).toMatchObject({
      health_status: { can_send_message: 'BLOCKED' },
      primary_funding_id: '0',
    })
  })

  it('tell the account and the business', async () => {
    const fields = 'account_review_status,business_verification_status,owner_business_info'
    expect((await kit.graph('GET', `${demoMeta.wabaId}?fields=${fields}`)).body).toMatchObject({
      account_review_status: 'APPROVED',
      business_verification_status: 'verified',
      owner_business_info: { id: demoMeta.businessId },
    })
    expect((await kit.graph('GET', `${demoMeta.businessId}?fields=verification_status`)).body).toEqual({
      id: demoMeta.businessId,
      verification_status: 'verified',
    })
  })
})

describe('a new number', () => {
  const add = (more: object = {}): Promise<Answer> =>
    kit.graph('POST', `${demoMeta.wabaId}/phone_numbers`, {
      cc: '44',
      phone_number: '7700900555',
      verified_name: 'Shop',
      ...more,
    })

  const codeOf = (id: string): string => kit.meta.deps.world.state.numbers[id]?.code?.value ?? ''
  const wrongCode = (id: string): string => (codeOf(id) === '000000' ? '000001' : '000000')

  it('is added, verified by code and registered', async () => {
    const id = String((await add()).body['id'])
    const request = { code_method: 'SMS', language: 'en_US' }
    expect((await kit.graph('POST', `${id}/request_code`, request)).body).toEqual({ success: true })
    expect(
      errorOf(await kit.graph('POST', `${id}/register`, { messaging_product: 'whatsapp', pin: '123456' })),
    ).toMatchObject({ code: 133006 })
    expect((await kit.graph('POST', `${id}/verify_code`, { code: codeOf(id) })).body).toEqual({ success: true, id })
    expect(errorOf(await kit.graph('POST', `${id}/request_code`, request))).toMatchObject({ status: 400, code: 136024 })
    expect((await kit.graph('POST', `${id}/register`, { messaging_product: 'whatsapp', pin: '123456' })).body).toEqual({
      success: true,
    })
    expect((await kit.graph('GET', `${id}?fields=status`)).body['status']).toBe('CONNECTED')
    expect(
      errorOf(await kit.graph('POST', `${id}/register`, { messaging_product: 'whatsapp', pin: '654321' })),
    ).toMatchObject({ code: 133005 })
    expect((await kit.graph('POST', `${id}/deregister`)).body).toEqual({ success: true })
  })

  it.each([
    ['no country code', { cc: undefined }],
    ['a country code that is no text', { cc: {} }],
    ['a country code of four digits', { cc: '4444' }],
    ['a number that cannot be', { phone_number: '12' }],
    ['no name', { verified_name: undefined }],
    ['a name of one character', { verified_name: 'x' }],
    ['a number in use', { phone_number: '2079460101' }],
  ])('is refused with %s', async (_what, more) => {
    expect(errorOf(await add(more))).toMatchObject({ status: 400, code: 100 })
  })

  it.each([
    ['another method', { code_method: 'PIGEON', language: 'en_US' }],
    ['no language', { code_method: 'SMS' }],
  ])('gets no code by %s', async (_what, body) => {
    const id = String((await add()).body['id'])
    expect(errorOf(await kit.graph('POST', `${id}/request_code`, body))).toMatchObject({ code: 100 })
  })

  it('is not verified by a wrong, an expired, a missing or a guessed code', async () => {
    const id = String((await add()).body['id'])
    const verify = (code: string): Promise<Answer> => kit.graph('POST', `${id}/verify_code`, { code })
    expect(errorOf(await verify('12345'))).toMatchObject({ code: 100 })
    expect(errorOf(await verify('123456'))).toMatchObject({ code: 136025 })
    const ask = (): Promise<Answer> => kit.graph('POST', `${id}/request_code`, { code_method: 'VOICE', language: 'en' })
    await ask()
    for (let index = 0; index < 5; index += 1)
      expect(errorOf(await verify(wrongCode(id)))).toMatchObject({ code: 136025 })
    expect(errorOf(await verify(codeOf(id)))).toMatchObject({ code: 136025 })
    await ask()
    await kit.control('clock', { advanceMs: 10 * 60_000 })
    expect(errorOf(await verify(codeOf(id)))).toMatchObject({ code: 136025 })
  })

  it('is registered at most 10 times in 72 hours', async () => {
    const register = (more: object = {}): Promise<Answer> =>
      kit.graph('POST', `${own}/register`, { messaging_product: 'whatsapp', pin: '123456', ...more })
    for (let index = 0; index < 10; index += 1) expect((await register()).status).toBe(200)
    expect(errorOf(await register())).toMatchObject({ status: 400, code: 133016 })
    await kit.control('clock', { advanceMs: 72 * 3_600_000 })
    expect((await register()).status).toBe(200)
    expect(errorOf(await register({ pin: '12' }))).toMatchObject({ code: 100 })
    expect(errorOf(await register({ data_localization_region: 'XX' }))).toMatchObject({ code: 100 })
    expect(errorOf(await register({ messaging_product: undefined }))).toMatchObject({ code: 100 })
  })

  it('takes a PIN or a webhook address, nothing else', async () => {
    expect((await kit.graph('POST', own, { pin: '222222' })).body).toEqual({ success: true })
    expect(errorOf(await kit.graph('POST', own, { pin: '2' }))).toMatchObject({ code: 100 })
  })
})

describe('the business profile', () => {
  const path = `${own}/whatsapp_business_profile`
  const post = (body: object): Promise<Answer> => kit.graph('POST', path, { messaging_product: 'whatsapp', ...body })

  it('is written and read by fields', async () => {
    expect(
      (await post({ description: 'Parcels', websites: ['https://example.com'], vertical: 'RETAIL' })).body,
    ).toEqual({ success: true })
    const read = await kit.graph('GET', `${path}?fields=description,websites`)
    expect(read.body).toEqual({
      data: [{ description: 'Parcels', websites: ['https://example.com'], messaging_product: 'whatsapp' }],
    })
    expect((await kit.graph('GET', path)).body).toEqual({ data: [{ messaging_product: 'whatsapp' }] })
  })

  it.each([
    ['an empty about', { about: '' }],
    ['an about of 140 characters', { about: 'x'.repeat(140) }],
    ['an address of 257 characters', { address: 'x'.repeat(257) }],
    ['a description of 513 characters', { description: 'x'.repeat(513) }],
    ['an email that is none', { email: 'nobody' }],
    ['three websites', { websites: ['https://a.example', 'https://b.example', 'https://c.example'] }],
    ['an unknown vertical', { vertical: 'MAGIC' }],
    ['an unknown field', { colour: 'red' }],
  ])('is refused with %s', async (_what, body) => {
    expect(errorOf(await post(body))).toMatchObject({ status: 400, code: 100 })
  })
})

describe('codes and tokens', () => {
  const exchange = (more: Record<string, string>): Promise<Answer> => {
    const query = new URLSearchParams({ client_id: demoMeta.appId, client_secret: demoMeta.appSecret, ...more })
    return kit.request('GET', `/v25.0/oauth/access_token?${query}`)
  }

  it('exchanges a code once, within 30 seconds', async () => {
    const code = async (): Promise<string> => String((await kit.control('code', { token: demoMeta.token }))['code'])
    const first = await code()
    expect((await exchange({ code: first })).body).toEqual({ access_token: demoMeta.token, token_type: 'bearer' })
    expect(errorOf(await exchange({ code: first }))).toMatchObject({ status: 400, code: 100 })
    const late = await code()
    await kit.control('clock', { advanceMs: 30_000 })
    expect(errorOf(await exchange({ code: late }))).toMatchObject({ code: 100 })
    expect(errorOf(await exchange({ code: 'made-up' }))).toMatchObject({ code: 100 })
    expect(errorOf(await exchange({ code: first, client_secret: 'x' }))).toMatchObject({ code: 1 })
    expect(errorOf(await exchange({ code: first, client_id: '1' }))).toMatchObject({ code: 101 })
    const app = await exchange({ grant_type: 'client_credentials' })
    expect(app.body['access_token']).toBe(`${demoMeta.appId}|${demoMeta.appSecret}`)
  })

  it('describes a token to the app', async () => {
    const appToken = `${demoMeta.appId}|${demoMeta.appSecret}`
    const debug = (input: string): Promise<Answer> =>
      kit.graph('GET', `debug_token?input_token=${input}`, null, appToken)
    expect((await debug(demoMeta.token)).body).toMatchObject({
      data: {
        app_id: demoMeta.appId,
        expires_at: 0,
        is_valid: true,
        scopes: including(['whatsapp_business_messaging']),
        granular_scopes: including([{ scope: 'whatsapp_business_management', target_ids: [demoMeta.wabaId] }]),
      },
    })
    expect((await debug('unknown')).body).toMatchObject({ data: { is_valid: false, error: { code: 190 } } })
    expect(errorOf(await kit.request('GET', '/debug_token?input_token=x'))).toMatchObject({ code: 200 })
    expect(errorOf(await kit.graph('GET', 'debug_token', null, appToken))).toMatchObject({ code: 100 })
  })
})
