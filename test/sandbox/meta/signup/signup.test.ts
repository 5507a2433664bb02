import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { eventually } from '../../../support/wait.ts'
import { demoMeta } from '../../demo.ts'
import { isJson } from '../state.ts'
import type { Json } from '../state.ts'
import { errorOf, matching, MetaKit, partsOf } from '../testkit.ts'
import type { Answer } from '../testkit.ts'
import { signupFacts } from './facts.ts'

let kit: MetaKit

beforeEach(async () => {
  kit = await MetaKit.start({ isEmpty: true })
})
afterEach(() => kit.stop())

const dialogPath = (more: Record<string, string> = {}): string => {
  const query = new URLSearchParams({
    client_id: demoMeta.appId,
    config_id: signupFacts.loginConfigId,
    response_type: 'code',
    override_default_response_type: 'true',
    origin: kit.origin,
    state: 's1',
    ...more,
  })
  return `/v25.0/dialog/oauth?${query}`
}

/** One open dialog, as the page's script drives it. */
class Dialog {
  readonly #session: string

  constructor(session: string) {
    this.#session = session
  }

  static async open(path: string = dialogPath()): Promise<Dialog> {
    const { text } = await kit.request('GET', path)
    return new Dialog(/data-session="([^"]+)"/.exec(text)?.[1] ?? '')
  }

  async act(action: object): Promise<Json> {
    return (await kit.request('POST', `/dialog/api/${this.#session}`, action)).body
  }

  /** Through the steps, expecting each to be accepted. Resolves to the last view. */
  async go(...actions: object[]): Promise<Json> {
    let view: Json = {}
    for (const action of actions) {
      view = await this.act(action)
      if (view['problem'] !== null) throw new Error(`${JSON.stringify(action)}: ${JSON.stringify(view['problem'])}`)
    }
    return view
  }
}

const login = { do: 'login', userId: signupFacts.userId }
const business = { do: 'business', businessId: demoMeta.businessId }
const newAccount = { do: 'pick', number: 'new' }
const profile = { do: 'profile', accountName: 'Parcels', displayName: 'Parcels Desk' }
const number = { do: 'number', cc: '44', phone: '7700 900 555', method: 'SMS' }
const confirm = { do: 'confirm' }

const outcomeOf = (view: Json): Json => (isJson(view['outcome']) ? view['outcome'] : {})
const dataOf = (view: Json): Json => {
  const { event } = outcomeOf(view)
  return isJson(event) && isJson(event['data']) ? event['data'] : {}
}
const exchange = async (code: unknown): Promise<Answer> => {
  const query = new URLSearchParams({
    client_id: demoMeta.appId,
    client_secret: demoMeta.appSecret,
    code: String(code),
  })
  return kit.request('GET', `/v25.0/oauth/access_token?${query}`)
}
const tokenOf = async (view: Json): Promise<string> =>
  String((await exchange(outcomeOf(view)['code'])).body['access_token'])
const debugOf = async (token: string): Promise<Json> => {
  const answer = await kit.graph(
    'GET',
    `debug_token?input_token=${token}`,
    null,
    `${demoMeta.appId}|${demoMeta.appSecret}`,
  )
  return isJson(answer.body['data']) ? answer.body['data'] : {}
}
const codeSentTo = (digits: string): string =>
  Object.values(kit.meta.deps.world.state.numbers).find((each) => each.digits === digits)?.code?.value ?? ''

