import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { demoAgentIds } from '../sandbox/demo.ts'
import type { Customer } from '../support/customer.ts'
import type { DeskWindow, Look, Pane } from '../support/desk-window.ts'
import { writeEverything } from '../support/everything.ts'
import { violations } from '../support/page-problems.ts'
import { startPaneSuite } from '../support/pane-suite.ts'
import type { PaneSuite } from '../support/pane-suite.ts'
import { eventually } from '../support/wait.ts'

const RTL = 'ar-XB'

let suite: PaneSuite
let customer: Customer
let ticketId: string

/** One conversation with everything in it: each kind from the customer, answers that were read, that failed and that wait. */
beforeAll(async () => {
  suite = await startPaneSuite(4540)
  customer = suite.customer('Vera Various 田中')
  await writeEverything(customer)
  ticketId = await customer.ticketId()
  const { pane } = await suite.desk({ ticketId })
  await pane.answer('On its *way*')
  await pane.hasStatus('On its way', 'delivered')
  await customer.change({ failCode: 135000 })
  await pane.answer('This one fails')
  await pane.hasStatus('This one fails', 'failed')
  await customer.change({ failCode: null })
  await customer.write('Thank you!')
  await pane.message('Thank you!').waitFor()
  await suite.tidy()
})
afterEach(() => suite.tidy())
afterAll(() => suite.stop())

async function open(look: Look = {}, at = ticketId): Promise<DeskWindow> {
  const desk = await suite.desk({ ticketId: at, look })
  await desk.pane.message('Thank you!').waitFor()
  return desk
}

const inPane = <Value>(pane: Pane, read: (html: HTMLElement) => Value): Promise<Value> =>
  pane.root.locator('html').evaluate(read)

/** Turns the wheel until an older message is in view. */
async function scrollTo(desk: DeskWindow, text: string): Promise<void> {
  await eventually(`"${text}" in view`, async () => {
    await desk.wheel(-1_500)
    return desk.pane.message(text).isVisible()
  })
}

describe('axe finds nothing', () => {
  it.each<[string, Look]>([
    ['light', {}],
    ['dark', { appearance: 'dark' }],
    ['pure dark', { appearance: 'pureDark', theme: 'red' }],
    ['right to left', { locale: RTL, theme: 'green' }],
  ])('in %s, at 320 px and at 480 px, at the end and at the beginning', async (_, look) => {
    const desk = await open(look)
    await desk.panelWidth(320)
    expect(await violations(desk)).toEqual([])
    await desk.panelWidth(480)
    await scrollTo(desk, 'I saw your ad')
    expect(await violations(desk)).toEqual([])
  })

  it('in the list of shortcuts, for readers, in a closed window and without a conversation', async () => {
    const desk = await open({ appearance: 'dark' })
    await desk.pane.id('shortcuts-button').click()
    await desk.pane.id('shortcuts').waitFor()
    expect(await violations(desk)).toEqual([])
    const max = await open({ agent: demoAgentIds.max })
    expect(await violations(max)).toEqual([])
    const late = suite.customer('Lea Late')
    await late.write('Thank you!', { timestamp: Math.floor(suite.sandbox.clock.now() / 1_000) - 90_000 })
    const closed = await open({}, await late.ticketId())
    await closed.pane.id('window-closed').waitFor()
    expect(await violations(closed)).toEqual([])
    await desk.id('back').click()
    await desk.id('new-ticket').click()
    await desk.id('new-ticket-subject').fill('By e-mail')
    await desk.id('new-ticket-create').click()
    await desk.pane.id('no-conversation').waitFor()
    expect(await violations(desk)).toEqual([])
  })
})

