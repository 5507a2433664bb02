import { AxeBuilder } from '@axe-core/playwright'
import type { Locator } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { archiveListSchema, archivePeopleSchema } from '../../contract/index.ts'
import type { Administrator } from '../sandbox/administrator.ts'
import { demoAgentIds, demoDepartmentIds, demoMeta } from '../sandbox/demo.ts'
import { signupFacts } from '../sandbox/meta/signup/facts.ts'
import { FacebookWindow, signUp } from '../support/facebook-calls.ts'
import type { Look } from '../support/desk-window.ts'
import { pageProblems, violations } from '../support/page-problems.ts'
import type { SettingsWindow } from '../support/settings-window.ts'
import { startSetupSuite } from '../support/setup-suite.ts'
import type { SetupSuite } from '../support/setup-suite.ts'
import { control, deskState } from '../support/suite-sandbox.ts'
import { eventually } from '../support/wait.ts'
import { dialogOf, makeChannel } from '../support/wizard.ts'

/** A number that stays in the Business app: what was written there, and is, in the settings pane. */

const olivia = '+447700900180'
const sakura = '+819012345678'

let suite: SetupSuite

beforeAll(async () => {
  suite = await startSetupSuite(4740, { mode: 'demo' })
})
afterEach(() => suite.tidy())
afterAll(() => suite.stop())

function coexistent(): { id: string } {
  const { numbers } = suite.sandbox.meta.deps.world.state
  const number = Object.values(numbers).find(({ isOnBizApp }) => isOnBizApp === true)
  if (number === undefined) throw new Error('no number of the Business app is connected')
  return number
}

const ticketCount = async (): Promise<number> => (await deskState(suite.sandbox)).tickets.length
const person = ({ pane }: SettingsWindow, phone: string): Locator =>
  pane.root.locator(`[data-testid="archive-person"][data-phone="${phone}"]`)
const bubble = ({ pane }: SettingsWindow, text: string): Locator => pane.id('archive-message').filter({ hasText: text })

/** The archive of the number, opened as an administrator does. */
async function openArchive(look: Look = {}): Promise<SettingsWindow> {
  const settings = await suite.settings(look)
  await settings.id('nav-numbers').click()
  await settings.pane.root.locator(`[data-number-id="${coexistent().id}"] [data-testid="number-archive"]`).click()
  await settings.id('archive').waitFor()
  return settings
}

/** Connects the number, once more where it is, with or without its chats. */
async function connectByCalls(admin: Administrator, sharesHistory: boolean): Promise<void> {
  const window = await FacebookWindow.open(suite.sandbox, admin, true)
  const actions = [
    { do: 'login', userId: signupFacts.userId },
    { do: 'business', businessId: demoMeta.businessId },
    { do: 'app', phone: signupFacts.businessAppNumber, sharesHistory },
  ]
  const featureType = 'whatsapp_business_app_onboarding'
  const attempt = await window.answer(await signUp(suite.sandbox, actions, { featureType }))
  expect(attempt).toMatchObject({ state: 'done' })
}

