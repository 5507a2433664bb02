import type { Browser, Locator, Page } from 'playwright-core'
import { openDesk } from './desk-window.ts'
import { eventually } from './wait.ts'
import type { DeskPlace, DeskWindow, Pane } from './desk-window.ts'

/** The four steps of setting up, in their order. */
export type WizardStep = 'facebook' | 'profile' | 'number' | 'channel'

/** The settings pane in Desk's settings area, as an administrator sees it. */
export class SettingsWindow {
  readonly desk: DeskWindow
  readonly pane: Pane

  constructor(desk: DeskWindow) {
    this.desk = desk
    this.pane = desk.pane
  }

  id(testId: string): Locator {
    return this.pane.id(testId)
  }

  /** Presses a button of the pane that opens a window, and gives that window. */
  async openedBy(testId: string): Promise<Page> {
    const [popup] = await Promise.all([this.desk.page.waitForEvent('popup'), this.id(testId).click()])
    await popup.waitForLoadState()
    return popup
  }

  /** Signs in at Zoho as this agent, in the window a button of the pane opens, and agrees to everything. */
  async signIn(testId: 'connect-desk' | 'sign-in-continue', signer: { agentId: string }): Promise<void> {
    const popup = await this.openedBy(testId)
    await chooseSigner(popup, signer.agentId)
    const closed = popup.waitForEvent('close')
    await popup.getByTestId('continue').click()
    await closed
  }

  /** Waits until a step of the wizard is open. */
  async isAt(step: WizardStep): Promise<void> {
    await this.pane.root.locator(`[data-testid="step-${step}"][data-state="current"]`).waitFor()
  }

  /** Waits until a step of the wizard is done. */
  async isDone(step: WizardStep): Promise<void> {
    await this.pane.root.locator(`[data-testid="step-${step}"][data-state="done"]`).waitFor()
  }

  /** Waits for the note that setting up failed for this reason. */
  async fails(key: string): Promise<Locator> {
    const note = this.pane.root.locator(`[data-testid="failure"][data-key="${key}"]`)
    await note.waitFor()
    return note
  }

  /** Waits until the focus is on this part of what a test id names. */
  async stands(testId: string, selector: string): Promise<void> {
    const part = this.id(testId).locator(selector)
    await eventually(`the focus on ${selector} of ${testId}`, () =>
      part.evaluate((element) => element === document.activeElement),
    )
  }

  /** Types the code into the six boxes as a person does, who begins in the first. */
  async typeCode(code: string): Promise<void> {
    await this.id('code-box').first().click()
    await this.desk.page.keyboard.type(code)
  }
}

/** On Zoho's page: who signs in, and that they agree. */
export async function chooseSigner(popup: Page, agentId: string): Promise<void> {
  await popup.getByTestId(`signer-${agentId}`).check()
  await popup.getByTestId('accept').click()
}

/** Opens Desk's settings area as an agent. */
export async function openSettings(browser: Browser, desk: string, place: DeskPlace = {}): Promise<SettingsWindow> {
  return new SettingsWindow(await openDesk(browser, desk, { page: 'settings', ...place }))
}
