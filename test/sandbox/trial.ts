import { z } from 'zod'
import { Administrator } from './administrator.ts'
import { demoAgentIds, demoDepartmentIds, demoMeta, demoPortal } from './demo.ts'
import type { Desk } from './desk/desk.ts'
import type { Meta } from './meta/meta.ts'
import { finish } from './meta/signup/finish.ts'

const windowSchema = z.object({ url: z.string() })
const attemptSchema = z.object({ state: z.string() })
const keySchema = z.object({
  installKey: z.string(),
  isPlaced: z.boolean(),
  session: z.object({ token: z.string() }),
})
const numbersSchema = z.object({ numbers: z.array(z.object({ phoneNumberId: z.string(), step: z.string() })) })

/**
 * The demo organisation on the first day of its trial, set up as its administrator would: each step is the call that the settings
 * pane makes. Meta has neither verified the business nor reviewed the account. Resolves to the install key.
 */
export async function setUpTrial({ worker, desk, meta }: { worker: string; desk: Desk; meta: Meta }): Promise<string> {
  makeUnverified(meta)
  const { orgId } = demoPortal
  const administrator = await Administrator.signIn({
    worker,
    purpose: 'connect',
    portalId: orgId,
    signer: { orgId, agentId: demoAgentIds.ana },
  })
  const { installKey, isPlaced, session } = await administrator.done(keySchema, 'POST', '/api/admin/install-key')
  if (!isPlaced) desk.setConfigParam(orgId, 'install_key', installKey)
  // A new key ends every session from before, the administrator's own too: another comes with it.
  const again = new Administrator(worker, session.token)
  await connectAccount(worker, again, meta)
  const { numbers } = await again.done(numbersSchema, 'GET', '/api/setup')
  const { phoneNumberId } = demoMeta
  const step = numbers.find((number) => number.phoneNumberId === phoneNumberId)?.step
  if (step === 'register') await again.done(z.unknown(), 'POST', `/api/numbers/${phoneNumberId}/register`, {})
  await again.done(z.unknown(), 'POST', '/api/channels', {
    phoneNumberId,
    name: 'Support',
    departmentId: demoDepartmentIds.support,
  })
  return installKey
}

function makeUnverified({ deps: { world } }: Meta): void {
  const business = world.state.businesses[demoMeta.businessId]
  const account = world.state.wabas[demoMeta.wabaId]
  if (business !== undefined) business.verificationStatus = 'not_verified'
  if (account !== undefined) account.accountReviewStatus = 'PENDING'
  world.touch()
}

/** The window for Facebook, and in it the dialog with the demo's account and number chosen. */
async function connectAccount(worker: string, administrator: Administrator, meta: Meta): Promise<void> {
  const { url } = await administrator.done(windowSchema, 'POST', '/api/setup/facebook', {})
  const page = /"page":"([^"]+)"/.exec(await (await fetch(url)).text())?.[1]
  if (page === undefined) throw new Error('The window for Facebook says nothing of itself.')
  const outcome = finish(meta.deps, {
    appId: demoMeta.appId,
    isCoexistence: false,
    isHosted: false,
    businessId: demoMeta.businessId,
    wabaId: demoMeta.wabaId,
    phoneNumberId: demoMeta.phoneNumberId,
  })
  const response = await fetch(`${worker}/connect/facebook/result`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ page, code: outcome?.code, event: outcome?.event }),
  })
  const { state } = attemptSchema.parse(await response.json())
  if (state !== 'done') throw new Error(`Connecting the account ended as ${state}.`)
}
