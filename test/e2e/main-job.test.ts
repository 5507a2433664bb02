import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Customer } from '../support/customer.ts'
import { Pane } from '../support/desk-window.ts'
import { countIn } from '../support/desk-view.ts'
import { demoAgentIds } from '../sandbox/demo.ts'
import { startPaneSuite } from '../support/pane-suite.ts'
import type { PaneSuite } from '../support/pane-suite.ts'
import { deskState } from '../support/suite-sandbox.ts'
import { eventually } from '../support/wait.ts'

const DAY_MS = 86_400_000

let suite: PaneSuite

beforeAll(async () => {
  suite = await startPaneSuite(4440)
})
afterEach(() => suite.tidy())
afterAll(() => suite.stop())

it('lets a person write as the customer and answer as the agent, all in one ticket', async () => {
  const page = await suite.browser.newPage({ viewport: { width: 1_500, height: 900 } })
  try {
    await page.goto(suite.sandbox.endpoints.workbench)
    const phone = page.frameLocator('[data-testid="phone-frame"]')
    const desk = page.frameLocator('[data-testid="desk-frame"]')
    const pane = new Pane(desk.frameLocator('[data-testid="widget-frame"]'))
    const say = async (text: string): Promise<void> => {
      await phone.getByTestId('phone-composer').fill(text)
      await phone.getByTestId('phone-send').click()
    }

    await say('Where is my parcel? It was due on Tuesday.')
    const link = desk.getByTestId('ticket-link').filter({ hasText: 'Where is my parcel?' })
    await link.waitFor()
    const row = desk.getByTestId('ticket-row')
    await expect.poll(() => row.count()).toBe(1)
    await row.filter({ hasText: 'Sakura Tanaka' }).filter({ hasText: 'WhatsApp' }).waitFor()

    await link.click()
    await pane.message('Where is my parcel?').waitFor()
    await expect.poll(() => desk.getByTestId('ticket-contact').innerText()).toBe('Sakura Tanaka')
    await expect.poll(() => desk.getByTestId('description').innerText()).toContain('It was due on Tuesday.')
    await expect.poll(() => pane.id('contact-name').innerText()).toBe('Sakura Tanaka')
    await expect.poll(() => pane.id('window').innerText()).toMatch(/2[34] h \d+ min left/)

    await pane.id('decision').filter({ hasText: 'was created: first message of this customer' }).waitFor()

    // The phone is open at this chat, so what arrives is read.
    await pane.answer('It is *on its way*.')
    await pane.hasStatus('It is on its way.', 'read')
    const answered = phone.locator('[data-testid="phone-bubble"][data-direction="out"]')
    await expect.poll(() => answered.innerText()).toContain('It is *on its way*.')
    await expect.poll(() => pane.message('It is on its way.').locator('strong').innerText()).toBe('on its way')
    await desk.getByTestId('comment').filter({ hasText: 'It is *on its way*.' }).waitFor()

    await say('Thank you! Which day?')
    await pane.message('Thank you! Which day?').waitFor()
    await desk.getByTestId('comment').filter({ hasText: 'Thank you! Which day?' }).waitFor()
    const { tickets } = await deskState(suite.sandbox)
    expect(tickets).toHaveLength(1)
    expect(tickets[0]?.comments.map(({ isPublic }) => isPublic)).toEqual([false, false])

    await desk.getByTestId('status-closed').click()
    await desk.locator('[data-testid="ticket-status"]').filter({ hasText: 'Closed' }).waitFor()
    await say('One more thing')
    await desk.locator('[data-testid="ticket-status"]').filter({ hasText: 'Open' }).waitFor()
    await pane.id('decision').filter({ hasText: 'was reopened: it was closed only recently' }).waitFor()
    await pane.message('One more thing').waitFor()
    expect((await deskState(suite.sandbox)).tickets).toHaveLength(1)
  } finally {
    await page.close()
  }
})

it('plays sent, delivered and read as they happen, each with a word', async () => {
  const customer = suite.customer('Tia Tick')
  await customer.write('Are you there?')
  await customer.ticketId()
  await customer.change({ isOnline: false })
  const { pane } = await suite.desk({ ticketId: await customer.ticketId() })
  const status = pane.message('Here we are').getByTestId('status')

  await pane.answer('Here we are')
  await pane.hasStatus('Here we are', 'sent')
  await expect.poll(() => status.innerText()).toBe('Sent')
  await customer.change({ isOnline: true })
  await pane.hasStatus('Here we are', 'delivered')
  await expect.poll(() => status.innerText()).toBe('Delivered')
  await customer.read()
  await pane.hasStatus('Here we are', 'read')
  await expect.poll(() => status.innerText()).toBe('Read')
  expect(await customer.received('Here we are')).toBe(1)
})

