import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { textOf } from '../support/api.ts'
import type { Customer } from '../support/customer.ts'
import type { DeskWindow, Pane } from '../support/desk-window.ts'
import { textCalls } from '../support/journal.ts'
import { startPaneSuite } from '../support/pane-suite.ts'
import type { PaneSuite } from '../support/pane-suite.ts'
import { eventually } from '../support/wait.ts'

const LINES = 600
const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

let suite: PaneSuite

beforeAll(async () => {
  suite = await startPaneSuite(4560)
})
afterEach(() => suite.tidy())
afterAll(() => suite.stop())

async function open(name: string): Promise<{ customer: Customer; desk: DeskWindow; pane: Pane }> {
  const customer = suite.customer(name)
  await customer.writeAll([{ text: 'One' }, { text: 'Two' }, { text: 'Three' }])
  const desk = await suite.desk({ ticketId: await customer.ticketId() })
  await desk.pane.message('Three').waitFor()
  return { customer, desk, pane: desk.pane }
}

/** Which part of the pane has the focus: its test id, and of a message its text too. */
const focus = (pane: Pane): Promise<string> =>
  pane.root.locator('html').evaluate(() => {
    const at = document.activeElement
    const id = at?.getAttribute('data-testid') ?? at?.tagName ?? ''
    return id === 'message' ? `message ${at?.querySelector('.text')?.textContent ?? ''}` : id
  })

const focusIs = (pane: Pane, wanted: string): Promise<unknown> =>
  eventually(`the focus at ${wanted}`, async () => (await focus(pane)) === wanted)

describe('without a mouse', () => {
  it('one gets from the header through the newest message into the box', async () => {
    const { desk, pane } = await open('Tab Tabler')
    await pane.answer('Four')
    await pane.hasStatus('Four', 'delivered')
    await pane.write('x')
    await expect.poll(() => pane.id('send').isEnabled()).toBe(true)
    await pane.root.locator('button, [tabindex="0"]').first().focus()
    await focusIs(pane, 'contact-address')
    for (const stop of ['shortcuts-button', 'message Four', 'reply', 'composer-input', 'send']) {
      await desk.page.keyboard.press('Tab')
      await focusIs(pane, stop)
    }
    await desk.page.keyboard.press('Enter')
    await pane.hasStatus('x', 'delivered')
  })

  it('arrows lead from message to message, R answers one and Escape leads back', async () => {
    const { customer, desk, pane } = await open('Arno Arrow')
    const { keyboard } = desk.page
    await pane.message('Three').focus()
    await keyboard.press('ArrowUp')
    await focusIs(pane, 'message Two')
    await keyboard.press('Home')
    await focusIs(pane, 'message One')
    await keyboard.press('ArrowDown')
    await focusIs(pane, 'message Two')
    await keyboard.press('Enter')
    await focusIs(pane, 'reply')
    await keyboard.press('Escape')
    await focusIs(pane, 'message Two')
    await keyboard.press('r')
    await focusIs(pane, 'composer-input')
    await pane.id('reply-strip').filter({ hasText: 'Two' }).waitFor()
    await keyboard.press('Escape')
    await pane.id('reply-strip').waitFor({ state: 'detached' })
    await pane.message('Two').focus()
    await focusIs(pane, 'message Two')
    await keyboard.press('r')
    await focusIs(pane, 'composer-input')
    await keyboard.type('To the second')
    await keyboard.press('Enter')
    await pane.hasStatus('To the second', 'delivered')
    await pane.message('To the second').locator('.quote').filter({ hasText: 'Two' }).waitFor()
    const { messages } = z
      .object({ messages: z.array(z.looseObject({ id: z.string(), content: z.looseObject({}) })) })
      .parse(await (await fetch(`${suite.sandbox.endpoints.meta}/__sandbox/state`)).json())
    const sent = messages.find(({ content }) => JSON.stringify(content).includes('To the second'))
    const two = (await suite.api().messages((await customer.conversation()).id)).find((one) => textOf(one) === 'Two')
    expect(two?.wamid).toMatch(/^wamid\./)
    expect(JSON.stringify(sent?.content)).toContain(two?.wamid)
  })

  it('? lists the keys, and is a letter in the box', async () => {
    const { desk, pane } = await open('Quinn Question')
    const { keyboard } = desk.page
    await pane.message('Three').focus()
    await focusIs(pane, 'message Three')
    await keyboard.press('?')
    await pane.id('shortcuts').filter({ hasText: 'Reply to the message' }).waitFor()
    await keyboard.press('Escape')
    await pane.id('shortcuts').waitFor({ state: 'detached' })
    await focusIs(pane, 'message Three')
    await pane.input.focus()
    await focusIs(pane, 'composer-input')
    await keyboard.press('?')
    await expect.poll(() => pane.input.inputValue()).toBe('?')
    expect(await pane.id('shortcuts').count()).toBe(0)
  })
})