describe('the dialog', () => {
  it('makes account and number, verifies it, and ends with a code for the account’s token', async () => {
    const dialog = await Dialog.open()
    expect(await dialog.go(login, business, newAccount, profile, number)).toMatchObject({
      step: 'PHONE_NUMBER_VERIFICATION',
      number: { display: '+44 7700 900555', method: 'SMS' },
    })
    const view = await dialog.go({ do: 'code', code: codeSentTo('447700900555') }, confirm)
    expect(view).toMatchObject({
      step: 'DONE',
      outcome: { event: { type: 'WA_EMBEDDED_SIGNUP', event: 'FINISH', data: { business_id: demoMeta.businessId } } },
    })
    const { phone_number_id: phone, waba_id: waba } = dataOf(view)
    const token = await tokenOf(view)
    expect(await debugOf(token)).toMatchObject({
      app_id: demoMeta.appId,
      is_valid: true,
      granular_scopes: [
        { scope: 'business_management' },
        { scope: 'whatsapp_business_management', target_ids: [waba, demoMeta.wabaId] },
        { scope: 'whatsapp_business_messaging', target_ids: [waba, demoMeta.wabaId] },
      ],
    })
    const list = await kit.graph('GET', `${String(waba)}/phone_numbers?fields=code_verification_status`, null, token)
    expect(list.body['data']).toEqual([{ id: phone, code_verification_status: 'VERIFIED' }])
    await eventually('PARTNER_ADDED', () => kit.values().length === 1)
    expect(kit.values()[0]).toEqual({
      event: 'PARTNER_ADDED',
      waba_info: { waba_id: waba, owner_business_id: demoMeta.businessId },
    })
  })

  it('gives a code that works once, and for 30 seconds', async () => {
    const finish = async (): Promise<Json> => {
      const dialog = await Dialog.open()
      return dialog.go(login, business, { do: 'pick', wabaId: demoMeta.wabaId, number: 'none' }, confirm)
    }
    const first = outcomeOf(await finish())['code']
    expect((await exchange(first)).status).toBe(200)
    expect(errorOf(await exchange(first))).toMatchObject({ status: 400, code: 100 })
    const late = outcomeOf(await finish())['code']
    await kit.control('clock', { advanceMs: 30_000 })
    expect(errorOf(await exchange(late))).toMatchObject({ status: 400, code: 100 })
  })

  it('ends without a number, or with one that is not verified', async () => {
    const without = await Dialog.open()
    const end = await without.go(login, business, { do: 'pick', number: 'none' }, profile, confirm)
    expect(outcomeOf(end)['event']).toMatchObject({ event: 'FINISH_ONLY_WABA' })
    const later = await Dialog.open()
    const view = await later.go(login, business, newAccount, profile, number, { do: 'later' }, confirm)
    expect(outcomeOf(view)['event']).toMatchObject({ event: 'FINISH', data: { phone_number_id: matching(/^9\d+$/) } })
  })

  it('names the newest account first, and none where Meta leaves them out', async () => {
    const again = async (pick: object): Promise<Json> => {
      const dialog = await Dialog.open()
      const step = await dialog.go(login, business, pick)
      return step['step'] === 'PERMISSIONS' ? dialog.go(confirm) : dialog.go(profile, confirm)
    }
    await again({ do: 'pick', wabaId: demoMeta.wabaId, number: 'none' })
    const view = await again({ do: 'pick', number: 'none' })
    const token = await tokenOf(view)
    const management = async (): Promise<unknown> => partsOf((await debugOf(token))['granular_scopes'])[1]
    expect(await management()).toEqual({
      scope: 'whatsapp_business_management',
      target_ids: [dataOf(view)['waba_id'], demoMeta.wabaId],
    })
    await kit.control('settings', { onboarding: { omitTargetIds: true } })
    expect(await management()).toEqual({ scope: 'whatsapp_business_management' })
  })

  it('connects a number of the Business app without code or registration', async () => {
    const extras = JSON.stringify({ setup: {}, featureType: 'whatsapp_business_app_onboarding' })
    const dialog = await Dialog.open(dialogPath({ extras }))
    const app = { do: 'app', phone: signupFacts.businessAppNumber, sharesHistory: true }
    const view = await dialog.go(login, business, app, confirm)
    const { event } = outcomeOf(view)
    expect(event).toEqual({
      type: 'WA_EMBEDDED_SIGNUP',
      event: 'FINISH_WHATSAPP_BUSINESS_APP_ONBOARDING',
      data: { waba_id: matching(/^9\d+$/) },
    })
    const token = await tokenOf(view)
    const fields = 'fields=is_on_biz_app,platform_type,status'
    const list = await kit.graph('GET', `${String(dataOf(view)['waba_id'])}/phone_numbers?${fields}`, null, token)
    const [shared] = partsOf(list.body['data'])
    expect(shared).toMatchObject({ is_on_biz_app: true, platform_type: 'CLOUD_API', status: 'CONNECTED' })
    const register = { messaging_product: 'whatsapp', pin: '123456' }
    expect(errorOf(await kit.graph('POST', `${String(shared?.['id'])}/register`, register, token))).toMatchObject({
      code: 100,
    })
  })

  it.each([
    ['an unknown app', { client_id: '1' }, 'Invalid App ID'],
    ['another configuration', { config_id: '1' }, 'config_id'],
    ['a token in place of a code', { response_type: 'token' }, 'response_type'],
    ['a page of another origin', { origin: 'https://evil.example' }, 'domain'],
  ])('does not open for %s', async (_what, more, words) => {
    const answer = await kit.request('GET', dialogPath(more))
    expect(answer.status).toBe(400)
    expect(answer.text).toContain(words)
    expect(answer.text).not.toContain('data-session')
  })

  it.each([
    ['a number in Messenger', { phone: signupFacts.messengerNumber.slice(3) }, 'WhatsApp Messenger'],
    ['a number in the Business app', { phone: signupFacts.businessAppNumber.slice(3) }, 'Business app'],
    ['a number of an account', { phone: demoMeta.displayPhoneNumber.slice(3) }, 'already registered'],
    ['a number that cannot be', { phone: '12' }, 'not a valid phone number'],
  ])('refuses %s and lets one go on', async (_what, more, words) => {
    const dialog = await Dialog.open()
    await dialog.go(login, business, newAccount, profile)
    const refused = await dialog.act({ ...number, ...more })
    expect(refused).toMatchObject({ step: 'PHONE_NUMBER_SETUP' })
    expect(String(refused['problem'])).toContain(words)
    expect(await dialog.go(number)).toMatchObject({ step: 'PHONE_NUMBER_VERIFICATION' })
  })

  it.each([
    ['another person’s business', [login], { do: 'business', businessId: demoMeta.other.businessId }],
    ['a person who does not exist', [], { do: 'login', userId: '1' }],
    ['another business’s account', [login, business], { do: 'pick', wabaId: demoMeta.other.wabaId, number: 'none' }],
    [
      'a number of another account',
      [login, business],
      {
        do: 'pick',
        wabaId: demoMeta.wabaId,
        number: demoMeta.other.phoneNumberId,
      },
    ],
    ['a name of one character', [login, business, newAccount], { ...profile, displayName: 'x' }],
    ['a step before its turn', [login], confirm],
    ['a wrong code', [login, business, newAccount, profile, number], { do: 'code', code: 'abcdef' }],
    [
      'the Business app for a number that is not in it',
      [login, business, newAccount, profile],
      {
        do: 'app',
        phone: '+44 7700 900777',
        sharesHistory: false,
      },
    ],
  ])('refuses %s', async (_what, before, action) => {
    const dialog = await Dialog.open()
    await dialog.go(...before)
    expect(await dialog.act(action)).toMatchObject({ problem: matching(/./), outcome: null })
  })

  it.each([
    ['LOGIN', [], login],
    ['BUSINESS_ACCOUNT_SELECTION', [login], business],
    ['WABA_PHONE_PROFILE_PICKER', [login, business], newAccount],
    ['WHATSAPP_BUSINESS_PROFILE_SETUP', [login, business, newAccount], profile],
    ['PHONE_NUMBER_SETUP', [login, business, newAccount, profile], number],
    ['PHONE_NUMBER_VERIFICATION', [login, business, newAccount, profile, number], { do: 'later' }],
    ['PERMISSIONS', [login, business, newAccount, profile, number, { do: 'later' }], confirm],
  ])('fails once at %s where that was asked for', async (step, before, action) => {
    const refusal = { code: 2, message: 'Something is wrong at Facebook.', count: 1 }
    await kit.control('settings', { onboarding: { refuse: { [step]: refusal } } })
    const dialog = await Dialog.open()
    await dialog.go(...before)
    expect(await dialog.act(action)).toMatchObject({ step, problem: 'Something is wrong at Facebook.' })
    await dialog.go(action)
  })

  it('takes no more customers than the app may have in a week', async () => {
    await kit.control('settings', { onboarding: { newCustomersPerWeek: 1 } })
    const pick = { do: 'pick', wabaId: demoMeta.wabaId, number: 'none' }
    await (await Dialog.open()).go(login, business, pick, confirm)
    await (await Dialog.open()).go(login, business, pick, confirm)
    const other = await Dialog.open()
    await other.go(login, { do: 'business', name: 'Another shop' }, { do: 'pick', number: 'none' }, profile)
    expect(await other.act(confirm)).toMatchObject({ step: 'PERMISSIONS', problem: matching(/this week/) })
    await kit.control('clock', { advanceMs: 7 * 86_400_000 })
    await other.go(confirm)
  })

  it('ends without an event, or with fewer permissions, where the settings say so', async () => {
    await kit.control('settings', {
      onboarding: { omitEvent: true, codeFirst: true, grantedScopes: ['whatsapp_business_messaging'] },
    })
    const dialog = await Dialog.open()
    const pick = { do: 'pick', wabaId: demoMeta.wabaId, number: demoMeta.secondPhoneNumberId }
    const view = await dialog.go(login, business, pick, confirm)
    expect(outcomeOf(view)).toMatchObject({ event: null, isCodeFirst: true })
    expect(await debugOf(await tokenOf(view))).toMatchObject({ scopes: ['whatsapp_business_messaging'] })
  })
})
