import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { demoAgentIds, demoMeta } from '../sandbox/demo.ts'
import { chooseSigner } from '../support/settings-window.ts'
import type { SettingsWindow } from '../support/settings-window.ts'
import { startSetupSuite } from '../support/setup-suite.ts'
import type { SetupSuite } from '../support/setup-suite.ts'
import { openDialog, saveProfile, shareAccount } from '../support/wizard.ts'

let suite: SetupSuite

beforeAll(async () => {
  suite = await startSetupSuite(4560)
})
afterEach(async () => {
  await suite.zoho({ isolatedAccounts: false, blockThirdPartyStorage: false })
  await suite.tidy()
})
afterAll(() => suite.stop())

/** In the window: signs in as the administrator and gives the code that is shown at its end. */
async function codeOf(window: Page): Promise<string> {
  await chooseSigner(window, demoAgentIds.ana)
  await window.getByTestId('continue').click()
  return window.getByTestId('code').innerText()
}

/** Resolves to who is signed in then. */
async function paste(settings: SettingsWindow, code: string): Promise<string> {
  await settings.id('sign-in-steps').locator('summary').click()
  await settings.id('sign-in-code').fill(code)
  await settings.id('sign-in-code-submit').click()
  return settings.id('administrator').innerText()
}

it('takes a pasted code where Zoho’s page cuts the tie to the window', async () => {
  await suite.zoho({ isolatedAccounts: true })
  const settings = await suite.settings()
  const window = await settings.openedBy('connect-desk')
  expect(await paste(settings, await codeOf(window))).toContain('Ana Ito')
})

it('takes a pasted code where the browser gives the pane no origin of its own', async () => {
  await suite.zoho({ blockThirdPartyStorage: true })
  const settings = await suite.settings()
  await settings.id('sign-in').click()
  const window = await settings.openedBy('sign-in-continue')
  expect(await paste(settings, await codeOf(window))).toContain('Ana Ito')
})

it('offers a link where the browser blocks the window', async () => {
  const settings = await suite.settings({}, { page: 'topband' })
  await settings.desk.page.addInitScript('window.open = () => null')
  await settings.desk.page.goto(`${suite.sandbox.endpoints.desk}/#settings`)
  await settings.id('sign-in').click()
  await settings.id('sign-in-continue').click()
  await settings.id('popup-blocked').waitFor()
  const window = await settings.openedBy('sign-in-link')
  await chooseSigner(window, demoAgentIds.ana)
  await window.getByTestId('continue').click()
  expect(await settings.id('administrator').innerText()).toContain('Ana Ito')
})

it('goes on in another browser where the first one stopped', async () => {
  const first = await suite.settings()
  await first.id('sign-in').click()
  await first.signIn('sign-in-continue', { agentId: demoAgentIds.ana })
  await shareAccount(await openDialog(first), demoMeta.wabaId)
  await saveProfile(first)
  await first.isAt('number')

  const second = await suite.settings({ locale: 'ja' })
  await second.isAt('number')
  await second.isDone('facebook')
  await second.isDone('profile')
  expect(await second.id('step-facebook').innerText()).toContain('Example Parcels')
})
