import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { z } from 'zod'
import { setupViewSchema } from '../../contract/index.ts'
import type { Administrator } from '../sandbox/administrator.ts'
import { demoAgentIds, demoDepartmentIds, demoMeta } from '../sandbox/demo.ts'
import { Customer } from '../support/customer.ts'
import { startSetupSuite } from '../support/setup-suite.ts'
import type { SetupSuite } from '../support/setup-suite.ts'
import { control } from '../support/suite-sandbox.ts'

const { businessId, wabaId, phoneNumberId: first, secondPhoneNumberId: second } = demoMeta

let suite: SetupSuite
let administrator: Administrator

/** Two channels of a business that was verified and not approved yet: one of their numbers may send. */
beforeAll(async () => {
  suite = await startSetupSuite(4700, { mode: 'trial' })
  administrator = await suite.administrator()
  const channel = { phoneNumberId: second, name: 'Sales line', departmentId: demoDepartmentIds.sales }
  await administrator.done(z.unknown(), 'POST', '/api/channels', channel)
  await control(suite.sandbox.endpoints.meta, 'decision', { do: 'business', businessId, status: 'verified' })
  await administrator.done(z.unknown(), 'POST', `/api/accounts/${wabaId}/refresh`)
})
afterEach(() => suite.tidy())
afterAll(() => suite.stop())

const designated = async (): Promise<string[]> => {
  const { numbers } = await administrator.done(setupViewSchema, 'GET', '/api/setup')
  const inTrial = numbers.filter(({ standing }) => standing.stage === 'verified_trial')
  expect(inTrial.map(({ phoneNumberId }) => phoneNumberId)).toEqual(expect.arrayContaining([first, second]))
  return inTrial.filter(({ standing }) => standing.isDesignated).map(({ phoneNumberId }) => phoneNumberId)
}

it('sends from one number: the first, until an administrator chooses another one, once', async () => {
  expect(await designated()).toEqual([first])
  const settings = await suite.settings()
  await settings.id('nav-numbers').click()
  const row = (id: string) => settings.pane.root.locator(`[data-testid="number-row"][data-number-id="${id}"]`)
  await row(first).waitFor()
  expect(await row(first).getByTestId('number-designate').count()).toBe(0)
  await row(second).getByTestId('number-designate').click()
  await settings.id('designate-confirm').click()
  await settings.signIn('sign-in-continue', { agentId: demoAgentIds.ana })
  await settings.id('designate-dialog').waitFor({ state: 'detached' })
  await row(second).getByTestId('number-designate').waitFor({ state: 'detached' })
  expect(await designated()).toEqual([second])
  expect(await row(first).getByTestId('number-designate').count()).toBe(0)
  expect(await administrator.call('POST', `/api/numbers/${first}/designate`)).toMatchObject({
    status: 409,
    code: 'setup.designated_already',
  })

  const customer = new Customer('Sakura Tanaka', suite.sandbox, () => suite.api())
  await customer.write('Where is my parcel?')
  const ticketId = await customer.ticketId()
  const agent = await suite.desk({ ticketId, look: { agent: demoAgentIds.ana } })
  await agent.pane.root.locator('[data-testid="sending-stopped"][data-refusal="verified_other_number"]').waitFor()
})
