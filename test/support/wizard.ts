import type { Page } from 'playwright-core'
import type { SettingsWindow } from './settings-window.ts'
import { SignupDialog, codeSentTo, digitsOf } from './signup-dialog.ts'
import type { SetupSuite } from './setup-suite.ts'

/** Meta's dialog, opened from the window that the wizard opens. */
export type OpenDialog = { window: Page; dialog: SignupDialog }

/** Opens the window for Facebook and in it Meta's dialog. */
export async function openDialog(settings: SettingsWindow): Promise<OpenDialog> {
  await settings.isAt('facebook')
  const window = await settings.openedBy('facebook-open')
  return { window, dialog: await dialogOf(window) }
}

/** Meta's dialog, from a window for Facebook that is open. */
export async function dialogOf(window: Page): Promise<SignupDialog> {
  const [popup] = await Promise.all([window.waitForEvent('popup'), window.locator('#start').click()])
  return new SignupDialog(popup)
}

/** Goes through the dialog to the end: an account that is there, its numbers are for later. The window closes by itself. */
export async function shareAccount({ window, dialog }: OpenDialog, wabaId: string): Promise<void> {
  await dialog.logIn()
  await dialog.pick(wabaId, 'none')
  const closed = window.waitForEvent('close')
  await dialog.agree()
  await closed
}

export async function saveProfile(settings: SettingsWindow): Promise<void> {
  await settings.isAt('profile')
  await settings.id('profile-name').fill('Example Parcels')
  await settings.id('profile-vertical').selectOption('RETAIL')
  await settings.id('profile-description').fill('Parcels, delivered.')
  await settings.id('profile-save').click()
}

/** Chooses one of the account's numbers. */
export async function chooseNumber(settings: SettingsWindow, phoneNumberId: string): Promise<void> {
  await settings.isAt('number')
  await settings.pane.root.locator(`[data-number-id="${phoneNumberId}"]`).click()
}

/** Asks for a code where none was asked for, types it and has it checked. */
export async function verifyByCode(suite: SetupSuite, settings: SettingsWindow, phone: string): Promise<void> {
  await settings.id('code-send').click()
  await settings.id('code-box').first().waitFor()
  await settings.typeCode(await codeSentTo(suite.sandbox, digitsOf(phone)))
  await settings.id('code-verify').click()
}

export async function makeChannel(settings: SettingsWindow, name: string, departmentId: string): Promise<void> {
  await settings.isAt('channel')
  await settings.id('channel-name').fill(name)
  await settings.id('channel-department').selectOption(departmentId)
  await settings.id('channel-save').click()
  await settings.id('setup-done').waitFor()
}
