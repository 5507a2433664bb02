import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { demoAgentIds, demoDepartmentIds, demoMeta } from '../sandbox/demo.ts'
import { signupFacts } from '../sandbox/meta/signup/facts.ts'
import { chooseSigner } from '../support/settings-window.ts'
import { startSetupSuite } from '../support/setup-suite.ts'
import type { SetupSuite } from '../support/setup-suite.ts'
import { codeSentTo, digitsOf } from '../support/signup-dialog.ts'
import { chooseNumber, dialogOf, makeChannel, openDialog, saveProfile, shareAccount } from '../support/wizard.ts'

let suite: SetupSuite

beforeAll(async () => {
  // Nothing tells the Worker of the installation: the administrator pastes the key.
  suite = await startSetupSuite(4500, { hasCallbacks: false })
})
afterEach(() => suite.tidy())
afterAll(() => suite.stop())

/** The next call of a step is refused by Meta with this code, once. */
async function refuseOnce(step: string, code: number, details?: string): Promise<void> {
  const refusal = { code, count: 1, ...(details === undefined ? {} : { details }) }
  await suite.meta({ onboarding: { refuse: { [step]: refusal } } })
}

it('says what happened at each step that fails, and goes on after it', async () => {
  const settings = await suite.settings()

  // An agent who is no administrator is turned away; the window goes on for another person.
  const zoho = await settings.openedBy('connect-desk')
  await chooseSigner(zoho, demoAgentIds.ken)
  await zoho.locator('[data-testid="problem"][data-problem="not_admin"]').waitFor()
  await zoho.getByTestId('again').click()
  await chooseSigner(zoho, demoAgentIds.ana)
  const signedIn = zoho.waitForEvent('close')
  await zoho.getByTestId('continue').click()
  await signedIn

  // The key is shown once and pasted into the extension's configuration.
  const key = await settings.id('install-key').innerText()
  await settings.id('install-key-check').click()
  await settings.pane.root.locator('[data-testid="install-key-state"][data-state="fails"]').waitFor()
  await settings.desk.id('config').locator('summary').click()
  await settings.desk.id('config-install_key').fill(key)
  await settings.desk.id('config-install_key-save').click()
  await settings.desk.id('desk-toast').waitFor()
  await settings.id('install-key-check').click()
  await settings.id('install-key-card').waitFor({ state: 'detached' })

  // Leaving Meta's dialog, then a refused code, then the end.
  const { window, dialog } = await openDialog(settings)
  await dialog.logIn()
  await dialog.id('cancel').click()
  await settings.fails('cancelled')
  await refuseOnce('exchange', 100, 'This authorization code has expired.')
  await shareAccountAgain(await dialogOf(window))
  await settings.fails('code_expired')
  await shareAccount({ window, dialog: await dialogOf(window) }, demoMeta.wabaId)

  await saveProfile(settings)

  // A number that is in use in WhatsApp itself.
  await settings.isAt('number')
  await settings.id('number-new').click()
  await settings.id('number-country').fill('44')
  await settings.id('number-input').fill(signupFacts.messengerNumber)
  await settings.id('number-add').click()
  await settings.fails('number_in_use')
  await settings.id('number-existing').click()
  await chooseNumber(settings, demoMeta.phoneNumberId)

  // Too many codes, a wrong code, a wrong PIN.
  await refuseOnce('request_code', 136024, 'A verification code was requested too many times.')
  await settings.id('code-send').click()
  await settings.fails('too_many_codes')
  await settings.id('failure-action').click()
  await settings.id('code-box').first().waitFor()
  const code = await codeSentTo(suite.sandbox, digitsOf(demoMeta.displayPhoneNumber))
  await settings.typeCode(code === '000000' ? '000001' : '000000')
  await settings.id('code-verify').click()
  await settings.fails('code_wrong')
  await settings.typeCode(code)
  await settings.id('code-verify').click()
  await settings.id('register').waitFor()
  await refuseOnce('register', 133005)
  await settings.id('register').click()
  await settings.fails('pin_wrong')
  await settings.typeCode('246810')
  await settings.id('register').click()

  await makeChannel(settings, 'Support', demoDepartmentIds.support)
  const { status } = await suite.api().call('GET', '/api/setup')
  expect(status).toBe(200)

  async function shareAccountAgain(again: typeof dialog): Promise<void> {
    await again.logIn()
    await again.pick(demoMeta.wabaId, 'none')
    await again.agree()
  }
})