describe('nothing sticks out', () => {
  const overflows = (pane: Pane): Promise<string[]> =>
    inPane(pane, () => {
      const width = document.documentElement.clientWidth
      const wide = document.documentElement.scrollWidth > width ? ['the page'] : []
      const feed = document.querySelector('[role="feed"]')
      const thread = feed !== null && feed.scrollWidth > feed.clientWidth ? ['the thread'] : []
      const controls = [...document.querySelectorAll('button, textarea, a[href], summary, video, audio, img')]
      const outside = controls
        .filter((element) => {
          const { left, right, width: own } = element.getBoundingClientRect()
          return own > 1 && (left < -1 || right > width + 1)
        })
        .map((element) => `${element.tagName} ${element.getAttribute('data-testid') ?? element.className}`)
      return [...wide, ...thread, ...outside]
    })

  it.each(['en', 'ja', RTL])('at 480 px, 320 px, and at 320 px zoomed twice, in %s', async (locale) => {
    const desk = await open({ locale })
    for (const width of [480, 320, 160]) {
      await desk.panelWidth(width)
      for (const place of [0, 1_200, 1_000_000]) {
        await desk.pane.id('thread').evaluate((feed, top) => feed.scrollTo(0, top), place)
        await desk.pane.id('message').first().waitFor()
        await expect.poll(() => overflows(desk.pane), { message: `${width} px at ${place}` }).toEqual([])
      }
      await desk.pane.input.waitFor()
    }
  })

  it('also with letters of twice the size', async () => {
    const desk = await open()
    await desk.panelWidth(320)
    await inPane(desk.pane, (html) => html.style.setProperty('font-size', '200%'))
    await expect.poll(() => overflows(desk.pane)).toEqual([])
    await desk.pane.input.waitFor()
    await desk.pane.message('Thank you!').waitFor()
  })
})

describe('the pane looks as Desk looks', () => {
  const background = (pane: Pane): Promise<string> =>
    inPane(pane, () => getComputedStyle(document.body).backgroundColor)
  const becomes = (pane: Pane, colour: string): Promise<unknown> =>
    eventually(`the background ${colour}`, async () => (await background(pane)) === colour)

  it('and follows appearance, theme and font while it is open', async () => {
    const desk = await open()
    const { pane, page } = desk
    await pane.write('half a sentence')
    await inPane(pane, (html) => html.setAttribute('data-same-page', 'yes'))
    await becomes(pane, 'rgb(255, 255, 255)')
    const tint = () =>
      pane
        .message('On its way')
        .locator('.bubble')
        .evaluate((bubble) => getComputedStyle(bubble).backgroundColor)
    const blue = await tint()

    await desk.display('appearance', 'dark')
    await becomes(pane, 'rgb(35, 43, 56)')
    await desk.display('appearance', 'pureDark')
    await becomes(pane, 'rgb(33, 33, 33)')
    await page.emulateMedia({ colorScheme: 'dark' })
    await desk.display('appearance', 'auto')
    await becomes(pane, 'rgb(35, 43, 56)')
    await page.emulateMedia({ colorScheme: 'light' })
    await becomes(pane, 'rgb(255, 255, 255)')

    await desk.display('theme', 'green')
    await eventually('a green tint', async () => (await tint()) !== blue)
    await desk.display('font', 'Lato')
    await eventually('Lato', () => inPane(pane, () => getComputedStyle(document.body).fontFamily.startsWith('lato')))
    expect(await inPane(pane, (html) => html.getAttribute('data-same-page'))).toBe('yes')
    await expect.poll(() => pane.input.inputValue()).toBe('half a sentence')
  })

  it('and speaks its language', async () => {
    const desk = await open()
    const { pane } = desk
    await pane.root.locator('[placeholder="Write a message…"]').waitFor()
    await pane.write('half a sentence')
    await desk.display('locale', 'ja')
    await pane.root.locator('[placeholder="メッセージを入力…"]').waitFor()
    await expect.poll(() => inPane(pane, (html) => html.lang)).toBe('ja')
    await expect.poll(() => pane.id('window').innerText()).toMatch(/^残り2[34]時間/)
    await expect.poll(() => pane.input.inputValue()).toBe('half a sentence')
    await pane.message('Thank you!').waitFor()
    await pane.write('')
  })

  it('and mirrors where its language runs from the right', async () => {
    const { pane } = await open({ locale: RTL })
    await expect.poll(() => inPane(pane, (html) => html.dir)).toBe('rtl')
    await pane.atRest()
    const theirs = await pane.message('Thank you!').locator('.bubble').boundingBox()
    const ours = await pane.message('On its way').locator('.bubble').boundingBox()
    if (theirs === null || ours === null) throw new Error('no bubbles')
    expect(theirs.x + theirs.width).toBeGreaterThan(ours.x + ours.width + 50)
    const send = await pane.id('send').boundingBox()
    const box = await pane.input.boundingBox()
    expect(send?.x ?? 0).toBeLessThan(box?.x ?? 0)
  })

  it.each<['reduce' | 'no-preference', boolean]>([
    ['no-preference', true],
    ['reduce', false],
  ])('and moves only where one wants it (%s)', async (reducedMotion, moves) => {
    const { pane } = await suite.desk({ ticketId, options: { reducedMotion } })
    const bubble = pane.root.locator('.bubble').last()
    const seconds = await bubble.evaluate((element) => Number.parseFloat(getComputedStyle(element).animationDuration))
    expect(seconds > 0.05).toBe(moves)
  })
})

