import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { eventually } from '../../../support/wait.ts'
import { demoMeta } from '../../demo.ts'
import { signupFacts } from '../signup/facts.ts'
import type { Json } from '../state.ts'
import { aNumber, aString, errorOf, matching, MetaKit, partsOf } from '../testkit.ts'

let kit: MetaKit
const { wabaId, businessId, phoneNumberId } = demoMeta
const digits = demoMeta.displayPhoneNumber.replace(/\D/g, '')

beforeEach(async () => {
  kit = await MetaKit.start()
})
afterEach(() => kit.stop())

const decide = (decision: object): Promise<Json> => kit.control('decision', decision)

/** The first webhook of a field, as the app gets it. */
const hookOf = (field: string): Promise<Json> =>
  eventually(`a webhook of ${field}`, () =>
    kit.hooks
      .flatMap(({ body }) => partsOf(body['entry']))
      .flatMap((entry) => partsOf(entry['changes']).map((change): Json => ({ entry: entry['id'], ...change })))
      .find((change) => change['field'] === field),
  )
const wabaFields = async (fields: string): Promise<Json> => (await kit.graph('GET', `${wabaId}?fields=${fields}`)).body
const numberFields = async (fields: string): Promise<Json> =>
  (await kit.graph('GET', `${phoneNumberId}?fields=${fields}`)).body

