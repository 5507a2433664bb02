import type { Browser, BrowserContextOptions, FrameLocator, Locator, Page } from 'playwright-core'
import { eventually } from './wait.ts'

/** How Desk looks for the agent who sits before it; what is left out is Desk's default. */
export type Look = { agent?: string; locale?: string; appearance?: string; theme?: string; font?: string }

/** Nothing here takes longer, on a busy machine either. */
const PATIENCE_MS = 30_000

/** The ticket pane as a person sees it. */
export class Pane {
  readonly root: FrameLocator

  constructor(root: FrameLocator) {
    this.root = root
  }

  id(testId: string): Locator {
    return this.root.locator(`[data-testid="${testId}"]`)
  }

  /** The bubble that holds this text. */
  message(text: string): Locator {
    return this.id('message').filter({ hasText: text })
  }

  get input(): Locator {
    return this.id('composer-input')
  }

  async write(text: string): Promise<void> {
    await this.input.fill(text)
  }

  async answer(text: string): Promise<void> {
    await this.input.fill(text)
    await this.input.press('Enter')
  }

  /** Waits until our message with this text is that far. */
  async hasStatus(text: string, ...statuses: string[]): Promise<void> {
    const selector = statuses.map((status) => `[data-testid="message"][data-status="${status}"]`).join(', ')
    await this.root.locator(selector).filter({ hasText: text }).waitFor()
  }

  /** Waits until the thread has neither moved nor grown for half a second of frames. */
  async atRest(): Promise<void> {
    await this.id('thread').evaluate(
      (feed) =>
        new Promise<void>((resolve) => {
          let before = ''
          let calmFrames = 0
          const look = (): void => {
            const now = `${feed.scrollTop} ${feed.scrollHeight} ${feed.clientWidth}`
            calmFrames = now === before ? calmFrames + 1 : 0
            before = now
            if (calmFrames >= 30) resolve()
            else requestAnimationFrame(look)
          }
          look()
        }),
    )
  }

  /** Waits until nothing in the pane comes in, fades or changes its colour any more; what goes on for ever does not count. */
  async isStill(): Promise<void> {
    await this.root.locator('html').evaluate(
      () =>
        new Promise<void>((resolve) => {
          let calmFrames = 0
          const ends = ({ effect }: Animation): boolean =>
            Number.isFinite(Number(effect?.getComputedTiming().endTime ?? 0))
          const look = (): void => {
            const isMoving = document.getAnimations().some((one) => one.playState === 'running' && ends(one))
            calmFrames = isMoving ? 0 : calmFrames + 1
            if (calmFrames >= 5) resolve()
            else requestAnimationFrame(look)
          }
          look()
        }),
    )
  }

  /** The texts of all bubbles in the page, in their order. */
  texts(): Promise<string[]> {
    return this.root.locator('[data-testid="message"] .text').allInnerTexts()
  }
}

/** Desk in a browser of its own: one agent at one ticket. */
export class DeskWindow {
  readonly page: Page
  readonly pane: Pane
  /** Errors that no code caught and content that a policy refused, in any frame and in windows opened from here. */
  readonly problems: string[] = []
  #greetings = 0

  constructor(page: Page) {
    this.page = page
    this.pane = new Pane(page.frameLocator('[data-testid="widget-frame"]'))
    this.#watch(page)
    page.context().on('page', (popup) => this.#watch(popup))
    page.on('websocket', (socket) => {
      socket.on('framereceived', ({ payload }) => {
        if (payload.includes('"type":"hello"')) this.#greetings += 1
      })
    })
  }

  /** Waits until the pane follows its conversation: from then on the Worker tells it the time no more. */
  async isLive(): Promise<void> {
    await eventually('the greeting of a live socket', () => this.#greetings > 0)
  }

  #watch(page: Page): void {
    page.on('pageerror', (error) => this.problems.push(error.message))
    page.on('console', (message) => {
      if (/content security policy|refused to/i.test(message.text())) this.problems.push(message.text())
    })
  }

  id(testId: string): Locator {
    return this.page.locator(`[data-testid="${testId}"]`)
  }

  /** Turns the mouse wheel over the thread; up where `px` is negative. */
  async wheel(px: number): Promise<void> {
    const box = await this.pane.id('thread').boundingBox()
    if (box === null) throw new Error('The pane shows no thread')
    await this.page.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
    await this.page.mouse.wheel(0, px)
  }

  /** Presses a button of the ticket's *More* menu. */
  async fromMenu(testId: string): Promise<void> {
    await this.openMenu()
    await this.id(testId).click()
  }

  async openMenu(): Promise<void> {
    const menu = this.id('ticket-menu')
    if ((await menu.getAttribute('open')) === null) await menu.locator('summary').click()
  }

  /** Chooses in Desk's display menu: `locale`, `appearance`, `theme` or `font`. */
  async display(what: string, value: string): Promise<void> {
    const menu = this.id('display')
    if ((await menu.getAttribute('open')) === null) await menu.locator('summary').click()
    await this.id(what).selectOption(value)
    await menu.locator('summary').click()
  }

  /** Makes the right panel this wide; Desk lets agents drag it. */
  async panelWidth(px: number): Promise<void> {
    await this.id('right-panel').evaluate((panel, width) => {
      panel.style.flexBasis = width
      panel.style.border = '0'
    }, `${px}px`)
    await eventually(`a pane of ${px} px`, async () => {
      const width = await this.pane.root.locator('html').evaluate(() => window.innerWidth)
      return width === px
    })
  }
}

export type DeskPlace = {
  ticketId?: string
  page?: 'settings' | 'topband'
  look?: Look
  options?: BrowserContextOptions
}

/** Opens Desk, at a ticket or another page where one is given. The window's context is its own: another browser, nobody's storage. */
export async function openDesk(
  browser: Browser,
  desk: string,
  { ticketId, page, look = {}, options = {} }: DeskPlace,
): Promise<DeskWindow> {
  const context = await browser.newContext({ viewport: { width: 1_280, height: 800 }, ...options })
  context.setDefaultTimeout(PATIENCE_MS)
  const window = new DeskWindow(await context.newPage())
  const hash = ticketId === undefined ? (page ?? '') : `ticket/${ticketId}`
  await window.page.goto(`${desk}/?${new URLSearchParams(look)}#${hash}`)
  return window
}
