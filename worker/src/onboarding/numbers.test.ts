import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { testApp } from '../../test/api.ts'
import { strictNetwork } from '../../test/network.ts'
import { rowsOf } from '../../test/rows.ts'
import { open } from '../platform/crypto.ts'
import { readConfig } from '../platform/env.ts'
import type { OrgScope } from '../platform/scope.ts'
import { FakeGraph } from './graph.test-helpers.ts'
import { connected, proofOf, someOrganisation, step } from './onboarding.test-helpers.ts'

const network = strictNetwork()
const app = testApp()
const draft = { displayName: 'Example Parcels', vertical: 'RETAIL', description: 'Parcels.', about: 'We deliver' }
const sms = { method: 'SMS', language: 'en_US' }
let count = 500
let graph: FakeGraph
let scope: OrgScope
let token: string
let waba: string
let number: string

beforeEach(async () => {
  count += 1
  waba = `71${count}`
  number = `81${count}`
  graph = new FakeGraph()
  network.handle(graph.handle)
  scope = await someOrganisation()
  token = await proofOf(scope)
  graph.addAccount(waba)
  graph.addNumber(number, waba)
  await connected(graph, scope, waba)
})

const post = (path: string, body?: unknown) => step(app, token, path, body)
const at = (action: string, body?: unknown) => post(`/api/numbers/${number}/${action}`, body)
const saveDraft = () => step(app, token, `/api/accounts/${waba}/profile`, draft, 'PUT')
const add = (body: object = {}) =>
  post(`/api/accounts/${waba}/numbers`, { countryCode: '44', phoneNumber: '020 7946 0999', ...body })
const actions = async () => (await rowsOf(scope, 'audit_entries', 'id')).map((row) => row['action'])

/** Later, by more than the time between two codes. */
function later(ms = 61_000): void {
  const now = Date.now()
  vi.spyOn(Date, 'now').mockReturnValue(now + ms)
}
beforeEach(() => {
  vi.restoreAllMocks()
})

describe('adding a number', () => {
  it('needs a name, and is one number however often it is added', async () => {
    expect(await add()).toMatchObject({ status: 409, code: 'setup.draft_missing' })
    await saveDraft()
    const [first, second] = await Promise.all([add(), add()])
    const third = await add()
    expect(first.number).toMatchObject({ displayPhoneNumber: '+442079460999', step: 'verify' })
    expect([second, third].map((one) => one.number?.phoneNumberId)).toEqual(
      Array.from({ length: 2 }, () => first.number?.phoneNumberId),
    )
    expect(graph.numbers.size).toBe(2)
    expect((await actions()).filter((action) => action === 'number.added')).toHaveLength(1)
  })

  it('is looked up after a lost answer', async () => {
    await saveDraft()
    graph.lose(/POST .*phone_numbers/)
    expect(await add()).toMatchObject({ status: 200 })
    expect(graph.count(/POST .*phone_numbers/)).toBe(1)
  })

  it.each([
    ['The phone number is in use in WhatsApp Messenger.', 409, 'setup.number_in_use'],
    ['The phone number is already registered with another account', 409, 'setup.number_taken'],
    ['Param phone_number is not a valid phone number', 422, 'setup.number_invalid'],
    ['Param verified_name must be at most 75 characters long', 422, 'setup.name_refused'],
    ['Turn off two-step verification first', 422, 'setup.two_step_on'],
  ])('that Meta refuses with “%s” says why', async (words, status, code) => {
    await saveDraft()
    graph.refuse(/POST .*phone_numbers/, 100, words)
    expect(await add()).toMatchObject({ status, code, failure: code.replace('setup.', '') })
    expect(await add()).toMatchObject({ status: 200 })
  })

  it('from another provider needs no name, and is asked for as a migration', async () => {
    graph.addNumber('899999', 'another', { display_phone_number: '+44 20 7946 0999', verified_name: 'Old' })
    expect(await add({ migrate: true })).toMatchObject({ status: 200, number: { isVerified: false } })
  })
})

