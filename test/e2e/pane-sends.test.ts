import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { textOf } from '../support/api.ts'
import type { Customer } from '../support/customer.ts'
import { textCalls } from '../support/journal.ts'
import { startPaneSuite } from '../support/pane-suite.ts'
import type { PaneSuite } from '../support/pane-suite.ts'
import { control } from '../support/suite-sandbox.ts'
import { eventually } from '../support/wait.ts'

const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS

let suite: PaneSuite

beforeAll(async () => {
  suite = await startPaneSuite(4500)
})
afterEach(() => suite.tidy())
afterAll(() => suite.stop())

/** A customer with a ticket whose pane is open. `agoMs`: how long ago they wrote. */
async function open(name: string, agoMs = 0) {
  const customer = suite.customer(name)
  const writtenAt = suite.sandbox.clock.now() - agoMs
  await customer.write(`Hello from ${name}`, { timestamp: Math.floor(writtenAt / 1_000) })
  const desk = await suite.desk({ ticketId: await customer.ticketId() })
  await desk.pane.message(`Hello from ${name}`).waitFor()
  return { customer, desk, pane: desk.pane }
}

/** Waits until the Worker holds the last try for failed: what the pane shows may still be the one before. */
async function failed(customer: Customer, text: string): Promise<void> {
  const { id } = await customer.conversation()
  await eventually(`“${text}” failed`, async () =>
    (await suite.api().messages(id)).some((one) => textOf(one) === text && one.status === 'failed'),
  )
}

const calls = (text: string): Promise<number> => textCalls(suite.sandbox, text)

describe('a message that fails', () => {
  it.each([
    ['reported later', false],
    ['refused at once', true],
  ])('because the window is closed is explained (%s)', async (how, windowErrorAtOnce) => {
    await suite.meta({ windowErrorAtOnce })
    const { customer, pane } = await open(`Willa ${how}`)
    await customer.change({ failCode: 131047 })
    await pane.answer('Too late')
    await pane.hasStatus('Too late', 'failed')
    const note = pane.message('Too late').getByTestId('failure')
    await note.filter({ hasText: 'The customer last wrote more than 24 hours ago' }).waitFor()
    await note.locator('summary').click()
    await expect.poll(() => note.innerText()).toContain('131047')
    expect(await note.getByTestId('retry').count()).toBe(0)
    expect(await calls('Too late')).toBeGreaterThan(0)
    const ticket = await eventually('the failure in the ticket', async () => {
      const found = await customer.ticket()
      return found.comments.some(({ content }) => content.includes('Not delivered')) ? found : undefined
    })
    expect(ticket.comments.filter(({ content }) => content.includes('Too late'))).toHaveLength(1)
  })

  it('because the customer cannot be reached is explained', async () => {
    const { customer, pane } = await open('Una Unreachable')
    await customer.change({ failCode: 131026 })
    await pane.answer('Anybody there?')
    await pane.hasStatus('Anybody there?', 'failed')
    const note = pane.message('Anybody there?').getByTestId('failure')
    await expect.poll(() => note.innerText()).toContain('Not delivered. The customer cannot be reached')
    await expect.poll(() => note.innerText()).toContain('Only the customer can change that.')
  })

  it('goes with one new call for each press of Retry', async () => {
    const { customer, pane } = await open('Rey Retry')
    await customer.change({ failCode: 135000 })
    await pane.answer('Try me')
    await pane.hasStatus('Try me', 'failed')
    const retry = pane.message('Try me').getByTestId('retry')
    expect(await calls('Try me')).toBe(1)

    await retry.click()
    await eventually('the second call', async () => (await calls('Try me')) === 2)
    await failed(customer, 'Try me')
    await pane.hasStatus('Try me', 'failed')

    await customer.change({ failCode: null })
    await retry.click()
    await pane.hasStatus('Try me', 'delivered')
    expect(await calls('Try me')).toBe(3)
    expect(await customer.received('Try me')).toBe(1)
    await pane.message('Try me').getByTestId('failure').waitFor({ state: 'detached' })
  })

  it('for a passing reason goes by itself', async () => {
    const { customer, pane } = await open('Tom Transient')
    const body = { error: { message: 'Service unavailable', code: 131016, is_transient: true } }
    const { meta } = suite.sandbox.endpoints
    await control(meta, 'faults', { match: 'POST */messages', kind: 'error', status: 500, body, count: 1 })
    await pane.answer('In a moment')
    await pane.hasStatus('In a moment', 'delivered')
    expect(await customer.received('In a moment')).toBe(1)
    expect(await calls('In a moment')).toBe(2)
  })
})

