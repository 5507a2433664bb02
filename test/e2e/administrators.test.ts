import { afterAll, beforeAll, expect, it } from 'vitest'
import { setupViewSchema } from '../../contract/index.ts'
import { Administrator } from '../sandbox/administrator.ts'
import { demoAgentIds, demoMeta, demoPortal, otherPortal } from '../sandbox/demo.ts'
import type { Sandbox } from '../sandbox/sandbox.ts'
import { control, deskState, startSuiteSandbox } from '../support/suite-sandbox.ts'
import { messagesBody, postWebhook } from '../support/signed-webhook.ts'
import { eventually } from '../support/wait.ts'

let sandbox: Sandbox
let count = 0

beforeAll(async () => {
  sandbox = await startSuiteSandbox(4640)
})
afterAll(() => sandbox.stop())

const ana = { orgId: demoPortal.orgId, agentId: demoAgentIds.ana }
const signIn = (purpose: 'connect' | 'proof', signer = ana) =>
  Administrator.signIn({ worker: sandbox.endpoints.worker, purpose, portalId: demoPortal.orgId, signer })

/** A new customer writes. Resolves to the number of tickets before. */
async function customerWrites(): Promise<number> {
  const before = (await deskState(sandbox)).tickets.length
  count += 1
  const message = {
    from: `4479460100${String(count).padStart(2, '0')}`,
    name: `Customer ${count}`,
    id: `wamid.administrators.${count}`,
    text: 'Where is my parcel?',
    timestamp: Math.floor(sandbox.clock.now() / 1_000),
  }
  const body = messagesBody(demoMeta.wabaId, demoMeta.phoneNumberId, [message])
  expect((await postWebhook(sandbox.endpoints.worker, demoMeta.appSecret, body)).status).toBe(200)
  return before
}

const hasTickets = (expected: number) =>
  eventually(`${expected} tickets`, async () => (await deskState(sandbox)).tickets.length === expected)
const deskOf = async (administrator: Administrator) =>
  (await administrator.done(setupViewSchema, 'GET', '/api/setup')).desk

it('25 sign-ins, one after the other, leave the integration its access', async () => {
  for (let signedIn = 0; signedIn < 25; signedIn += 1) expect((await signIn('proof')).token).not.toBe('')
  await hasTickets((await customerWrites()) + 1)
})

it('nobody but an administrator of that very Desk gets in', async () => {
  const olga = { orgId: otherPortal.orgId, agentId: demoAgentIds.olga }
  const ken = { orgId: demoPortal.orgId, agentId: demoAgentIds.ken }
  for (const purpose of ['connect', 'proof'] as const) {
    await expect(signIn(purpose, olga)).rejects.toThrow('data-problem="wrong_portal"')
    await expect(signIn(purpose, ken)).rejects.toThrow('data-problem="not_admin"')
  }
  await hasTickets((await customerWrites()) + 1)
})

it('consent that was withdrawn shows, and what came meanwhile becomes a ticket once Desk is connected again', async () => {
  const administrator = await signIn('proof')
  await control(sandbox.endpoints.desk, 'revoke', { orgId: demoPortal.orgId })
  const before = await customerWrites()
  await eventually('Desk is revoked', async () => (await deskOf(administrator)).state === 'revoked')
  expect((await deskState(sandbox)).tickets).toHaveLength(before)
  await signIn('connect')
  expect((await deskOf(administrator)).state).toBe('connected')
  await hasTickets(before + 1)
})

it('a disconnected Desk is left alone, and catches up when it is connected again', async () => {
  const administrator = await signIn('proof')
  expect((await administrator.call('POST', '/api/admin/disconnect')).status).toBe(200)
  const before = await customerWrites()
  expect((await deskOf(administrator)).state).toBe('disconnected')
  expect((await deskState(sandbox)).tickets).toHaveLength(before)
  await signIn('connect')
  await hasTickets(before + 1)
})