describe('decisions', () => {
  it.each([
    ['verified', 'APPROVED'],
    ['pending', 'PENDING'],
    ['rejected', 'FAILED'],
    ['revoked', 'REVOKED'],
  ])('tell that a business is %s', async (status, certification) => {
    await decide({ do: 'business', businessId, status })
    expect(await wabaFields('business_verification_status')).toMatchObject({ business_verification_status: status })
    expect(await hookOf('account_update')).toMatchObject({
      entry: businessId,
      value: {
        event: 'PARTNER_CLIENT_CERTIFICATION_STATUS_UPDATE',
        partner_client_certification_info: { client_business_id: businessId, status: certification },
      },
    })
  })

  it.each(['APPROVED', 'REJECTED', 'PENDING', 'DEFERRED'])('tell that the account’s review is %s', async (decision) => {
    await decide({ do: 'review', wabaId, decision })
    expect(await wabaFields('account_review_status')).toMatchObject({ account_review_status: decision })
    expect(await hookOf('account_review_update')).toEqual({
      entry: wabaId,
      field: 'account_review_update',
      value: { decision },
    })
  })

  it.each([
    ['APPROVED', 'APPROVED', null],
    ['REJECTED', 'DECLINED', 'NAME_FORMAT_UNACCEPTABLE'],
    ['PENDING', 'PENDING_REVIEW', null],
  ])('tell that the display name is %s', async (decision, name_status, rejection_reason) => {
    await decide({ do: 'name', phoneNumberId, decision, reason: 'NAME_FORMAT_UNACCEPTABLE' })
    expect(await numberFields('name_status')).toMatchObject({ name_status })
    expect(await hookOf('phone_number_name_update')).toMatchObject({
      value: {
        display_phone_number: digits,
        decision,
        requested_verified_name: 'Example Parcels',
        rejection_reason,
      },
    })
  })

  it('take another name once it is approved, and keep the old one until then', async () => {
    expect((await kit.graph('POST', `${phoneNumberId}?new_display_name=Parcels%20Desk`)).body).toEqual({
      success: true,
    })
    const fields = 'verified_name,name_status,new_display_name,new_name_status'
    expect(await numberFields(fields)).toMatchObject({
      verified_name: 'Example Parcels',
      new_display_name: 'Parcels Desk',
      new_name_status: 'PENDING_REVIEW',
    })
    await decide({ do: 'name', phoneNumberId, decision: 'REJECTED' })
    expect(await numberFields(fields)).toMatchObject({ name_status: 'APPROVED', new_name_status: 'DECLINED' })
    await decide({ do: 'name', phoneNumberId, decision: 'APPROVED' })
    expect(await numberFields(fields)).toEqual({
      id: phoneNumberId,
      verified_name: 'Parcels Desk',
      name_status: 'APPROVED',
      new_name_status: 'NONE',
    })
    expect(errorOf(await kit.graph('POST', `${phoneNumberId}?new_display_name=x`))).toMatchObject({ code: 100 })
  })

  it('take the payment method away and give it back, without a webhook', async () => {
    await decide({ do: 'payment', wabaId, isPresent: false })
    expect(await wabaFields('primary_funding_id')).toMatchObject({ primary_funding_id: '0' })
    await decide({ do: 'payment', wabaId, isPresent: true })
    expect(await wabaFields('primary_funding_id')).not.toMatchObject({ primary_funding_id: '0' })
    expect(kit.meta.deps.outbox.list()).toEqual([])
  })

  it('change the limit of the whole portfolio', async () => {
    await decide({ do: 'limit', businessId, tier: 'TIER_250' })
    expect(await numberFields('whatsapp_business_manager_messaging_limit')).toMatchObject({
      whatsapp_business_manager_messaging_limit: 'TIER_250',
    })
    expect(await hookOf('business_capability_update')).toMatchObject({
      value: { max_daily_conversations_per_business: 'TIER_250', max_phone_numbers_per_business: 2 },
    })
    expect(await hookOf('phone_number_quality_update')).toMatchObject({
      value: { display_phone_number: aString, max_daily_conversations_per_business: 'TIER_250' },
    })
  })

  it('tell a bad quality', async () => {
    await decide({ do: 'quality', phoneNumberId, rating: 'RED' })
    expect(await numberFields('quality_rating')).toMatchObject({ quality_rating: 'RED' })
    expect(await hookOf('phone_number_quality_update')).toMatchObject({ value: { event: 'FLAGGED' } })
  })

  it('disable an account and give it back', async () => {
    await decide({ do: 'ban', wabaId, state: 'DISABLE' })
    expect(errorOf(await kit.send())).toMatchObject({ status: 403, code: 131031 })
    expect(await wabaFields('health_status')).toMatchObject({ health_status: { can_send_message: 'BLOCKED' } })
    expect(await hookOf('account_update')).toMatchObject({
      value: { event: 'DISABLED_UPDATE', ban_info: { waba_ban_state: 'DISABLE', waba_ban_date: aString } },
    })
    await decide({ do: 'ban', wabaId, state: 'REINSTATE' })
    expect((await kit.send()).status).toBe(200)
  })

  it('restrict what a business begins, until the restriction ends', async () => {
    await decide({ do: 'restrict', wabaId, types: ['RESTRICTED_BIZ_INITIATED_MESSAGING'], hours: 1 })
    expect(await hookOf('account_update')).toMatchObject({
      value: {
        event: 'ACCOUNT_RESTRICTION',
        restriction_info: [{ restriction_type: 'RESTRICTED_BIZ_INITIATED_MESSAGING', expiration: aNumber }],
      },
    })
    const { name, language } = demoMeta.template
    const components = [{ type: 'body', parameters: [{ type: 'text', text: 'Ana' }] }]
    const template = { type: 'template', template: { name, language: { code: language }, components }, text: undefined }
    expect(errorOf(await kit.send(template))).toMatchObject({ status: 403, code: 368 })
    expect((await kit.send()).status).toBe(200)
    await kit.control('clock', { advanceMs: 3_600_000 })
    expect((await kit.send(template)).status).toBe(200)
  })

  it('restrict answers, and adding numbers', async () => {
    const types = ['RESTRICTED_CUSTOMER_INITIATED_MESSAGING', 'RESTRICTED_ADD_PHONE_NUMBER_ACTION']
    await decide({ do: 'restrict', wabaId, types })
    expect(errorOf(await kit.send())).toMatchObject({ code: 368 })
    const add = { cc: '44', phone_number: '7700900555', verified_name: 'Shop' }
    expect(errorOf(await kit.graph('POST', `${wabaId}/phone_numbers`, add))).toMatchObject({ code: 368 })
    await decide({ do: 'restrict', wabaId, types: [] })
    expect((await kit.send()).status).toBe(200)
  })

  it('take the account away from every app', async () => {
    await decide({ do: 'removeApp', wabaId })
    expect(await hookOf('account_update')).toMatchObject({
      value: { event: 'PARTNER_REMOVED', waba_info: { waba_id: wabaId, owner_business_id: businessId } },
    })
    expect(errorOf(await kit.graph('GET', wabaId))).toMatchObject({ code: 190 })
  })

  it('free a number that was in use elsewhere', async () => {
    const messenger = signupFacts.messengerNumber.replace(/\D/g, '')
    const add = { cc: '44', phone_number: messenger.slice(2), verified_name: 'Shop' }
    expect(errorOf(await kit.graph('POST', `${wabaId}/phone_numbers`, add))).toMatchObject({ code: 100 })
    await decide({ do: 'freeLine', digits: messenger })
    expect((await kit.graph('POST', `${wabaId}/phone_numbers`, add)).body).toEqual({ id: matching(/^9\d+$/) })
  })

  it('tell a violation, and a PIN that was changed', async () => {
    await decide({ do: 'violation', wabaId, type: 'SPAM' })
    expect(await hookOf('account_update')).toMatchObject({
      value: { event: 'ACCOUNT_VIOLATION', violation_info: { violation_type: 'SPAM' } },
    })
    await decide({ do: 'twoStep', phoneNumberId, pin: '112233' })
    expect(await hookOf('security')).toMatchObject({ value: { display_phone_number: digits, event: 'PIN_CHANGED' } })
    expect(await numberFields('is_pin_enabled')).toMatchObject({ is_pin_enabled: true })
  })

  it.each([
    ['an account that does not exist', { do: 'review', wabaId: '1', decision: 'APPROVED' }],
    ['a number that does not exist', { do: 'quality', phoneNumberId: '1', rating: 'RED' }],
    ['a business that does not exist', { do: 'limit', businessId: '1', tier: 'TIER_2K' }],
    ['an unknown decision', { do: 'dance' }],
    ['leaving the Business app for a number that is not in it', { do: 'offboard', phoneNumberId, reason: 'X' }],
    ['a line that nobody has', { do: 'freeLine', digits: '1' }],
  ])('refuse %s', async (_what, decision) => {
    const answer = await kit.request('POST', '/__sandbox/decision', decision)
    expect(answer.status).toBe(400)
    expect(answer.body['error']).toEqual(matching(/./))
  })
})

