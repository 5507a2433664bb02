import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { demoAgentIds, demoDepartmentIds, demoMeta } from '../sandbox/demo.ts'
import { startSetupSuite } from '../support/setup-suite.ts'
import type { SetupSuite } from '../support/setup-suite.ts'
import { deskState } from '../support/suite-sandbox.ts'
import { eventually } from '../support/wait.ts'
import { chooseNumber, makeChannel, openDialog, saveProfile, shareAccount, verifyByCode } from '../support/wizard.ts'

const FIVE_MINUTES_MS = 5 * 60_000

let suite: SetupSuite

beforeAll(async () => {
  suite = await startSetupSuite(4480)
})
afterEach(() => suite.tidy())
afterAll(() => suite.stop())

it('goes from nothing to the first message in a ticket', async () => {
  const began = Date.now()
  const settings = await suite.settings()
  await settings.signIn('connect-desk', { agentId: demoAgentIds.ana })
  // What was pressed has gone with its page: readers and keyboards go on at the heading of the next.
  await settings.stands('wizard', 'h1')
  // Desk's configuration holds the key, without anybody having pasted it.
  await eventually('the install key in its place', () => suite.sandbox.endpoints.installKey !== '')

  await shareAccount(await openDialog(settings), demoMeta.wabaId)
  await saveProfile(settings)
  await chooseNumber(settings, demoMeta.phoneNumberId)
  await verifyByCode(suite, settings, demoMeta.displayPhoneNumber)
  await settings.id('register').click()
  await makeChannel(settings, 'Support', demoDepartmentIds.support)
  await settings.stands('setup-done', 'h1')

  const customer = await suite.browser.newPage()
  await customer.goto(suite.sandbox.endpoints.phone)
  await customer.getByTestId('phone-composer').fill('Where is my parcel?')
  await customer.getByTestId('phone-send').click()

  const desk = await suite.desk({ look: { agent: demoAgentIds.ken } })
  await desk.id('ticket-link').click()
  await desk.pane.message('Where is my parcel?').waitFor()
  await desk.pane.answer('On its way')
  await desk.pane.hasStatus('On its way', 'delivered', 'read')
  await customer.close()
  expect(Date.now() - began).toBeLessThan(FIVE_MINUTES_MS)
  expect((await deskState(suite.sandbox)).tickets).toHaveLength(1)
})