it('comes with a number that stays in the Business app, people and chats, and no ticket', async () => {
  const before = await ticketCount()
  const settings = await suite.settings()
  await settings.id('sign-in').click()
  await settings.signIn('sign-in-continue', { agentId: demoAgentIds.ana })
  await settings.id('nav-numbers').click()
  await settings.id('connect-account').click()
  await settings.id('facebook-coexistence').check()
  const window = await settings.openedBy('facebook-open')
  const dialog = await dialogOf(window)
  await dialog.isAt('LOGIN')
  await dialog.next()
  await dialog.isAt('BUSINESS_ACCOUNT_SELECTION')
  await dialog.next()
  await dialog.isAt('PHONE_NUMBER_SETUP')
  await dialog.id('phone').fill(signupFacts.businessAppNumber)
  await dialog.next()
  const closed = window.waitForEvent('close')
  await dialog.agree()
  await closed

  // The history waits for the number's channel: only then it is known whose it is.
  await settings.isDone('facebook')
  const number = await eventually('the number', () => coexistent().id)
  const row = settings.pane.root.locator(`[data-testid="number-row"][data-number-id="${number}"]`)
  await settings.id('nav-numbers').click()
  await row.locator('[data-testid="number-archive"]').click()
  await settings.id('archive-waiting').waitFor()
  await settings.id('archive-make-channel').click()
  await makeChannel(settings, 'Depot', demoDepartmentIds.sales)
  await settings.id('nav-numbers').click()
  await row.locator('[data-testid="number-archive"]').click()
  await settings.pane.root.locator('[data-testid="archive"][data-history="complete"]').waitFor()

  // Latest first: Olivia wrote today, Sakura months ago; the names are those of the app's address book.
  await person(settings, sakura).filter({ hasText: 'Sakura Tanaka' }).waitFor()
  await person(settings, olivia).filter({ hasText: 'Olivia Brown' }).filter({ hasText: 'Thank you!' }).waitFor()
  const order = () => settings.id('archive-person').evaluateAll((rows) => rows.map(({ dataset }) => dataset['phone']))
  await expect.poll(order).toEqual([olivia, sakura])

  // Parts of the history come in any order.
  await person(settings, olivia).click()
  for (const text of ['My parcel is too big for the box.', 'We keep it here for you.', 'Photo', 'Thank you!'])
    await bubble(settings, text).waitFor()
  const sides = () =>
    settings.id('archive-message').evaluateAll((rows) => rows.map(({ dataset }) => dataset['direction']))
  await expect.poll(sides).toEqual(['in', 'out', 'in', 'in'])
  await bubble(settings, 'We keep it here for you.').locator('[data-status="read"]').waitFor()
  expect(await settings.id('archive-day').count()).toBeGreaterThanOrEqual(2)

  // What is written in the app while the number is connected comes by an echo, into the open conversation too.
  await control(suite.sandbox.endpoints.meta, 'echo', { phoneNumberId: coexistent().id, to: olivia, text: 'Come by!' })
  await bubble(settings, 'Come by!').waitFor()
  await person(settings, olivia).filter({ hasText: 'Us: Come by!' }).waitFor()
  expect(await ticketCount()).toBe(before)
  expect(await suite.api().conversations(olivia)).toEqual([])
})

it.each([
  ['en', 'the list'],
  ['ja', 'a conversation'],
  ['ar-XB', 'a conversation'],
])('is readable from 320 to 1,280 px in %s: %s', async (locale, what) => {
  const settings = await openArchive({ locale })
  await person(settings, olivia).waitFor()
  if (what === 'a conversation') {
    await person(settings, olivia).click()
    await bubble(settings, 'Come by!').waitFor()
  }
  expect(await pageProblems(settings.desk)).toEqual([])
})

it('is worked by the keyboard and searched', async () => {
  const settings = await openArchive()
  const { page } = settings.desk
  await person(settings, sakura).focus()
  await page.keyboard.press('Enter')
  const heading = settings.id('archive-chat').locator('h2')
  await eventually('the focus in the conversation', () => heading.evaluate((node) => document.activeElement === node))
  await page.keyboard.press('Escape')
  await settings.id('archive-chat').waitFor({ state: 'detached' })
  await eventually('the focus back on the row', () =>
    person(settings, sakura).evaluate((node) => document.activeElement === node),
  )

  await settings.id('archive-search').fill('tanaka')
  await person(settings, olivia).waitFor({ state: 'detached' })
  await expect.poll(() => person(settings, sakura).isVisible()).toBe(true)
  await settings.id('archive-search').fill('07700 900180')
  await person(settings, olivia).waitFor()
  await settings.id('archive-search').fill('nobody at all')
  await settings.id('archive-empty').waitFor()
})

