import type { Locator } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Customer } from '../support/customer.ts'
import type { DeskWindow } from '../support/desk-window.ts'
import { startPaneSuite } from '../support/pane-suite.ts'
import type { PaneSuite } from '../support/pane-suite.ts'
import { deskState } from '../support/suite-sandbox.ts'
import { eventually } from '../support/wait.ts'

let suite: PaneSuite

beforeAll(async () => {
  suite = await startPaneSuite(4520)
})
afterEach(() => suite.tidy())
afterAll(() => suite.stop())

const MARKUP =
  '<img src=x onerror="top.pwned=1"><script>top.pwned=1</script><svg onload="pwned=1"></svg><b>bold?</b> &lt;i&gt; &amp;'
/** An address that would run if it became a link. */
const RUNS = ['javascript', 'top.pwned=1'].join(':')
const LONE = 'lone \ud800 and \udfff surrogates'
const OVERRIDE = 'invoice \u202Egnp.exe and \u2066isolated'
const INVISIBLE = '\u200B\u200C\u200D\u2060\uFEFF\u00AD'
const EMOJI = '😀'.repeat(4_096)
const UNBROKEN = 'W'.repeat(4_096)
const ZALGO = `H${'\u0300\u0301\u0302\u0303'.repeat(100)}i`

async function open(customer: Customer): Promise<DeskWindow> {
  const desk = await suite.desk({
    ticketId: await customer.ticketId(),
    options: { viewport: { width: 900, height: 900 } },
  })
  desk.page.on('dialog', (dialog) => {
    desk.problems.push(`a dialog: ${dialog.message()}`)
    void dialog.dismiss()
  })
  await desk.pane.id('message').first().waitFor()
  return desk
}

/** Nothing ran, nothing became an element, nothing sticks out of the pane or of Desk's page. */
async function isHarmless(desk: DeskWindow): Promise<void> {
  await desk.pane.atRest()
  for (const frame of desk.page.frames()) {
    const found = await frame.evaluate(() => ({
      ran: Reflect.has(window, 'pwned'),
      elements: document.querySelectorAll('img[src="x"], svg[onload], [onerror], b, script:not([src])').length,
      overflow: (document.scrollingElement?.scrollWidth ?? 0) - window.innerWidth,
    }))
    expect(found, frame.url()).toMatchObject({ ran: false, elements: 0 })
    expect(found.overflow, frame.url()).toBeLessThanOrEqual(0)
  }
  const sticksOut = (part: Locator): Promise<number> => part.evaluate((list) => list.scrollWidth - list.clientWidth)
  await expect.poll(() => sticksOut(desk.pane.id('thread'))).toBeLessThanOrEqual(0)
  await expect.poll(() => sticksOut(desk.id('conversation'))).toBeLessThanOrEqual(0)
}

describe('a first message', () => {
  it.each([
    ['markup', MARKUP, MARKUP],
    ['lone surrogates', LONE, LONE.toWellFormed()],
    ['direction overrides', OVERRIDE, OVERRIDE],
    ['4,096 emoji', EMOJI, EMOJI],
    ['4,096 letters without a break', UNBROKEN, UNBROKEN],
    ['letters under a hundred accents', ZALGO, ZALGO],
  ])('of %s is the same text in the pane, the ticket and Desk’s page', async (name, text, shown) => {
    const customer = suite.customer(`Hostile ${name}`)
    await customer.write(text)
    const desk = await open(customer)
    await expect.poll(() => desk.pane.id('message').locator('.text').textContent()).toBe(shown)
    const description = desk.id('description').locator('.text')
    const inDesk = async (): Promise<string> => withoutMarks((await description.textContent()) ?? '')
    await expect.poll(inDesk).toContain(withoutMarks(shown))
    expect(await desk.id('ticket-subject').innerText()).not.toBe('')
    await isHarmless(desk)
  })

  it('of zero-width characters alone says what it is', async () => {
    const customer = suite.customer('Zero Width')
    await customer.write('Something to begin with')
    const desk = await open(customer)
    await customer.write(INVISIBLE)
    await desk.pane.id('message').filter({ hasText: 'Message without visible characters' }).waitFor()
    const comment = await eventually('its comment', async () => (await customer.ticket()).comments[0])
    expect(comment.content).toContain('Zero Width')
    await isHarmless(desk)
  })
})

/** Desk's text may leave out the marks that turn the direction, or close what they open: what is read stays the same. */
function withoutMarks(text: string): string {
  return text.replaceAll(/[\u202A-\u202E\u2066-\u2069\u200E\u200F]/gu, '')
}

