import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { demoMeta } from '../../demo.ts'
import { signupFacts } from '../signup/facts.ts'
import type { NumberRecord } from '../state.ts'
import { errorOf, matching, MetaKit } from '../testkit.ts'
import type { Answer } from '../testkit.ts'

let kit: MetaKit

beforeEach(async () => {
  kit = await MetaKit.start()
})
afterEach(() => kit.stop())

const HOUR_MS = 3_600_000
const onboarding = (changes: object): Promise<unknown> => kit.control('settings', { onboarding: changes })
const add = (phone = '7700900555', more: object = {}): Promise<Answer> => {
  const body = { cc: '44', phone_number: phone, verified_name: 'Shop', ...more }
  return kit.graph('POST', `${demoMeta.wabaId}/phone_numbers`, body)
}
const ask = (id: string): Promise<Answer> =>
  kit.graph('POST', `${id}/request_code`, { code_method: 'SMS', language: 'en_US' })
const register = (id: string, pin = '123456'): Promise<Answer> =>
  kit.graph('POST', `${id}/register`, { messaging_product: 'whatsapp', pin })
const subcodeOf = ({ body }: Answer): unknown => Reflect.get(Object(body['error']), 'error_subcode')
const numberOf = (id: string): NumberRecord => {
  const number = kit.meta.deps.world.state.numbers[id]
  if (number === undefined) throw new Error(`there is no number ${id}`)
  return number
}

describe('limits of setting up a number', () => {
  it('sends five codes an hour', async () => {
    const id = String((await add()).body['id'])
    for (let index = 0; index < 5; index += 1) expect((await ask(id)).status).toBe(200)
    const refused = await ask(id)
    expect([errorOf(refused).code, subcodeOf(refused)]).toEqual([136024, 2388091])
    await kit.control('clock', { advanceMs: HOUR_MS })
    expect((await ask(id)).status).toBe(200)
  })

  it('lets the PIN be guessed five times an hour, and not too fast', async () => {
    const id = demoMeta.phoneNumberId
    numberOf(id).pin = '222222'
    await onboarding({ pinIntervalMs: 1_000 })
    expect(errorOf(await register(id))).toMatchObject({ status: 400, code: 133005 })
    expect(errorOf(await register(id))).toMatchObject({ status: 400, code: 133009 })
    await onboarding({ pinIntervalMs: 0 })
    for (let index = 0; index < 4; index += 1) expect(errorOf(await register(id))).toMatchObject({ code: 133005 })
    expect(errorOf(await register(id, '222222'))).toMatchObject({ status: 400, code: 133008 })
    await kit.control('clock', { advanceMs: HOUR_MS })
    expect((await register(id, '222222')).status).toBe(200)
  })

  it('gives a business two numbers before it is verified', async () => {
    await kit.control('decision', { do: 'business', businessId: demoMeta.businessId, status: 'not_verified' })
    const refused = await add()
    expect([errorOf(refused).code, subcodeOf(refused)]).toEqual([100, 2388103])
    await onboarding({ numbersUnverified: 3 })
    expect((await add()).status).toBe(200)
  })

  it.each([
    ['Messenger', signupFacts.messengerNumber],
    ['the WhatsApp Business app', signupFacts.businessAppNumber],
  ])('refuses a number that is used in %s, with words for a person', async (where, display) => {
    const refused = await add(display.slice(3))
    expect(refused.body).toMatchObject({
      error: {
        code: 100,
        error_subcode: 2388002,
        error_user_title: matching(/existing/),
        error_user_msg: matching(new RegExp(where)),
      },
    })
    await onboarding({ errors: { numberInUse: { code: 200000, subcode: null } } })
    expect(errorOf(await add(display.slice(3)))).toMatchObject({ code: 200000 })
  })

  it('registers nothing for an account that is disabled', async () => {
    await kit.control('decision', { do: 'ban', wabaId: demoMeta.wabaId, state: 'DISABLE' })
    expect(errorOf(await register(demoMeta.phoneNumberId))).toMatchObject({ code: 131031 })
    expect(errorOf(await add())).toMatchObject({ code: 131031 })
  })

  it.each([
    ['subscribe', (): Promise<Answer> => kit.graph('POST', `${demoMeta.wabaId}/subscribed_apps`)],
    ['add_number', (): Promise<Answer> => add()],
    ['request_code', (): Promise<Answer> => ask(demoMeta.phoneNumberId)],
    ['verify_code', (): Promise<Answer> => kit.graph('POST', `${demoMeta.phoneNumberId}/verify_code`, { code: '1' })],
    ['register', (): Promise<Answer> => register(demoMeta.phoneNumberId)],
    [
      'profile',
      (): Promise<Answer> =>
        kit.graph('POST', `${demoMeta.phoneNumberId}/whatsapp_business_profile`, { messaging_product: 'whatsapp' }),
    ],
    ['sync', (): Promise<Answer> => kit.graph('POST', `${demoMeta.phoneNumberId}/smb_app_data`, {})],
    ['debug_token', (): Promise<Answer> => kit.graph('GET', `debug_token?input_token=${demoMeta.token}`)],
    [
      'exchange',
      (): Promise<Answer> => {
        const query = { client_id: demoMeta.appId, client_secret: demoMeta.appSecret, code: 'x' }
        return kit.request('GET', `/oauth/access_token?${new URLSearchParams(query)}`)
      },
    ],
  ])('refuses %s as often as it was told to', async (step, call) => {
    const refusal = { code: 131016, subcode: 7, details: 'Planted.', count: 2 }
    await onboarding({ refuse: { [step]: refusal } })
    const planted = { status: 500, code: 131016, details: 'Planted.' }
    expect(errorOf(await call())).toMatchObject(planted)
    expect(errorOf(await call())).toMatchObject(planted)
    expect(errorOf(await call())).not.toMatchObject(planted)
  })

  it('takes no settings that are none', async () => {
    const post = async (changes: object): Promise<number> =>
      (await kit.request('POST', '/__sandbox/settings', { onboarding: changes })).status
    expect(await post({ refuse: { dance: { code: 1 } } })).toBe(400)
    expect(await post({ codesPerHour: 0 })).toBe(400)
    expect(await post({ colour: 'red' })).toBe(400)
    expect(await post({ codesPerHour: 1 })).toBe(200)
  })
})