describe('the next message of a customer', () => {
  type Case = { customer: Customer; ticketId: string; desk: Awaited<ReturnType<PaneSuite['desk']>> }

  /** A customer with a ticket, and Desk open at it. */
  async function begin(name: string): Promise<Case> {
    const customer = suite.customer(name)
    await customer.write(`First words of ${name}`)
    const ticketId = await customer.ticketId()
    const desk = await suite.desk({ ticketId })
    await desk.pane.message(`First words of ${name}`).waitFor()
    return { customer, ticketId, desk }
  }

  const decision = (desk: Case['desk'], name: string, reason: string) =>
    desk.pane.root.locator(`[data-testid="decision"][data-decision="${name}"][data-reason="${reason}"]`).waitFor()

  const statusIs = (desk: Case['desk'], text: string) => desk.id('ticket-status').filter({ hasText: text }).waitFor()

  const commentHas = (desk: Case['desk'], text: string) => desk.id('comment').filter({ hasText: text }).waitFor()

  it('wakes a ticket that is on hold', async () => {
    const { customer, ticketId, desk } = await begin('Holly Hold')
    await desk.id('status-on-hold').click()
    await statusIs(desk, 'On Hold')
    await customer.write('Any news?')
    await statusIs(desk, 'Open')
    await commentHas(desk, 'Any news?')
    await decision(desk, 'reopened', 'on_hold')
    expect(await customer.ticketId()).toBe(ticketId)
  })

  it('stays with spam and leaves it spam', async () => {
    const { customer, ticketId, desk } = await begin('Sam Spam')
    await desk.fromMenu('spam')
    await statusIs(desk, 'Spam')
    await customer.write('Buy now')
    await commentHas(desk, 'Buy now')
    await decision(desk, 'appended', 'spam')
    await statusIs(desk, 'Spam')
    expect(await customer.ticketId()).toBe(ticketId)
  })

  it('makes a new ticket where the last one is in the recycle bin', async () => {
    const { customer, ticketId, desk } = await begin('Tara Trash')
    await desk.fromMenu('trash')
    await statusIs(desk, 'In the recycle bin')
    await customer.write('Still waiting')
    const newId = await customer.ticketId(ticketId)
    await decision(desk, 'created', 'trashed')
    const ticket = await customer.ticket()
    expect(ticket.id).toBe(newId)
    expect(countIn(ticket, 'Still waiting')).toBe(1)
    // The pane stands at the old ticket and says where the conversation goes on.
    await desk.pane.id('older-ticket').getByRole('button').click()
    await desk.id('ticket-subject').filter({ hasText: 'Still waiting' }).waitFor()
    await desk.pane.id('older-ticket').waitFor({ state: 'detached' })
  })

  it('makes a new ticket where the last one was deleted for good', async () => {
    const { customer, ticketId, desk } = await begin('Dee Deleted')
    await desk.fromMenu('trash')
    await desk.id('delete').click()
    await desk.id('ticket-gone').waitFor()
    await customer.write('Hello again')
    const newId = await customer.ticketId(ticketId)
    await desk.page.evaluate((id) => (location.hash = `#ticket/${id}`), newId)
    await desk.pane.message('Hello again').waitFor()
    await decision(desk, 'created', 'deleted')
    expect(countIn(await customer.ticket(), 'Hello again')).toBe(1)
  })

  it('follows its ticket into another department, out of the first one’s sight', async () => {
    const { customer, ticketId, desk } = await begin('Mo Moved')
    const ken = await suite.desk({ ticketId, look: { agent: demoAgentIds.ken } })
    await ken.pane.message('First words of Mo Moved').waitFor()
    await desk.openMenu()
    await desk.id('move-department').selectOption({ label: 'Sales' })
    await desk.id('ticket-department').filter({ hasText: 'Sales' }).waitFor()
    await ken.id('ticket-gone').waitFor()
    await customer.write('Can I buy two?')
    await commentHas(desk, 'Can I buy two?')
    expect(await customer.ticketId()).toBe(ticketId)
    const lea = await suite.desk({ ticketId, look: { agent: demoAgentIds.lea } })
    await lea.pane.message('Can I buy two?').waitFor()
    await decision(lea, 'appended', 'moved')
    await lea.pane.answer('You can')
    await lea.pane.hasStatus('You can', 'delivered')
  })

  it('follows a merge into the other ticket', async () => {
    const { customer, ticketId, desk } = await begin('Mia Merged')
    await customer.write('Second words')
    await commentHas(desk, 'Second words')
    await desk.id('back').click()
    await desk.id('new-ticket').click()
    await desk.id('new-ticket-subject').fill('Made by hand')
    await desk.id('new-ticket-contact').selectOption({ label: 'Mia Merged' })
    await desk.id('new-ticket-create').click()
    await desk.id('ticket-subject').filter({ hasText: 'Made by hand' }).waitFor()
    const survivorId = /(\d+)$/.exec(desk.page.url())?.[1] ?? ''
    await desk.openMenu()
    await desk.id('merge-id').fill(ticketId)
    await desk.id('merge').click()
    await commentHas(desk, 'Second words')
    await customer.write('Where did it go?')
    await commentHas(desk, 'Where did it go?')
    expect(await customer.ticketId(ticketId)).toBe(survivorId)
    await desk.page.reload()
    await desk.pane.message('Where did it go?').waitFor()
    await decision(desk, 'followed', 'merged')
  })

  it('makes a new ticket once the last one is closed for longer than the channel’s reopen period', async () => {
    const { customer, ticketId, desk } = await begin('Lou Late')
    await desk.id('status-closed').click()
    await statusIs(desk, 'Closed')
    await suite.advance(3 * DAY_MS + 60_000)
    await customer.write('It is me again')
    await customer.ticketId(ticketId)
    const old = await eventually('the old ticket, still closed', async () =>
      (await deskState(suite.sandbox)).tickets.find(({ id }) => id === ticketId),
    )
    expect(old.status).toBe('Closed')
    expect(countIn(old, 'It is me again')).toBe(0)
    await decision(desk, 'created', 'closed_long_ago')
  })
})