describe('the box', () => {
  it('sends with Enter, breaks the line with Shift+Enter and grows', async () => {
    const { desk, pane } = await open('Lina Line')
    await pane.input.focus()
    await focusIs(pane, 'composer-input')
    // Another font that comes in later would have other lines.
    await pane.root.locator('html').evaluate(async () => {
      await document.fonts.ready
    })
    const height = () => pane.input.evaluate((box) => box.getBoundingClientRect().height)
    const low = await height()
    await desk.page.keyboard.type('first')
    await desk.page.keyboard.press('Shift+Enter')
    await desk.page.keyboard.type('second')
    await expect.poll(() => pane.input.inputValue()).toBe('first\nsecond')
    await expect.poll(height).toBeGreaterThan(low + 10)
    await desk.page.keyboard.press('Enter')
    await pane.hasStatus('first', 'delivered')
    await expect.poll(() => pane.message('first').locator('.text').innerText()).toBe('first\nsecond')
    expect(await textCalls(suite.sandbox, 'first\nsecond')).toBe(1)
    await expect.poll(height).toBe(low)
    await focusIs(pane, 'composer-input')
  })

  it('sends nothing while an input method composes', async () => {
    const { desk, pane } = await open('Ime Iwata')
    await pane.write('にほんご')
    const enter = (facts: { isComposing: boolean; keyCode: number }) =>
      pane.input.evaluate((box, given) => {
        const key = { key: 'Enter', code: 'Enter', bubbles: true, cancelable: true, ...given }
        box.dispatchEvent(new KeyboardEvent('keydown', key))
      }, facts)
    await enter({ isComposing: true, keyCode: 229 })
    await enter({ isComposing: true, keyCode: 13 })
    // Safari ends the composition before its keydown.
    await enter({ isComposing: false, keyCode: 229 })
    expect(await pane.input.inputValue()).toBe('にほんご')
    await desk.page.keyboard.press('Enter')
    await pane.hasStatus('にほんご', 'delivered')
    expect(await textCalls(suite.sandbox, 'にほんご')).toBe(1)
  })

  it('counts as WhatsApp counts, and holds back what is too long', async () => {
    const { pane } = await open('Connie Count')
    await pane.write(`${'é'.repeat(4_000)}${'😀'.repeat(96)}`)
    await expect.poll(() => pane.id('count').innerText()).toBe('4,096/4,096')
    await pane.write(`${'é'.repeat(4_000)}${'😀'.repeat(98)}`)
    await expect.poll(() => pane.id('count').innerText()).toBe('2 characters too many')
    await expect.poll(() => pane.id('send').isDisabled()).toBe(true)
    await pane.input.press('Enter')
    expect(await pane.message('ééé').count()).toBe(0)
    await pane.answer(`${'é'.repeat(4_000)}${'😀'.repeat(96)}`)
    await pane.hasStatus('ééé', 'delivered')
    expect(await pane.message('ééé').count()).toBe(1)
    expect(await textCalls(suite.sandbox, `${'é'.repeat(4_000)}${'😀'.repeat(96)}`)).toBe(1)
  })

  it('puts marks around what is selected', async () => {
    const { pane } = await open('Mark Marker')
    await pane.write('bold')
    await pane.input.press('ControlOrMeta+a')
    await pane.input.press('ControlOrMeta+b')
    await expect.poll(() => pane.input.inputValue()).toBe('*bold*')
    await pane.input.press('ControlOrMeta+b')
    await expect.poll(() => pane.input.inputValue()).toBe('bold')
  })
})