it('is a step away from the ticket of a customer who wrote there earlier, and of nobody else', async () => {
  const wrote = async (from: string, text: string): Promise<string> => {
    await control(suite.sandbox.endpoints.meta, 'inbound', { phoneNumberId: coexistent().id, from, type: 'text', text })
    return eventually(`a ticket of ${from}`, async () => (await suite.api().conversations(from))[0]?.ticket?.id)
  }
  const ticketId = await wrote(olivia, 'I am here')
  const { page, pane } = await suite.desk({ ticketId, look: { agent: demoAgentIds.lea } })
  await pane.id('archive-earlier').click()
  const dialog = pane.id('archive-dialog')
  await dialog.locator('[data-testid="archive-message"]').filter({ hasText: 'Come by!' }).waitFor()
  expect(await dialog.getByText('I am here').count()).toBe(0)
  await pane.isStill()
  const axe = new AxeBuilder({ page }).include(['[data-testid="widget-frame"]', '[data-testid="archive-dialog"]'])
  expect((await axe.analyze()).violations).toEqual([])
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'detached' })

  const other = await wrote('+447700900199', 'Hello')
  const window = await suite.desk({ look: { agent: demoAgentIds.lea } })
  const answer = window.page.waitForResponse(/\/archive\?/)
  await window.page.evaluate((id) => (location.hash = `#ticket/${id}`), other)
  expect(archiveListSchema.parse(await (await answer).json()).items).toEqual([])
  await window.pane.message('Hello').waitFor()
  expect(await window.pane.id('archive-earlier').count()).toBe(0)
})

it('says how far the history is, and that it could not be read', async () => {
  const settings = await suite.settings()
  const { page } = settings.desk
  let state: object | null = null
  await page.route('**/archive/people*', async (route) => {
    if (state === null) return route.abort()
    const response = await route.fetch()
    const people = archivePeopleSchema.parse(await response.json())
    return route.fulfill({ response, json: { ...people, items: [], cursor: null, history: state } })
  })
  await settings.id('nav-numbers').click()
  await settings.pane.root.locator(`[data-number-id="${coexistent().id}"] [data-testid="number-archive"]`).click()
  await settings.id('problem-unreachable').waitFor()
  expect(await violations(settings.desk)).toEqual([])

  state = { state: 'none', progress: 0, reason: null }
  await settings.id('try-again').click()
  await settings.id('archive-not-asked').waitFor()
  await settings.id('archive-empty').waitFor()
  expect(await violations(settings.desk)).toEqual([])
  state = { state: 'waiting', progress: 0, reason: null }
  await settings.id('archive-close').click()
  await settings.pane.root.locator(`[data-number-id="${coexistent().id}"] [data-testid="number-archive"]`).click()
  await settings.id('archive-waiting').waitFor()
  // It goes on by itself from here.
  state = { state: 'arriving', progress: 33, reason: null }
  await settings.id('archive-arriving').filter({ hasText: '33 %' }).waitFor()
  expect(await violations(settings.desk)).toEqual([])
  state = { state: 'complete', progress: 100, reason: null }
  await settings.id('archive-arriving').waitFor({ state: 'detached' })
})

it('says that the history is kept on the phone, and how it comes all the same', async () => {
  const admin = await suite.administrator()
  await connectByCalls(admin, false)
  const settings = await openArchive()
  await settings.pane.root.locator('[data-testid="archive"][data-history="declined"]').waitFor()
  await settings.id('archive-declined').waitFor()
  // What came before is still to be read.
  await person(settings, olivia).waitFor()
  expect(await violations(settings.desk)).toEqual([])
  await settings.id('archive-reconnect').click()
  await settings.isAt('facebook')
  await connectByCalls(admin, true)
  const path = `/api/numbers/${coexistent().id}/archive/people`
  await eventually(
    'the history after all',
    async () => (await suite.api().get(path, archivePeopleSchema)).history.state === 'complete',
  )
  await settings.id('nav-numbers').click()
  await settings.pane.root.locator(`[data-number-id="${coexistent().id}"] [data-testid="number-archive"]`).click()
  await settings.pane.root.locator('[data-testid="archive"][data-history="complete"]').waitFor()
})
