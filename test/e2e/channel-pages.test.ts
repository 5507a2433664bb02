import { AxeBuilder } from '@axe-core/playwright'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { demoAgentIds } from '../sandbox/demo.ts'
import { Customer } from '../support/customer.ts'
import type { DeskWindow, Look } from '../support/desk-window.ts'
import type { SettingsWindow } from '../support/settings-window.ts'
import { startSetupSuite } from '../support/setup-suite.ts'
import type { SetupSuite } from '../support/setup-suite.ts'
import { eventually } from '../support/wait.ts'

const WIDTHS = [320, 640, 1_280]

let suite: SetupSuite
let customer: Customer
let ticketId: string

/** An organisation on the first day of its trial, and a customer who waits. */
beforeAll(async () => {
  suite = await startSetupSuite(4660, { mode: 'trial' })
  customer = new Customer('Sakura Tanaka', suite.sandbox, () => suite.api())
  await customer.write('Where is my parcel?')
  ticketId = await customer.ticketId()
})
afterEach(() => suite.tidy())
afterAll(() => suite.stop())

const ana = (look: Look = {}): { look: Look } => ({ look: { agent: demoAgentIds.ana, ...look } })

/** What axe finds in the widget's frame, as readable lines. */
async function violations({ page }: DeskWindow): Promise<string[]> {
  const axe = new AxeBuilder({ page }).include(['[data-testid="widget-frame"]', 'html'])
  const { violations: found } = await axe.analyze()
  return found.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`).join(' | ')}`,
  )
}

/** What reaches beyond the page at any width, and what axe finds, in light and in dark. */
async function problems(desk: DeskWindow): Promise<string[]> {
  const root = desk.pane.root.locator('html')
  const found: string[] = []
  for (const width of WIDTHS) {
    await desk.page.setViewportSize({ width, height: 900 })
    await eventually(`a page of ${width} px`, async () => (await root.evaluate(() => window.innerWidth)) === width)
    const used = await root.evaluate((html) => html.scrollWidth)
    if (used > width) found.push(`${used} px wide in a page of ${width} px`)
    if (width !== 640) found.push(...(await violations(desk)))
  }
  await desk.display('appearance', 'dark')
  found.push(...(await violations(desk)))
  await desk.display('appearance', 'light')
  return found
}

async function signedIn(look: Look = {}): Promise<SettingsWindow> {
  const settings = await suite.settings(look)
  await settings.id('nav-numbers').click()
  await settings.id('channel-switch').first().waitFor()
  return settings
}

it('shows the overview with its limits and checks, from 320 to 1,280 px', async () => {
  const { desk, pane } = await suite.settings({ locale: 'ja' })
  await pane.id('number-health').first().waitFor()
  await pane.id('trial-days').waitFor()
  await pane.root.locator('.health-card details > summary').first().click()
  expect(await problems(desk)).toEqual([])
})

it('says in the composer that an answer takes a place of the trial, and no more once it has', async () => {
  const { pane, ...desk } = await suite.desk({ ticketId, ...ana() })
  await pane.id('limit').waitFor()
  expect(await pane.id('limit').innerText()).toContain('0 of 10')
  await pane.answer('On its way')
  await pane.hasStatus('On its way', 'delivered', 'read')
  await pane.id('limit').waitFor({ state: 'detached' })
  expect(await pane.input.isVisible()).toBe(true)
  expect(desk.problems).toEqual([])
})

it('edits a channel, takes only real pictures for its icon, and shows how it will look', async () => {
  const settings = await signedIn()
  await settings.id('channel-edit').first().click()
  await settings
    .id('channel-icon')
    .setInputFiles({ name: 'a.png', mimeType: 'image/png', buffer: Buffer.from('<svg/>') })
  await settings.id('channel-icon-error').waitFor()
  const picture = await settings.desk.page.screenshot({ type: 'jpeg' })
  await settings.id('channel-icon').setInputFiles({ name: 'b.gif', mimeType: 'image/gif', buffer: picture })
  await settings.pane.root.locator('[data-testid="channel-preview"] img').waitFor()
  await settings.id('channel-name').fill('Support Japan')
  expect(await settings.id('channel-preview').innerText()).toContain('Support Japan')
  await settings.pane.root.locator('.channel-form details > summary').click()
  expect(await problems(settings.desk)).toEqual([])
})

it('switches off after asking: agents read why they cannot send, what came waits in the inbox; and on again', async () => {
  const settings = await signedIn()
  await settings.id('channel-switch').first().click()
  expect(await violations(settings.desk)).toEqual([])
  await settings.id('channel-off-confirm').click()
  await settings.signIn('sign-in-continue', { agentId: demoAgentIds.ana })
  await settings.pane.root.locator('[data-testid="channel"][data-state="off"]').waitFor()

  const agent = await suite.desk({ ticketId, ...ana() })
  await agent.pane.root.locator('[data-testid="sending-stopped"][data-refusal="channel_off"]').waitFor()
  await agent.panelWidth(320)
  expect(await violations(agent)).toEqual([])
  await customer.write('Hello? Anybody there?')
  const inbox = await suite.desk({ page: 'topband', ...ana() })
  await inbox.pane.id('filter-held').click()
  await inbox.pane.id('inbox-row').waitFor()
  expect(await problems(inbox)).toEqual([])

  await settings.id('channel-switch').first().click()
  await settings.pane.root.locator('[data-testid="channel"][data-state="on"]').waitFor()
  await agent.page.reload()
  await agent.pane.input.waitFor()
})

it('answers in the inbox as in a ticket, from a list that folds', async () => {
  const inbox = await suite.desk({ page: 'topband', ...ana({ locale: 'ar-XB' }) })
  await inbox.pane.id('filter-all').click()
  await inbox.pane.id('inbox-row').first().click()
  await inbox.pane.message('Hello? Anybody there?').waitFor()
  expect(await problems(inbox)).toEqual([])
  await inbox.pane.answer('We are here')
  await inbox.pane.hasStatus('We are here', 'delivered', 'read')
  await inbox.page.setViewportSize({ width: 320, height: 800 })
  await inbox.pane.id('inbox-back').click()
  await inbox.pane.id('inbox-row').first().waitFor()
  expect(await inbox.pane.id('composer').isVisible()).toBe(false)
})
