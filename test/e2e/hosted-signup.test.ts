import { afterAll, beforeAll, expect, it } from 'vitest'
import { z } from 'zod'
import { Administrator } from '../sandbox/administrator.ts'
import type { Answered } from '../sandbox/administrator.ts'
import { demoAgentIds, demoMeta, demoPortal, otherPortal } from '../sandbox/demo.ts'
import { signupFacts } from '../sandbox/meta/signup/facts.ts'
import type { Sandbox } from '../sandbox/sandbox.ts'
import { walkDialog } from '../support/facebook-calls.ts'
import { control, startSuiteSandbox } from '../support/suite-sandbox.ts'
import { eventually } from '../support/wait.ts'

/** Two customers go through Meta's hosted link at once. It names no organisation: each claims, and gets its own account only. */

const setupSchema = z.object({ accounts: z.array(z.object({ wabaId: z.string(), how: z.string() })) })
const claimSchema = z.object({ displayPhoneNumber: z.string(), aboutText: z.string().nullable() })

let sandbox: Sandbox
let ana: Administrator
let olga: Administrator

const connect = (orgId: string, agentId: string): Promise<Administrator> =>
  Administrator.signIn({
    worker: sandbox.endpoints.worker,
    purpose: 'connect',
    portalId: orgId,
    signer: { orgId, agentId },
  })

beforeAll(async () => {
  sandbox = await startSuiteSandbox(4580, { mode: 'empty' })
  ana = await connect(demoPortal.orgId, demoAgentIds.ana)
  olga = await connect(otherPortal.orgId, demoAgentIds.olga)
  const user = sandbox.meta.deps.world.state.users[signupFacts.userId]
  user?.businessIds.push(demoMeta.other.businessId)
})
afterAll(() => sandbox.stop())

async function signUp(actions: readonly object[]): Promise<void> {
  const { meta } = sandbox.endpoints
  const page = await (await fetch(`${meta}${signupFacts.hostedPath}`)).text()
  await walkDialog(meta, page, actions)
}

const accounts = async (who: Administrator): Promise<string[]> =>
  (await who.done(setupSchema, 'GET', '/api/setup')).accounts.map(({ wabaId }) => wabaId)
const claim = (who: Administrator, wabaId: string): Promise<Answered> =>
  who.call('POST', '/api/setup/claim', { wabaId, method: 'SMS' })
const confirm = (who: Administrator, wabaId: string, code: string): Promise<Answered> =>
  who.call('POST', '/api/setup/claim/confirm', { wabaId, code })
const codeOf = (phoneNumberId: string): string =>
  sandbox.meta.deps.world.state.numbers[phoneNumberId]?.code?.value ?? ''

it('gives each of two organisations the account that it proves to be its own', async () => {
  const own = { wabaId: demoMeta.wabaId, businessId: demoMeta.businessId }
  const others = { wabaId: demoMeta.other.wabaId, businessId: demoMeta.other.businessId }
  await Promise.all(
    [own, others].map(({ wabaId, businessId }) =>
      signUp([
        { do: 'login', userId: signupFacts.userId },
        { do: 'business', businessId },
        { do: 'pick', wabaId, number: 'none' },
        { do: 'confirm' },
      ]),
    ),
  )
  await eventually('the account to be known', async () => (await claim(ana, own.wabaId)).status === 200)

  // Somebody else can ask, but has neither the telephone nor the account.
  expect((await claim(olga, own.wabaId)).status).toBe(409)
  const code = codeOf(demoMeta.phoneNumberId)
  expect((await confirm(olga, own.wabaId, code)).status).toBeGreaterThanOrEqual(400)
  expect(await accounts(olga)).toEqual([])

  expect((await confirm(ana, own.wabaId, code === '000000' ? '000001' : '000000')).status).toBe(422)
  expect((await confirm(ana, own.wabaId, code)).status).toBe(200)
  expect(await accounts(ana)).toEqual([own.wabaId])
  expect((await claim(olga, own.wabaId)).status).toBe(409)

  // A verified number gets no code: its public profile proves who owns it.
  const number = sandbox.meta.deps.world.state.numbers[demoMeta.other.phoneNumberId]
  expect(number?.codeVerificationStatus).toBe('VERIFIED')
  const { aboutText } = await eventually('the other account to be known', async () => {
    const answer = await claim(olga, others.wabaId)
    return answer.status === 200 && claimSchema.parse(answer.body)
  })
  const digits = /\d{6}/.exec(aboutText ?? '')?.[0] ?? ''
  expect((await confirm(olga, others.wabaId, digits)).status).toBe(422)
  const about = { do: 'about', phoneNumberId: demoMeta.other.phoneNumberId, text: aboutText }
  await control(sandbox.endpoints.meta, 'decision', about)
  expect((await confirm(olga, others.wabaId, digits)).status).toBe(200)
  expect(await accounts(olga)).toEqual([others.wabaId])
  expect(await accounts(ana)).toEqual([own.wabaId])
})

it('knows no account that nobody shared', async () => {
  expect((await claim(ana, '799999')).status).toBe(404)
})