describe('a later message', () => {
  it('of each kind is the same text in its comment', async () => {
    const customer = suite.customer('Cora Comments')
    await customer.write('Harmless')
    const desk = await open(customer)
    for (const text of [MARKUP, LONE, OVERRIDE]) {
      const shown = text.toWellFormed()
      await customer.write(text)
      const words = withoutMarks(shown)
      await eventually(`"${shown}" in the pane`, async () =>
        (await desk.pane.root.locator('[data-testid="message"] .text').allTextContents()).includes(shown),
      )
      await eventually(`"${shown}" in a comment`, async () =>
        (await desk.id('comment-text').allTextContents()).some((content) => withoutMarks(content).includes(words)),
      )
    }
    await isHarmless(desk)
    const { comments } = await customer.ticket()
    expect(comments.every(({ contentType, isPublic }) => contentType === 'plainText' && !isPublic)).toBe(true)
  })

  it('of 4,096 emoji and of one endless word stays inside the pane and the page', async () => {
    const customer = suite.customer('Lotta Long')
    await customer.write('Harmless')
    const desk = await open(customer)
    await customer.write(EMOJI)
    await customer.write(UNBROKEN)
    await desk.pane.message('WWWW').waitFor()
    await desk.id('comment').filter({ hasText: UNBROKEN }).waitFor()
    await expect.poll(async () => (await desk.id('comment-text').allTextContents()).join('')).toContain(EMOJI)
    // Folded until somebody wants to read it; found whole by a search in the page.
    const long = desk.pane.message('WWWW')
    const more = long.getByRole('button', { name: 'Show all' })
    await more.waitFor()
    await desk.pane.atRest()
    const folded = await long.evaluate((row) => row.getBoundingClientRect().height)
    await more.click()
    await eventually('more of it', () =>
      long.evaluate((row, height) => row.getBoundingClientRect().height > height, folded),
    )
    await isHarmless(desk)
  })
})

describe('names', () => {
  it('of the customer, a file, a card and an ad are text', async () => {
    const customer = suite.customer('<b>Eve</b> \u202Eeve')
    await customer.write('Who am I?')
    const desk = await open(customer)
    await expect.poll(() => desk.pane.id('contact-name').textContent()).toBe('<b>Eve</b> eve')
    await customer.send({ type: 'document', document: { filename: '<img src=x onerror=pwned=1>\u202Efdp.exe' } })
    await customer.send({ type: 'contacts', contacts: [{ name: { formatted_name: MARKUP } }] })
    await customer.send({
      type: 'location',
      location: { latitude: 1, longitude: 2, name: MARKUP, url: RUNS },
    })
    await customer.send({
      type: 'interactive',
      interactive: { type: 'list_reply', list_reply: { id: '1', title: MARKUP, description: MARKUP } },
    })
    await customer.write(`${RUNS} and data:text/html,<script>pwned=1</script>`, {
      referral: { source_url: RUNS, source_type: 'ad', headline: MARKUP, body: MARKUP },
    })
    const id = await customer.write('Last words')
    await customer.send({ type: 'reaction', reaction: { message_id: id, emoji: '<b>!</b>' } })
    await desk.pane.message('Last words').getByTestId('reactions').filter({ hasText: '<b>!</b>' }).waitFor()
    const links = await desk.pane.root.locator('a').evaluateAll((all) => all.map((link) => link.getAttribute('href')))
    expect(links.filter((href) => href === null || !/^https?:\/\//.test(href))).toEqual([])
    await desk.id('comment').filter({ hasText: 'Last words' }).waitFor()
    await isHarmless(desk)
    const ticket = await customer.ticket()
    const contact = (await deskState(suite.sandbox)).contacts.find((one) => one.id === ticket.contactId)
    expect(`${contact?.firstName ?? ''} ${contact?.lastName ?? ''}`).not.toContain('\u202E')
    await desk.id('back').click()
    await desk.id('ticket-row').filter({ hasText: 'Who am I?' }).waitFor()
    await isSafeList(desk)
  })
})

async function isSafeList(desk: DeskWindow): Promise<void> {
  const found = await desk.page.evaluate(() => ({
    ran: Reflect.has(window, 'pwned'),
    elements: document.querySelectorAll('img, b, script:not([src])').length,
  }))
  expect(found).toEqual({ ran: false, elements: 0 })
}
