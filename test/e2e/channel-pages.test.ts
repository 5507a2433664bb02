import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { demoAgentIds } from '../sandbox/demo.ts'
import { Customer } from '../support/customer.ts'
import type { Look } from '../support/desk-window.ts'
import { pageProblems, violations } from '../support/page-problems.ts'
import type { SettingsWindow } from '../support/settings-window.ts'
import { startSetupSuite } from '../support/setup-suite.ts'
import type { SetupSuite } from '../support/setup-suite.ts'

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
  expect(await pageProblems(desk)).toEqual([])
})

it('says in the composer that an answer takes a place of the trial, and no more once it has', async () => {
  const { pane, ...desk } = await suite.desk({ ticketId, ...ana() })
  await pane.id('limit').waitFor()
  await expect.poll(() => pane.id('limit').innerText()).toContain('0 of 10')
  await pane.answer('On its way')
  await pane.hasStatus('On its way', 'delivered', 'read')
  await pane.id('limit').waitFor({ state: 'detached' })
  await pane.input.waitFor()
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
  await settings.id('channel-preview').filter({ hasText: 'Support Japan' }).waitFor()
  await settings.pane.root.locator('.channel-form details > summary').click()
  expect(await pageProblems(settings.desk)).toEqual([])
})

it('switches off after asking: agents read why they cannot send, what came waits in the inbox; and on again', async () => {
  const settings = await signedIn()
  await settings.id('channel-switch').first().click()
  await settings.id('channel-off-confirm').waitFor()
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
  expect(await pageProblems(inbox)).toEqual([])

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
  expect(await pageProblems(inbox)).toEqual([])
  await inbox.pane.answer('We are here')
  await inbox.pane.hasStatus('We are here', 'delivered', 'read')
  await inbox.page.setViewportSize({ width: 320, height: 800 })
  await inbox.pane.id('inbox-back').click()
  await inbox.pane.id('inbox-row').first().waitFor()
  await inbox.pane.id('composer').waitFor({ state: 'hidden' })
})