describe('the code', () => {
  it('is asked for once in a minute, by whoever asks first', async () => {
    const answers = await Promise.all([at('code', sms), at('code', sms), at('code', { ...sms, method: 'VOICE' })])
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
    expect(graph.count(/request_code/)).toBe(1)
    expect((await at('code', sms)).number?.code).not.toBeNull()
    later()
    await at('code', { ...sms, method: 'VOICE' })
    expect(graph.count(/request_code/)).toBe(2)
    expect((await at('code', sms)).number?.code).toMatchObject({ method: 'VOICE' })
  })

  it('is skipped for a number that is verified already', async () => {
    graph.addNumber(number, waba, { code_verification_status: 'VERIFIED' })
    expect((await at('code', sms)).number).toMatchObject({ isVerified: true, step: 'register', code: null })
    expect(graph.count(/request_code/)).toBe(0)
    const trial = await scope.db
      .prepare('SELECT trial_number FROM organisations WHERE id = ?')
      .bind(scope.orgId)
      .first()
    expect(trial).toEqual({ trial_number: number })
  })

  it('may come although the answer was lost: where to enter it stays open', async () => {
    graph.lose(/request_code/)
    expect(await at('code', sms)).toMatchObject({ status: 503, code: 'setup.meta_down' })
    expect((await at('code', sms)).number?.code).toMatchObject({ method: 'SMS' })
    expect(graph.count(/request_code/)).toBe(1)
    expect((await at('verify', { code: graph.sentCode })).number).toMatchObject({ isVerified: true, failure: null })
  })

  it('that Meta will not send now says when it will', async () => {
    graph.refuse(/request_code/, 136024, 'Too many codes were requested.')
    expect(await at('code', sms)).toMatchObject({ status: 429, code: 'setup.too_many_codes' })
    const [row] = await rowsOf(scope, 'numbers')
    expect(row).toMatchObject({ code_sent_at: null })
    expect(String(row?.['failure'])).toContain('"retryAt":"20')
  })

  it.each([
    ['The code is not correct.', 'code_wrong', 422],
    ['The code has expired.', 'code_too_old', 422],
    ['The code was guessed too many times. Ask for a new one.', 'too_many_tries', 429],
  ])('refused with “%s” is %s', async (words, key, status) => {
    graph.refuse(/verify_code/, 136025, words)
    expect(await at('verify', { code: '000000' })).toMatchObject({ status, code: `setup.${key}`, failure: key })
    expect(await at('verify', { code: graph.sentCode })).toMatchObject({ status: 200 })
  })

  it('entered twice, or in two tabs, or with a lost answer, verifies once', async () => {
    graph.lose(/verify_code/)
    const code = { code: graph.sentCode }
    const answers = await Promise.all([at('verify', code), at('verify', code)])
    expect(answers.map(({ status }) => status)).toEqual([200, 200])
    expect((await at('verify', code)).number).toMatchObject({ isVerified: true, step: 'register' })
    expect((await actions()).filter((action) => action === 'number.verified')).toHaveLength(1)
  })
})

