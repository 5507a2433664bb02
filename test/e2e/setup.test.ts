import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { demoAgentIds, demoDepartmentIds, demoMeta } from '../sandbox/demo.ts'
import type { SettingsWindow } from '../support/settings-window.ts'
import { startSetupSuite } from '../support/setup-suite.ts'
import type { SetupSuite } from '../support/setup-suite.ts'
import { SignupDialog, codeSentTo, digitsOf } from '../support/signup-dialog.ts'
import { deskState } from '../support/suite-sandbox.ts'
import { eventually } from '../support/wait.ts'

const ana = { agentId: demoAgentIds.ana }
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
  await settings.signIn('connect-desk', ana)
  await hasKey()

  await connectAccount(settings)
  await saveProfile(settings)
  await verifyNumber(settings)
  await makeChannel(settings)

  const { phone } = suite.sandbox.endpoints
  const customer = await suite.browser.newPage()
  await customer.goto(phone)
  await customer.getByTestId('phone-composer').fill('Where is my parcel?')
  await customer.getByTestId('phone-send').click()

  const desk = await suite.desk({ look: { agent: demoAgentIds.ken } })
  const link = desk.id('ticket-link')
  await link.waitFor()
  await link.click()
  await desk.pane.message('Where is my parcel?').waitFor()
  await desk.pane.answer('On its way')
  await desk.pane.hasStatus('On its way', 'delivered', 'read')
  await customer.close()
  expect(Date.now() - began).toBeLessThan(FIVE_MINUTES_MS)
  expect((await deskState(suite.sandbox)).tickets).toHaveLength(1)
})

/** Desk's configuration holds the key, without anybody having pasted it. */
async function hasKey(): Promise<void> {
  await eventually('the install key in its place', () => suite.sandbox.endpoints.installKey !== '')
}

async function connectAccount(settings: SettingsWindow): Promise<void> {
  await settings.isAt('facebook')
  const window = await settings.openedBy('facebook-open')
  const [popup] = await Promise.all([window.waitForEvent('popup'), window.locator('#start').click()])
  const dialog = new SignupDialog(popup)
  await dialog.logIn()
  await dialog.pick(demoMeta.wabaId, 'none')
  const closed = window.waitForEvent('close')
  await dialog.agree()
  await closed
}

async function saveProfile(settings: SettingsWindow): Promise<void> {
  await settings.isAt('profile')
  await settings.id('profile-name').fill('Example Parcels')
  await settings.id('profile-vertical').selectOption('RETAIL')
  await settings.id('profile-description').fill('Parcels, delivered.')
  await settings.id('profile-save').click()
}

async function verifyNumber(settings: SettingsWindow): Promise<void> {
  await settings.isAt('number')
  await settings.pane.root.locator(`[data-number-id="${demoMeta.phoneNumberId}"]`).click()
  await settings.id('code-send').click()
  await settings.id('code-box').first().waitFor()
  await settings.typeCode(await codeSentTo(suite.sandbox, digitsOf(demoMeta.displayPhoneNumber)))
  await settings.id('code-verify').click()
  await settings.id('register').click()
}

async function makeChannel(settings: SettingsWindow): Promise<void> {
  await settings.isAt('channel')
  await settings.id('channel-name').fill('Support')
  await settings.id('channel-department').selectOption(demoDepartmentIds.support)
  await settings.id('channel-save').click()
  await settings.id('setup-done').waitFor()
}
