import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { Administrator } from '../sandbox/administrator.ts'
import type { Answered } from '../sandbox/administrator.ts'
import { demoAgentIds, demoMeta, demoPortal } from '../sandbox/demo.ts'
import { signupFacts } from '../sandbox/meta/signup/facts.ts'
import type { NumberRecord } from '../sandbox/meta/state.ts'
import type { Sandbox } from '../sandbox/sandbox.ts'
import { FacebookWindow, signUp } from '../support/facebook-calls.ts'
import type { Attempt } from '../support/facebook-calls.ts'
import { control, startSuiteSandbox } from '../support/suite-sandbox.ts'

/** Every step of setting up an account and a number, refused once in each way Meta has, and repeated. */

const { wabaId, businessId, appId } = demoMeta
const HOUR_MS = 3_600_000

let sandbox: Sandbox
let admin: Administrator

beforeAll(async () => {
  sandbox = await startSuiteSandbox(4560, { mode: 'empty' })
  admin = await signIn('connect')
})
afterEach(async () => {
  await fetch(`${sandbox.endpoints.meta}/__sandbox/settings`, { method: 'DELETE' })
  await fetch(`${sandbox.endpoints.meta}/__sandbox/faults`, { method: 'DELETE' })
})
afterAll(() => sandbox.stop())

const signIn = (purpose: 'connect' | 'proof'): Promise<Administrator> =>
  Administrator.signIn({
    worker: sandbox.endpoints.worker,
    purpose,
    portalId: demoPortal.orgId,
    signer: { orgId: demoPortal.orgId, agentId: demoAgentIds.ana },
  })
const meta = (path: string, body: object): Promise<unknown> => control(sandbox.endpoints.meta, path, body)
const refuse = (step: string, refusal: object): Promise<unknown> =>
  meta('settings', { onboarding: { refuse: { [step]: { count: 1, ...refusal } } } })
const login = [
  { do: 'login', userId: signupFacts.userId },
  { do: 'business', businessId },
]
const known = { do: 'pick', wabaId, number: 'none' }

const refusalSchema = z.object({
  error: z.object({ details: z.object({ step: z.string(), key: z.string() }).optional() }),
})
/** The failure that a refused call tells, as `step key`; its status where it is none. */
const failureOf = ({ status, body }: Answered): string => {
  const details = refusalSchema.safeParse(body).data?.error.details
  return details === undefined ? String(status) : `${details.step} ${details.key}`
}

async function connect(actions: readonly object[] = [...login, known]): Promise<Attempt> {
  const window = await FacebookWindow.open(sandbox, admin)
  return window.answer(await signUp(sandbox, actions))
}