describe('registering', () => {
  const pinOf = async () => {
    const [row] = await rowsOf(scope, 'numbers')
    const context = `number_pin:${scope.orgId}:${number}`
    return open(readConfig(env).ENCRYPTION_KEYS, context, String(row?.['pin']))
  }
  beforeEach(() => {
    graph.addNumber(number, waba, { code_verification_status: 'VERIFIED' })
  })

  it('keeps the PIN sealed, gives the profile, and is done once by two at once', async () => {
    await saveDraft()
    const answers = await Promise.all([at('register', {}), at('register', {})])
    expect(answers.map(({ status }) => status)).toEqual([200, 200])
    expect(await at('register', {})).toMatchObject({ number: { isRegistered: true, step: 'channel', failure: null } })
    expect(graph.numbers.get(number)).toMatchObject({ pin: await pinOf(), profile: { about: 'We deliver' } })
    expect((await actions()).filter((action) => action === 'number.registered')).toHaveLength(1)
  })

  it('is looked up after a lost answer', async () => {
    graph.lose(/register/)
    expect(await at('register', {})).toMatchObject({ status: 200, number: { isRegistered: true } })
    expect(graph.numbers.get(number)).toMatchObject({ pin: await pinOf() })
    expect(graph.count(/register/)).toBe(1)
  })

  it('asks for the PIN of a number that has one', async () => {
    graph.addNumber(number, waba, { code_verification_status: 'VERIFIED', pin: '123456' })
    expect(await at('register', {})).toMatchObject({ status: 422, code: 'setup.pin_wrong' })
    expect(await at('register', { pin: '654321' })).toMatchObject({ code: 'setup.pin_wrong' })
    expect(await at('register', { pin: '123456' })).toMatchObject({ number: { isRegistered: true } })
    expect(await pinOf()).toBe('123456')
  })

  it.each([
    [133016, 'setup.too_many_registrations', 429],
    [133008, 'setup.pin_too_many', 429],
    [133006, 'setup.not_verified', 422],
    [131031, 'setup.number_banned', 422],
    [190, 'setup.token_invalid', 422],
    [2, 'setup.meta_down', 503],
  ])('that Meta refuses with %s says %s', async (code, expected, status) => {
    graph.refuse(/register/, code)
    expect(await at('register', {})).toMatchObject({ status, code: expected })
    expect(await at('register', {})).toMatchObject({ status: 200 })
  })

  it('of a number that is not verified is refused before Meta counts it', async () => {
    graph.addNumber(number, waba)
    expect(await at('register', {})).toMatchObject({ code: 'setup.not_verified' })
    expect(graph.count(/register/)).toBe(0)
  })

  it('leaves a profile that Meta refuses to be repeated', async () => {
    await saveDraft()
    graph.refuse(/profile/, 100, 'Param description is too long')
    const registered = await at('register', {})
    expect(registered.number).toMatchObject({
      isRegistered: true,
      failure: { step: 'profile', key: 'profile_refused' },
    })
    expect((await at('profile')).number).toMatchObject({ failure: null })
  })
})

it('another name than the number has goes to Meta’s review with the profile', async () => {
  await step(app, token, `/api/accounts/${waba}/profile`, { ...draft, displayName: 'Other Name' }, 'PUT')
  await at('profile')
  expect(graph.numbers.get(number)).toMatchObject({ new_display_name: 'Other Name' })
})

it('the number of the larger trial is chosen once', async () => {
  graph.addNumber(`${number}2`, waba)
  await post(`/api/accounts/${waba}/refresh`)
  const other = `/api/numbers/${number}2/designate`
  const answers = await Promise.all([at('designate'), post(other)])
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200, 409]))
  const [winner, loser] =
    answers[0]?.status === 200 ? [() => at('designate'), () => post(other)] : [() => post(other), () => at('designate')]
  expect(await winner()).toMatchObject({
    status: 200,
    number: { standing: { isDesignated: true, isDesignationChosen: true } },
  })
  expect(await loser()).toMatchObject({ code: 'setup.designated_already' })
  expect((await actions()).filter((action) => action === 'number.designated')).toHaveLength(1)
})

describe('history of a number of the Business app', () => {
  it('is asked for with the contacts, and repeated without harm', async () => {
    expect(await at('history')).toMatchObject({ code: 'setup.not_coexistent' })
    graph.addNumber(number, waba, { is_on_biz_app: true })
    await post(`/api/accounts/${waba}/refresh`)
    expect(await at('history')).toMatchObject({ number: { isCoexistent: true, step: 'channel' } })
    const [asked] = await rowsOf(scope, 'archives')
    expect(asked).toMatchObject({ phone_number_id: number, progress: null, declined: null })
    expect(await actions()).toContain('history.requested')
    graph.refuse(/smb_app_data/, 2593107, 'Asked before', 2)
    expect(await at('history')).toMatchObject({ status: 200 })
    expect(await rowsOf(scope, 'archives')).toEqual([asked])
    graph.refuse(/smb_app_data/, 2593108, 'Too late')
    expect(await at('history')).toMatchObject({ code: 'setup.history_too_late' })
  })

  it('is neither verified nor registered here', async () => {
    graph.addNumber(number, waba, { is_on_biz_app: true })
    await post(`/api/accounts/${waba}/refresh`)
    for (const [action, body] of [
      ['code', sms],
      ['verify', { code: '123456' }],
      ['register', {}],
    ] as const)
      expect(await at(action, body)).toMatchObject({ status: 200 })
    expect(graph.count(/request_code|verify_code|register/)).toBe(0)
  })
})