describe('the office’s page', () => {
  const press = async (decision: string): Promise<Response> =>
    kit.meta.platform.app.request('/office', { method: 'POST', body: new URLSearchParams({ decision }) })

  it('decides by its buttons', async () => {
    const page = await kit.request('GET', '/office')
    const value = /data-testid="office-review-700100-REJECTED"/.exec(page.text)
    expect(value).not.toBeNull()
    const answer = await press(JSON.stringify({ do: 'review', wabaId, decision: 'REJECTED' }))
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/office?said=Decided.'])
    expect(await wabaFields('account_review_status')).toMatchObject({ account_review_status: 'REJECTED' })
  })

  it('writes a number’s about', async () => {
    const decision = JSON.stringify({ do: 'about', phoneNumberId })
    const post = (text: string): Promise<Response> | Response =>
      kit.meta.platform.app.request('/office', {
        method: 'POST',
        body: new URLSearchParams({ decision, [`about-${phoneNumberId}`]: text }),
      })
    expect((await post('Kaiwa 123456')).headers.get('location')).toBe('/office?said=Decided.')
    const profile = await kit.graph('GET', `${phoneNumberId}/whatsapp_business_profile?fields=about`)
    expect(profile.body).toEqual({ data: [{ about: 'Kaiwa 123456', messaging_product: 'whatsapp' }] })
    expect((await post('')).headers.get('location')).toContain('Nothing')
  })

  it('says why nothing was decided', async () => {
    expect((await press('{')).headers.get('location')).toContain('Nothing')
    const answer = await press(JSON.stringify({ do: 'review', wabaId: '1', decision: 'REJECTED' }))
    expect(answer.headers.get('location')).toContain('no%20account')
  })

  it('shows the codes that are under way, and text as text', async () => {
    const number = kit.meta.deps.world.state.numbers[phoneNumberId]
    if (number === undefined) throw new Error('the demo has its number')
    number.verifiedName = '<b>Shop</b>'
    number.code = { value: '123123', expiresAt: 0, method: 'SMS', wrongTries: 0 }
    const { text } = await kit.request('GET', '/office')
    expect(text).toContain('123123')
    expect(text).toContain('&lt;b&gt;Shop')
    expect(text).not.toContain('<b>Shop')
  })
})