describe('the place in the thread', () => {
  /** How far the live end is below the view. */
  const leftBelow = (pane: Pane): Promise<number> =>
    pane.id('thread').evaluate((feed) => feed.scrollHeight - feed.clientHeight - feed.scrollTop)

  it.each<'reduce' | 'no-preference'>(['no-preference', 'reduce'])(
    'is the live end at first (motion: %s)',
    async (motion) => {
      const { pane } = await suite.desk({ ticketId, options: { reducedMotion: motion } })
      await pane.id('message').first().waitFor()
      await pane.atRest()
      await pane.message('Thank you!').waitFor()
      await expect.poll(() => leftBelow(pane)).toBeLessThan(2)
    },
  )

  it('keeps to the live end while one writes and presses things', async () => {
    const talker = suite.customer('Fay Follow')
    const firstId = await talker.write('The very first words')
    const { pane } = await suite.desk({ ticketId: await talker.ticketId() })
    const arrives = async (message: Record<string, unknown>): Promise<void> => {
      const before = await talker.conversation()
      await talker.send(message)
      await eventually('its arrival', async () => (await talker.conversation()).change > before.change)
    }
    await arrives({ text: 'one\ntwo\nthree\nfour\nfive\nsix' })
    await arrives({ text: 'I mean this', context: { id: firstId } })
    await pane.message('I mean this').locator('.quote').click()
    await pane.answer('I see')
    await pane.hasStatus('I see', 'delivered')
    await pane.message('I mean this').locator('.quote').click()
    // One right after the other: each comes while the rows before it are still being measured.
    for (const text of ['Look at that', 'and that', 'and at that'])
      await arrives({ text, context: { forwarded: true } })
    const referral = { source_url: 'https://fb.me/x', source_type: 'ad', headline: 'Sale', body: 'All half price' }
    const product = { id: firstId, referred_product: { catalog_id: '1', product_retailer_id: 'sku-9' } }
    for (const text of ['How much?', 'And this?']) await arrives({ text, context: product })
    for (const text of ['I saw your ad', 'The other one']) await arrives({ text, referral })
    await arrives({ type: 'image', image: { caption: 'A photo' } })
    await arrives({ type: 'document' })
    await pane.root.locator('a.file').waitFor()
    await pane.atRest()
    await expect.poll(() => leftBelow(pane)).toBeLessThan(3)
  })

  it('stays where one scrolled, also after the panel was dragged', async () => {
    const desk = await open()
    const feed = desk.pane.id('thread')
    await desk.panelWidth(320)
    await desk.pane.atRest()
    await desk.panelWidth(480)
    await desk.pane.input.focus()
    const toEnd = (): Promise<number> => feed.evaluate((element) => element.scrollHeight - element.scrollTop)
    const isAtTop = (): Promise<boolean> => feed.evaluate((element) => element.scrollTop === 0)
    while (!(await isAtTop())) {
      const before = await toEnd()
      await desk.page.keyboard.press('PageUp')
      await eventually('another place', async () => (await isAtTop()) || (await toEnd()) > before + 100)
      await desk.pane.atRest()
      if (!(await isAtTop())) expect(await toEnd()).toBeGreaterThan(before + 100)
    }
    await expect.poll(() => desk.pane.message('I saw your ad').isVisible()).toBe(true)
  })
})

it('copies the customer’s number', async () => {
  const { pane } = await open()
  const address = pane.id('contact-address').filter({ hasText: '+44' })
  // It says so for a moment only: whoever looks after the press may come too late.
  const copied = address.locator('[role="status"]').filter({ hasText: 'Copied' })
  const [text] = await Promise.all([copied.innerText(), address.click()])
  expect(text).toBe('Copied')
})