describe('a message whose answer was lost', () => {
  /** Sends a text of which nobody says what became of it, until the five minutes are over that are waited for a status. */
  async function sendIntoSilence(name: string, text: string, kind: 'timeout' | 'drop') {
    const opened = await open(name)
    await suite.meta({ autoSent: false })
    await control(suite.sandbox.endpoints.meta, 'faults', { match: 'POST */messages', kind, count: 1 })
    await opened.pane.answer(text)
    await eventually('the call', async () => (await calls(text)) === 1)
    await opened.pane.hasStatus(text, 'sending')
    await suite.advance(5 * MINUTE_MS + 1_000)
    await opened.pane.hasStatus(text, 'unknown')
    return opened
  }

  it('is unknown, and counts as arrived when a person says so', async () => {
    const { customer, pane } = await sendIntoSilence('Arno Arrived', 'Did it arrive?', 'timeout')
    const note = pane.message('Did it arrive?').getByTestId('unknown')
    await note.filter({ hasText: 'WhatsApp did not say whether this arrived' }).waitFor()
    await note.getByTestId('settle-again').waitFor()
    await note.getByTestId('settle-arrived').click()
    await note.waitFor({ state: 'detached' })
    expect(await calls('Did it arrive?')).toBe(1)
    expect(await customer.received('Did it arrive?')).toBe(1)
  })

  it('is sent once more when a person says so', async () => {
    const { customer, pane } = await sendIntoSilence('Agnes Again', 'Is it gone?', 'drop')
    expect(await customer.received('Is it gone?')).toBe(0)
    await suite.meta({ autoSent: true })
    await pane.message('Is it gone?').getByTestId('settle-again').click()
    await pane.hasStatus('Is it gone?', 'delivered')
    expect(await calls('Is it gone?')).toBe(2)
    expect(await customer.received('Is it gone?')).toBe(1)
  })

  it('is known again once its status comes', async () => {
    const { pane } = await sendIntoSilence('Lars Later', 'Heard of later', 'timeout')
    await suite.meta({ autoSent: true })
    await pane.hasStatus('Heard of later', 'delivered')
    await pane.id('unknown').waitFor({ state: 'detached' })
    expect(await calls('Heard of later')).toBe(1)
  })
})

describe('the 24-hour window', () => {
  it('warns in time', async () => {
    const { pane } = await open('Ula Urgent', DAY_MS - 20 * MINUTE_MS)
    await expect.poll(() => pane.id('window').getAttribute('data-stage')).toBe('urgent')
    await expect.poll(() => pane.id('window').innerText()).toMatch(/1\d min left/)
    const soon = await open('Sven Soon', DAY_MS - 3 * 60 * MINUTE_MS)
    await expect.poll(() => soon.pane.id('window').getAttribute('data-stage')).toBe('soon')
  })

  it('that closes while one types refuses clearly and gives the text back', async () => {
    const { desk, pane } = await open('Clara Closing', DAY_MS - 2 * MINUTE_MS)
    await pane.write('Just a second')
    // The pane was told the time for the last time and does not know yet: the Worker decides.
    await desk.isLive()
    await suite.advance(3 * MINUTE_MS)
    await pane.input.press('Enter')
    await pane.id('refusal').filter({ hasText: 'The 24-hour window closed before it could go out' }).waitFor()
    expect(await calls('Just a second')).toBe(0)
    // In the box, or quoted in its place once the pane's clock has followed.
    const kept = pane.root.locator('[data-testid="composer-input"], [data-testid="kept-draft"]')
    const text = (): Promise<string> =>
      kept.evaluate((element) => (element instanceof HTMLTextAreaElement ? element.value : element.textContent))
    await expect.poll(text).toContain('Just a second')
  })

  it('that is closed says so, keeps the draft and opens when the customer writes', async () => {
    const { customer, desk, pane } = await open('Otto Over')
    await pane.write('A draft of some length')
    await suite.advance(DAY_MS)
    await pane.id('window-closed').filter({ hasText: 'The 24-hour window is closed' }).waitFor()
    await pane.id('kept-draft').filter({ hasText: 'A draft of some length' }).waitFor()
    await expect.poll(() => pane.id('window').innerText()).toBe('Window closed')
    await desk.page.reload()
    await pane.id('kept-draft').filter({ hasText: 'A draft of some length' }).waitFor()
    await customer.write('Back again')
    await pane.input.waitFor()
    await expect.poll(() => pane.input.inputValue()).toBe('A draft of some length')
    await pane.input.press('Enter')
    await pane.hasStatus('A draft of some length', 'delivered')
  })
})

it('keeps a draft for each ticket', async () => {
  const one = await open('Dana Draft')
  const other = suite.customer('Dave Draft')
  await other.write('Hello from Dave Draft')
  const otherId = await other.ticketId()
  await one.pane.write('For Dana')
  await one.desk.page.evaluate((id) => (location.hash = `#ticket/${id}`), otherId)
  await one.pane.message('Hello from Dave Draft').waitFor()
  await expect.poll(() => one.pane.input.inputValue()).toBe('')
  await one.pane.write('For Dave')
  await one.desk.page.reload()
  await one.pane.message('Hello from Dave Draft').waitFor()
  await expect.poll(() => one.pane.input.inputValue()).toBe('For Dave')
  await one.desk.page.goBack()
  await one.pane.message('Hello from Dana Draft').waitFor()
  await expect.poll(() => one.pane.input.inputValue()).toBe('For Dana')
})
