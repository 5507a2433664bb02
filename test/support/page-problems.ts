import { AxeBuilder } from '@axe-core/playwright'
import type { DeskWindow } from './desk-window.ts'
import { eventually } from './wait.ts'

const WIDTHS = [320, 640, 1_280]

/** What axe finds in the widget's frame, as readable lines. It looks once nothing there comes in, fades or changes its colour. */
export async function violations({ page, pane }: DeskWindow): Promise<string[]> {
  await pane.isStill()
  const axe = new AxeBuilder({ page }).include(['[data-testid="widget-frame"]', 'html'])
  const { violations: found } = await axe.analyze()
  return found.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`).join(' | ')}`,
  )
}

/** What reaches beyond the page at any width (its parts scroll, never the page itself), and what axe finds, in light and in dark. Leaves the page light. */
export async function pageProblems(desk: DeskWindow): Promise<string[]> {
  const root = desk.pane.root.locator('html')
  const found: string[] = []
  for (const width of WIDTHS) {
    await desk.page.setViewportSize({ width, height: 900 })
    await eventually(`a page of ${width} px`, async () => (await root.evaluate(() => window.innerWidth)) === width)
    await desk.pane.isStill()
    const used = await root.evaluate((html) => html.scrollWidth)
    if (used > width) found.push(`${used} px wide in a page of ${width} px`)
    const below = await root.evaluate((html) => html.scrollHeight - html.clientHeight)
    if (below > 0) found.push(`${below} px more than the page is high, at ${width} px`)
    if (width !== 640) found.push(...(await violations(desk)))
  }
  await becomes(desk, 'dark')
  found.push(...(await violations(desk)))
  await becomes(desk, 'light')
  return found
}

/** Chooses an appearance in Desk and waits until the widget follows. */
async function becomes(desk: DeskWindow, appearance: 'dark' | 'light'): Promise<void> {
  await desk.display('appearance', appearance)
  await desk.pane.root.locator(`html.appearance-${appearance}`).waitFor()
}