describe('the account', () => {
  it.each([
    ['the code is not taken', 'exchange', { code: 100, message: 'Invalid verification code format.' }, 'code_expired'],
    ['Meta is down for the code', 'exchange', { code: 2 }, 'meta_down'],
    ['the token cannot be looked at', 'debug_token', { code: 131016 }, 'meta_down'],
  ])('is not connected where %s, and is afterwards', async (_what, step, refusal, key) => {
    await refuse(step, refusal)
    expect(await connect()).toMatchObject({ state: 'failed', failure: { key } })
    expect(await connect()).toMatchObject({ state: 'done', wabaId })
  })

  it('is told that a permission is missing', async () => {
    await meta('settings', { onboarding: { grantedScopes: ['whatsapp_business_messaging'] } })
    expect(await connect()).toMatchObject({ state: 'failed', failure: { key: 'permission_missing' } })
  })

  it('is not connected by a token that is over', async () => {
    await meta('settings', { onboarding: { tokenLifeSeconds: 5 } })
    const signup = await signUp(sandbox, [...login, known])
    await meta('clock', { advanceMs: 10_000 })
    const attempt = await (await FacebookWindow.open(sandbox, admin)).answer(signup)
    expect(attempt).toMatchObject({ state: 'failed', failure: { key: 'token_invalid' } })
  })

  it.each([
    ['names no target of the token', { omitTargetIds: true }],
    ['never posts its event', { omitEvent: true }],
  ])('is found where Meta %s', async (_what, settings) => {
    await meta('settings', { onboarding: settings })
    expect(await connect()).toMatchObject({ state: 'done', wabaId })
  })

  it('is not another one than the person chose, whatever the page says', async () => {
    const { code } = await signUp(sandbox, [...login, known])
    const event = { type: 'WA_EMBEDDED_SIGNUP', event: 'FINISH', data: { waba_id: demoMeta.other.wabaId } }
    const window = await FacebookWindow.open(sandbox, admin)
    const attempt = await window.answer({ code, event: JSON.stringify(event) })
    expect(attempt.wabaId).not.toBe(demoMeta.other.wabaId)
  })

  it('is not connected by a code that waited 30 seconds, or by one that was used', async () => {
    const signup = await signUp(sandbox, [...login, known])
    const used = await (await FacebookWindow.open(sandbox, admin)).answer(signup)
    expect(used).toMatchObject({ state: 'done' })
    const again = await (await FacebookWindow.open(sandbox, admin)).answer(signup)
    expect(again).toMatchObject({ state: 'failed', failure: { step: 'facebook', key: 'code_expired' } })
  })

  it('keeps a subscription that failed to be repeated', async () => {
    await refuse('subscribe', { code: 100, message: 'Planted.' })
    await connect()
    await admin.done(z.unknown(), 'POST', `/api/accounts/${wabaId}/refresh`)
    const { subscriptions } = sandbox.meta.deps.world.state.wabas[wabaId] ?? {}
    expect(subscriptions).toMatchObject([{ appId }])
  })
})

