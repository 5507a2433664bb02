import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { Administrator } from '../sandbox/administrator.ts'
import type { Answered } from '../sandbox/administrator.ts'
import { demoAgentIds, demoDepartmentIds, demoMeta, demoPortal } from '../sandbox/demo.ts'
import { signupFacts } from '../sandbox/meta/signup/facts.ts'
import type { Sandbox } from '../sandbox/sandbox.ts'
import { FacebookWindow, signUp } from '../support/facebook-calls.ts'
import { control, deskState, startSuiteSandbox } from '../support/suite-sandbox.ts'
import { eventually } from '../support/wait.ts'

/** Two other ways to come here: with a number that stays in the Business app, and with an app of one's own. */

const { ownApp } = signupFacts
const { wabaId, businessId } = demoMeta
const archiveSchema = z.object({ items: z.array(z.object({ phone: z.string(), summary: z.string() })) })
const accountSchema = z.object({
  how: z.string(),
  ownWebhook: z.object({ url: z.url(), verifyToken: z.string() }),
})

let sandbox: Sandbox
let admin: Administrator

beforeAll(async () => {
  sandbox = await startSuiteSandbox(4600, { mode: 'empty' })
  admin = await Administrator.signIn({
    worker: sandbox.endpoints.worker,
    purpose: 'connect',
    portalId: demoPortal.orgId,
    signer: { orgId: demoPortal.orgId, agentId: demoAgentIds.ana },
  })
})
afterAll(() => sandbox.stop())

const makeChannel = (phoneNumberId: string, name: string): Promise<unknown> =>
  admin.done(z.unknown(), 'POST', '/api/channels', { phoneNumberId, name, departmentId: demoDepartmentIds.support })
const meta = (path: string, body: object): Promise<unknown> => control(sandbox.endpoints.meta, path, body)
const ticketCount = async (): Promise<number> => (await deskState(sandbox)).tickets.length

describe('a number that stays in the Business app', () => {
  it('brings what was written there into a read-only archive, and no ticket', async () => {
    const window = await FacebookWindow.open(sandbox, admin, true)
    const actions = [
      { do: 'login', userId: signupFacts.userId },
      { do: 'business', businessId },
      { do: 'app', phone: signupFacts.businessAppNumber, sharesHistory: true },
    ]
    const featureType = 'whatsapp_business_app_onboarding'
    const attempt = await window.answer(await signUp(sandbox, actions, { featureType }))
    expect(attempt).toMatchObject({ state: 'done' })
    const number = Object.values(sandbox.meta.deps.world.state.numbers).find(({ isOnBizApp }) => isOnBizApp === true)
    const id = number?.id ?? ''

    expect((await admin.call('POST', `/api/numbers/${id}/history`)).status).toBe(200)
    await makeChannel(id, 'Depot')
    await meta('echo', { phoneNumberId: id, to: '+447700900180', text: 'Come by!' })
    const archived = await eventually('the history', async () => {
      const { items } = await admin.done(archiveSchema, 'GET', `/api/numbers/${id}/archive`)
      return items.length >= 7 && items.some(({ summary }) => summary === 'Come by!') && items
    })
    expect(archived.map(({ summary }) => summary)).toEqual(
      expect.arrayContaining(['Are you open on Sunday?', 'We keep it here for you.', 'Thank you!', 'Come by!']),
    )
    expect(archived.every(({ summary }) => summary !== '')).toBe(true)
    expect(await ticketCount()).toBe(0)

    await meta('inbound', { phoneNumberId: id, from: '+447700900180', type: 'text', text: 'I am here' })
    await eventually('the ticket', async () => (await ticketCount()) === 1)
  })
})

describe('an app of one’s own', () => {
  const connect = (more: object = {}): Promise<Answered> =>
    admin.call('POST', '/api/setup/own-app', {
      appId: ownApp.id,
      appSecret: ownApp.secret,
      token: ownApp.token,
      wabaId,
      ...more,
    })

  it.each([
    ['another secret', { appSecret: 'not-the-secret' }, 'setup.app_secret_wrong'],
    ['a token that is none', { token: 'nobodys-token' }, 'setup.token_invalid'],
    ['the token of another app', { token: demoMeta.token }, 'setup.token_invalid'],
    ['an account that the token does not reach', { wabaId: demoMeta.other.wabaId }, 'setup.wrong_account'],
  ])('is refused with %s', async (_what, more, code) => {
    expect((await connect(more)).code).toBe(code)
  })

  it('brings its webhooks to an address of its own', async () => {
    const answer = await connect()
    expect(answer.status).toBe(200)
    const { how, ownWebhook } = accountSchema.parse(answer.body)
    expect(how).toBe('own_app')
    // The customer enters the address in the app's dashboard; Meta asks it for the verify token at once.
    const set = await fetch(`${sandbox.endpoints.meta}/v25.0/${ownApp.id}/subscriptions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${ownApp.id}|${ownApp.secret}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        object: 'whatsapp_business_account',
        callback_url: ownWebhook.url,
        verify_token: ownWebhook.verifyToken,
        fields: 'messages',
      }),
    })
    expect(await set.json()).toEqual({ success: true })
    await admin.done(z.unknown(), 'POST', `/api/accounts/${wabaId}/refresh`)

    const phoneNumberId = demoMeta.secondPhoneNumberId
    await admin.done(z.unknown(), 'POST', `/api/numbers/${phoneNumberId}/register`, {})
    await makeChannel(phoneNumberId, 'Sales')
    const before = await ticketCount()
    await meta('inbound', { phoneNumberId, from: '+447700900190', type: 'text', text: 'Through my own app' })
    await eventually('the ticket', async () => (await ticketCount()) === before + 1)
  })
})