describe('a number of another provider', () => {
  const { phoneNumberId: oldId, displayPhoneNumber } = signupFacts.oldProvider
  const phone = displayPhoneNumber.replace(/\D/g, '').slice(2)
  const move = (): Promise<Answer> => add(phone, { verified_name: undefined, migrate_phone_number: true })
  const twoStepOff = (): Promise<unknown> => kit.control('decision', { do: 'twoStep', phoneNumberId: oldId, pin: null })

  it('moves with name, quality and limit, and leaves the account it came from', async () => {
    await twoStepOff()
    const id = String((await move()).body['id'])
    expect(
      (await kit.graph('GET', `${id}?fields=verified_name,name_status,quality_rating,code_verification_status`)).body,
    ).toEqual({
      id,
      verified_name: 'Example Parcels',
      name_status: 'APPROVED',
      quality_rating: 'GREEN',
      code_verification_status: 'UNVERIFIED',
    })
    await ask(id)
    expect((await kit.graph('POST', `${id}/verify_code`, { code: numberOf(id).code?.value })).status).toBe(200)
    expect((await register(id)).status).toBe(200)
    expect(numberOf(oldId)).toMatchObject({ status: 'MIGRATED', isRegistered: false })
  })

  it('does not move without the flag, nor twice', async () => {
    await twoStepOff()
    expect(errorOf(await add(phone))).toMatchObject({ code: 100 })
    expect((await move()).status).toBe(200)
    expect(subcodeOf(await move())).toBe(2388012)
  })

  it.each([
    ['two-step verification is on there', { do: 'twoStep', phoneNumberId: oldId, pin: '112233' }],
    ['the name is not approved', { do: 'name', phoneNumberId: oldId, decision: 'REJECTED' }],
    ['there is no payment method here', { do: 'payment', wabaId: demoMeta.wabaId, isPresent: false }],
    ['the business here is not verified', { do: 'business', businessId: demoMeta.businessId, status: 'pending' }],
    ['the account here is not approved', { do: 'review', wabaId: demoMeta.wabaId, decision: 'PENDING' }],
  ])('does not move while %s', async (_what, decision) => {
    await twoStepOff()
    await kit.control('decision', decision)
    expect(errorOf(await move())).toMatchObject({ status: 400, code: 100 })
  })

  it('does not move to an account without an app, and not from nowhere', async () => {
    await twoStepOff()
    await kit.graph('DELETE', `${demoMeta.wabaId}/subscribed_apps`)
    expect(errorOf(await move())).toMatchObject({ code: 100 })
    await kit.graph('POST', `${demoMeta.wabaId}/subscribed_apps`)
    const nowhere = await add('7700900556', { migrate_phone_number: 'true' })
    expect(subcodeOf(nowhere)).toBe(2494100)
  })
})