describe('a number', () => {
  const phone = { countryCode: '44', phoneNumber: '20 7946 0161', migrate: false }
  const digits = '442079460161'
  const add = (more: object = {}): Promise<Answered> =>
    admin.call('POST', `/api/accounts/${wabaId}/numbers`, { ...phone, ...more })
  const step = (name: string, body: object): Promise<Answered> =>
    admin.call('POST', `/api/numbers/${numberId()}/${name}`, body)
  const ask = (): Promise<Answered> => step('code', { method: 'SMS', language: 'en_US' })
  const atMeta = (): NumberRecord[] =>
    Object.values(sandbox.meta.deps.world.state.numbers).filter((number) => number.digits === digits)
  const numberId = (): string => atMeta()[0]?.id ?? ''
  const codeSent = (): string => atMeta()[0]?.code?.value ?? ''

  beforeAll(async () => {
    await connect()
    const draft = { displayName: 'Example Parcels', vertical: 'RETAIL', description: 'Parcels.' }
    await admin.done(z.unknown(), 'PUT', `/api/accounts/${wabaId}/profile`, draft)
  })

  it.each([
    ['is in Messenger', { phoneNumber: signupFacts.messengerNumber.slice(3) }, 'number number_in_use'],
    ['is in the Business app', { phoneNumber: signupFacts.businessAppNumber.slice(3) }, 'number number_in_use'],
    ['has another account', { phoneNumber: demoMeta.other.displayPhoneNumber.slice(3) }, 'number number_taken'],
    ['cannot be', { phoneNumber: '1234' }, 'number number_invalid'],
  ])('is not added where it %s', async (_what, more, failure) => {
    expect(failureOf(await add(more))).toBe(failure)
  })

  it.each([
    ['Meta is down', { code: 131016 }, 'number meta_down'],
    ['there are too many calls', { code: 80007 }, 'number meta_limit'],
    ['the permission is gone', { code: 10 }, 'number permission_missing'],
    ['the account is blocked', { code: 368 }, 'number number_banned'],
    ['the name is not good', { code: 100, message: '(#100) Param verified_name is not valid' }, 'number name_refused'],
  ])('is not added where %s', async (_what, refusal, failure) => {
    await refuse('add_number', refusal)
    expect(failureOf(await add())).toBe(failure)
  })

  it('is added once, though the answer was lost', async () => {
    await meta('faults', { match: 'POST */phone_numbers', kind: 'timeout', count: 1 })
    await add()
    expect((await add()).status).toBe(200)
    expect((await add()).status).toBe(200)
    expect(atMeta()).toHaveLength(1)
  })

  it.each([
    ['too many were sent', { code: 136024, subcode: 2388091, message: 'Wait one hour.' }, 'code too_many_codes'],
    ['Meta is down', { code: 2 }, 'code meta_down'],
  ])('gets no code where %s', async (_what, refusal, failure) => {
    await refuse('request_code', refusal)
    expect(failureOf(await ask())).toBe(failure)
  })

  it('is verified by its code alone, which lives ten minutes', async () => {
    const verify = (code: string): Promise<Answered> => step('verify', { code })
    expect((await ask()).status).toBe(200)
    expect(failureOf(await verify(codeSent() === '000000' ? '000001' : '000000'))).toBe('verify code_wrong')
    await meta('clock', { advanceMs: 11 * 60_000 })
    expect(failureOf(await verify(codeSent()))).toBe('verify code_too_old')
    expect((await ask()).status).toBe(200)
    const wrong = codeSent() === '000000' ? '000001' : '000000'
    for (let index = 0; index < 5; index += 1) await verify(wrong)
    expect(failureOf(await verify(wrong))).toBe('verify too_many_tries')
    await meta('clock', { advanceMs: 2 * 60_000 })
    expect((await ask()).status).toBe(200)
    await meta('faults', { match: 'POST */verify_code', kind: 'timeout', count: 1 })
    const code = codeSent()
    await verify(code)
    expect((await verify(code)).status).toBe(200)
    expect(atMeta()[0]?.codeVerificationStatus).toBe('VERIFIED')
    expect((await ask()).status).toBe(200)
  })

  it.each([
    [133005, 'pin_wrong'],
    [133006, 'not_verified'],
    [133008, 'pin_too_many'],
    [133009, 'pin_too_many'],
    [133015, 'too_many_registrations'],
    [133016, 'too_many_registrations'],
    [131031, 'number_banned'],
    [131037, 'name_pending'],
    [131042, 'payment_missing'],
    [131016, 'meta_down'],
    [190, 'token_invalid'],
  ])('is not registered where Meta says %i', async (code, key) => {
    await refuse('register', { code })
    expect(failureOf(await step('register', {}))).toBe(`register ${key}`)
  })

  it('is registered once, though the answer was lost', async () => {
    await meta('faults', { match: 'POST */register', kind: 'timeout', count: 1 })
    await step('register', {})
    expect((await step('register', {})).status).toBe(200)
    expect(atMeta()[0]).toMatchObject({ isRegistered: true, status: 'CONNECTED' })
  })

  it('is asked for the PIN that somebody else gave it', async () => {
    const phoneNumberId = demoMeta.secondPhoneNumberId
    const registerSecond = (body: object): Promise<Answered> =>
      admin.call('POST', `/api/numbers/${phoneNumberId}/register`, body)
    await meta('decision', { do: 'twoStep', phoneNumberId, pin: '998877' })
    expect(failureOf(await registerSecond({}))).toBe('register pin_wrong')
    expect((await registerSecond({ pin: '998877' })).status).toBe(200)
  })

  it('comes from another provider once two-step verification is off there', async () => {
    const { phoneNumberId, displayPhoneNumber } = signupFacts.oldProvider
    await meta('decision', { do: 'business', businessId, status: 'verified' })
    await meta('decision', { do: 'review', wabaId, decision: 'APPROVED' })
    const move = (): Promise<Answered> => add({ phoneNumber: displayPhoneNumber.slice(3), migrate: true })
    expect(failureOf(await move())).toBe('number two_step_on')
    await meta('decision', { do: 'twoStep', phoneNumberId, pin: null })
    expect((await move()).status).toBe(200)
    await meta('clock', { advanceMs: HOUR_MS })
  })
})
