import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { channelListSchema } from '../../contract/index.ts'
import { demoAgentIds } from '../sandbox/demo.ts'
import { textOf } from '../support/api.ts'
import { Customer } from '../support/customer.ts'
import type { DeskWindow } from '../support/desk-window.ts'
import { textCalls } from '../support/journal.ts'
import type { SettingsWindow } from '../support/settings-window.ts'
import { startSetupSuite } from '../support/setup-suite.ts'
import type { SetupSuite } from '../support/setup-suite.ts'
import { control, deskState } from '../support/suite-sandbox.ts'
import { eventually } from '../support/wait.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
/** One more conversation than an administrator is not asked about. */
const MANY = 21

let suite: SetupSuite
let customer: Customer
let ticketId: string

beforeAll(async () => {
  suite = await startSetupSuite(4940, { mode: 'demo' })
  customer = new Customer('Sakura Tanaka', suite.sandbox, () => suite.api())
  await customer.write('Where is my parcel?')
  ticketId = await customer.ticketId()
})
afterEach(() => suite.tidy())
afterAll(() => suite.stop())

const calls = (text: string): Promise<number> => textCalls(suite.sandbox, text)
const channelIs = (settings: SettingsWindow, state: 'on' | 'off'): Promise<void> =>
  settings.pane.root.locator(`[data-testid="channel"][data-state="${state}"]`).first().waitFor()

/** The settings pane, in which an administrator has proved who they are by switching the channel off and on. */
async function signedIn(): Promise<SettingsWindow> {
  const settings = await suite.settings()
  await settings.id('nav-numbers').click()
  await settings.id('channel-switch').first().click()
  await settings.id('channel-off-confirm').click()
  await settings.signIn('sign-in-continue', { agentId: demoAgentIds.ana })
  await channelIs(settings, 'off')
  await settings.id('channel-switch').first().click()
  await channelIs(settings, 'on')
  return settings
}

async function switchOff(settings: SettingsWindow): Promise<void> {
  await settings.id('channel-switch').first().click()
  await settings.id('channel-off-confirm').click()
  await channelIs(settings, 'off')
}

/** An agent writes answers that wait, because Meta asks the number to come again in five minutes. */
async function answersWait(agent: DeskWindow, texts: readonly string[]): Promise<void> {
  await control(suite.sandbox.endpoints.meta, 'faults', {
    match: 'POST *messages',
    kind: 'error',
    status: 429,
    headers: { 'retry-after': '300' },
    body: { error: { code: 130429, message: '(#130429) Rate limit hit' } },
  })
  for (const text of texts) {
    await agent.pane.answer(text)
    await agent.pane.hasStatus(text, 'queued')
  }
  // Meta has answered the first one, so nothing of them is under way any more.
  const { id } = await customer.conversation()
  await eventually('the answers waiting', async () => {
    const waiting = (await suite.api().messages(id)).filter(({ status }) => status === 'queued').map(textOf)
    return texts.every((text) => waiting.includes(text)) && (await calls(texts[0] ?? '')) === 1
  })
  await fetch(`${suite.sandbox.endpoints.meta}/__sandbox/faults`, { method: 'DELETE' })
}

/** Five minutes are over, whatever Meta asked for. */
const later = (): Promise<unknown> => control(suite.sandbox.endpoints.meta, 'clock', { advanceMs: 6 * MINUTE_MS })

/** Tickets of the people of one series. */
async function ticketsOf(series: string): Promise<number> {
  const { tickets } = await deskState(suite.sandbox)
  return tickets.filter(({ subject, description }) => `${subject} ${description}`.includes(series)).length
}

/** So many new people write while the channel is off; all but the last one 25 hours ago. */
async function manyWrite(series: string): Promise<void> {
  const now = suite.sandbox.clock.now()
  const messages = Array.from({ length: MANY }, (_, index) => ({
    from: `8190${series.length}${series.charCodeAt(0)}${String(index).padStart(4, '0')}`,
    name: `Customer ${series} ${index}`,
    timestamp: Math.floor((index < MANY - 1 ? now - 25 * HOUR_MS : now) / 1_000),
    text: `Hello from ${series}`,
  }))
  await control(suite.sandbox.endpoints.meta, 'inbound/batch', { messages })
}

it('holds what waits: an agent takes one answer back, the other goes once the channel is on', async () => {
  const settings = await signedIn()
  const agent = await suite.desk({ ticketId, look: { agent: demoAgentIds.ana } })
  await agent.pane.message('Where is my parcel?').waitFor()
  await answersWait(agent, ['It left today', 'It is lost'])
  await switchOff(settings)

  await agent.pane.answer('Are you there?')
  await agent.pane.root.locator('[data-testid="sending-stopped"][data-refusal="channel_off"]').waitFor()
  const held = (text: string) => agent.pane.id('held-message').filter({ hasText: text })
  await held('It left today').waitFor()
  await held('It is lost').getByTestId('cancel-held').click()
  await held('It is lost').waitFor({ state: 'detached' })
  await agent.pane.hasStatus('It is lost', 'failed')
  expect(await held('It left today').count()).toBe(1)

  await later()
  await settings.id('channel-switch').first().click()
  await channelIs(settings, 'on')
  await agent.pane.hasStatus('It left today', 'sent', 'delivered', 'read')
  await agent.pane.input.waitFor()
  expect([await calls('It is lost'), await calls('Are you there?')]).toEqual([0, 0])
  expect(await customer.received('It left today')).toBe(1)
})

it('asks what becomes of many conversations: none, those of a day, all', { timeout: 120_000 }, async () => {
  const settings = await signedIn()
  const agent = await suite.desk({ ticketId, look: { agent: demoAgentIds.ana } })
  await agent.pane.message('Where is my parcel?').waitFor()
  await answersWait(agent, ['Too old to be sent'])
  const backlogs = [
    ['none', 'nobody'],
    ['day', 'today'],
    ['all', 'everybody'],
  ] as const
  for (const [backlog, series] of backlogs) {
    await switchOff(settings)
    if (backlog === 'none') await later()
    await manyWrite(series)
    await eventually('all of them held', async () => {
      const { items } = await suite.api().get('/api/channels', channelListSchema)
      return items.some((channel) => channel.held === MANY)
    })
    await settings.id('channel-switch').first().click()
    await settings.id('channel-backlog').locator(`input[value="${backlog}"]`).check()
    await settings.id('channel-on-confirm').click()
    await channelIs(settings, 'on')
    if (backlog === 'none') {
      await agent.pane.hasStatus('Too old to be sent', 'failed')
      const note = agent.pane.message('Too old to be sent').getByTestId('failure')
      await note.locator('summary').click()
      expect(await note.innerText()).toContain('The channel was off when it was to be sent')
      expect(await calls('Too old to be sent')).toBe(1)
      await note.getByTestId('retry').click()
      await agent.pane.hasStatus('Too old to be sent', 'sent', 'delivered', 'read')
    }
  }
  await eventually('a ticket for everybody', async () => (await ticketsOf('everybody')) === MANY, 60_000)
  await eventually('a ticket for who wrote today', async () => (await ticketsOf('today')) === 1)
  expect(await ticketsOf('nobody')).toBe(0)
  // Nobody is lost: they are in the inbox, and their words can be read.
  const all = await suite.api().conversations()
  const nobody = all.filter(({ contact, ticket }) => contact.name.startsWith('Customer nobody') && ticket === undefined)
  expect(nobody).toHaveLength(MANY)
})