describe('a long conversation', () => {
  /** A customer who wrote that many lines, a minute apart, the last one just now. */
  async function writer(name: string, count: number): Promise<Customer> {
    const customer = suite.customer(name)
    await customer.writeAll(lines(count, 0))
    const { id } = await customer.conversation()
    await eventually('all lines', async () => (await suite.api().messages(id)).length === count, 60_000)
    return customer
  }

  /** What a ticket does not hold yet when it goes to the bin would begin the next one. */
  async function allInTickets(customer: Customer, count: number): Promise<void> {
    await eventually(`${count} lines, all in a ticket`, async () => {
      const { id } = await customer.conversation()
      const stored = await suite.api().messages(id)
      return stored.length === count && stored.every(({ isInTicket }) => isInTicket)
    })
  }

  function lines(count: number, after: number): { text: string; timestamp: number }[] {
    const now = Math.floor(suite.sandbox.clock.now() / 1_000)
    return Array.from({ length: count }, (_, index) => {
      const number = after + index + 1
      return { text: `Line ${number}.${' and so on'.repeat(number % 17)}`, timestamp: now - (count - index) * 20 }
    })
  }

  const rowCount = (pane: Pane): Promise<number> => pane.root.locator('[data-row]').count()

  /** Starts to watch how far the row at the top of the view moves until older rows came and stand. */
  async function watchReading(pane: Pane): Promise<() => Promise<number>> {
    const feed = pane.id('thread')
    const watched = feed.evaluate(
      (element) =>
        new Promise<number>((resolve) => {
          const top = element.getBoundingClientRect().top
          const rows = [...element.querySelectorAll<HTMLElement>('[data-row]')]
          const key = rows.find((row) => row.getBoundingClientRect().top >= top)?.dataset['row'] ?? ''
          const place = (): number =>
            element.querySelector(`[data-row="${CSS.escape(key)}"]`)?.getBoundingClientRect().top ?? Infinity
          const [begin, height] = [place(), element.scrollHeight]
          let worst = 0
          let framesAfter = 0
          const look = (): void => {
            worst = Math.max(worst, Math.abs(place() - begin))
            if (element.scrollHeight > height) framesAfter += 1
            if (framesAfter > 40) resolve(worst)
            else requestAnimationFrame(look)
          }
          element.setAttribute('data-watched', key)
          look()
        }),
    )
    await pane.root.locator('[data-testid="thread"][data-watched]').waitFor()
    return () => watched
  }

  it(`of ${LINES} lines loads older ones without moving what is read, and holds few rows`, async () => {
    const customer = await writer('Lola Long', LINES)
    const desk = await suite.desk({})
    const { pane, page } = desk
    const gates: (() => void)[] = []
    let isHeld = true
    await page.route('**/messages?*before=*', async (route) => {
      if (isHeld) await new Promise<void>((resolve) => gates.push(resolve))
      await route.continue()
    })
    const ticketId = await customer.ticketId()
    await page.evaluate((id) => (location.hash = `#ticket/${id}`), ticketId)
    await pane.message(`Line ${LINES}.`).waitFor()
    expect(await rowCount(pane)).toBeLessThanOrEqual(150)

    for (let page_ = 1; page_ <= 3; page_ += 1) {
      await eventually('a question for older ones', async () => {
        if (gates.length === 0) await desk.wheel(-700)
        return gates.length > 0
      })
      // The wheel's own way must have come to its end before anything else may be said to move.
      await pane.atRest()
      const moved = await watchReading(pane)
      gates.shift()?.()
      expect(await moved(), `page ${page_}`).toBeLessThanOrEqual(2)
      expect(await rowCount(pane)).toBeLessThanOrEqual(150)
      await pane.id('thread').evaluate((feed) => feed.removeAttribute('data-watched'))
    }

    isHeld = false
    for (const open_ of gates) open_()
    let most = 0
    await eventually(
      'the first line',
      async () => {
        await desk.wheel(-5_000)
        most = Math.max(most, await rowCount(pane))
        return (await pane.message('Line 1.').count()) > 0
      },
      60_000,
    )
    expect(most).toBeLessThanOrEqual(150)
    const first = pane.message('Line 1.')
    await expect.poll(() => first.getAttribute('aria-setsize')).not.toBe('-1')

    // News do not move the reader; the way back says how many there are.
    const scrolled = (): Promise<number> => pane.id('thread').evaluate((feed) => feed.scrollTop)
    await eventually('the very top', async () => {
      await desk.wheel(-5_000)
      return (await scrolled()) === 0
    })
    await pane.atRest()
    await desk.wheel(300)
    await eventually('a little further down', async () => (await scrolled()) > 0)
    await pane.atRest()
    const read = pane.message('Line 12.')
    const before = await read.boundingBox()
    await customer.write('Something new')
    await pane.root.locator('[data-testid="newer-pill"][data-count="1"]').waitFor()
    expect((await read.boundingBox())?.y).toBe(before?.y)
    await pane.id('newer-pill').click()
    await pane.message('Something new').waitFor()
    await eventually('the live end', () =>
      pane.id('thread').evaluate((feed) => feed.scrollHeight - feed.scrollTop - feed.clientHeight < 2),
    )
  })

  it('opens an older ticket where that ticket began', async () => {
    const customer = await writer('Theo Three', 70)
    const firstId = await customer.ticketId()
    await allInTickets(customer, 70)
    const desk = await suite.desk({ ticketId: firstId })
    await desk.fromMenu('trash')
    await desk.id('restore').waitFor()
    await customer.writeAll(lines(70, 70))
    const secondId = await customer.ticketId(firstId)
    await desk.page.evaluate((id) => (location.hash = `#ticket/${id}`), secondId)
    await desk.id('ticket-subject').filter({ hasText: 'Line 71.' }).waitFor()
    await allInTickets(customer, 140)
    await desk.fromMenu('trash')
    await desk.id('restore').waitFor()
    await customer.writeAll(lines(70, 140))
    await customer.ticketId(secondId)
    await desk.page.reload()

    const { pane } = desk
    await pane.message('Line 71.').waitFor()
    await pane.id('older-ticket').waitFor()
    const place = async (): Promise<number> => {
      const row = await pane.message('Line 71.').boundingBox()
      const feed = await pane.id('thread').boundingBox()
      return row === null || feed === null ? Number.NaN : row.y - feed.y
    }
    await eventually('its place at the top of the view', async () => {
      const px = await place()
      return px >= 0 && px < 120
    })
    await pane.atRest()
    expect(await place()).toBeGreaterThanOrEqual(0)
    expect(await place()).toBeLessThan(120)
    await pane.id('newer-pill').click()
    await pane.message('Line 210.').waitFor()
  })

  it('says day and time of what is old', async () => {
    // At noon: no midnight comes between what is written and what is read.
    await suite.advance((1.5 * DAY_MS - (suite.sandbox.clock.now() % DAY_MS)) % DAY_MS)
    const customer = suite.customer('Yuri Yesterday')
    const yesterday = Math.floor((suite.sandbox.clock.now() - 23 * HOUR_MS) / 1_000)
    await customer.write('From yesterday', { timestamp: yesterday - 7_200 })
    await customer.write('From now')
    const { pane } = await suite.desk({ ticketId: await customer.ticketId() })
    await pane.message('From now').waitFor()
    await expect.poll(() => pane.id('day').count()).toBe(2)
    await expect.poll(() => pane.id('day').last().innerText()).toBe('Today')
  })
})

it('tells a screen reader what came, and moves the focus nowhere', async () => {
  const { customer, pane } = await open('Rhea Reader')
  await pane.input.focus()
  await focusIs(pane, 'composer-input')
  const announcer = pane.id('announcer')
  // It is emptied again a second later: what it said is kept beside it.
  await announcer.evaluate((region) => {
    const said: string[] = []
    new MutationObserver(() => {
      said.push(region.textContent)
      region.dataset['said'] = said.join('\n')
    }).observe(region, { childList: true, characterData: true, subtree: true })
  })
  await customer.write('Read me out')
  await expect.poll(() => announcer.getAttribute('data-said')).toContain('Rhea Reader: Read me out')
  await focusIs(pane, 'composer-input')
  const row = pane.message('Read me out')
  await row.waitFor()
  expect(await row.getAttribute('role')).toBe(null)
  expect(await row.evaluate((element) => element.tagName)).toBe('ARTICLE')
  expect(await row.getAttribute('aria-label')).toMatch(/^Rhea Reader, /)
})
