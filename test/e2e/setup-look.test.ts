import { AxeBuilder } from '@axe-core/playwright'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { demoAgentIds, demoDepartmentIds, demoMeta } from '../sandbox/demo.ts'
import type { SettingsWindow } from '../support/settings-window.ts'
import { startSetupSuite } from '../support/setup-suite.ts'
import type { SetupSuite } from '../support/setup-suite.ts'
import { codeSentTo, digitsOf } from '../support/signup-dialog.ts'
import { eventually } from '../support/wait.ts'
import { chooseNumber, makeChannel, openDialog, saveProfile, shareAccount } from '../support/wizard.ts'

const WIDTHS = [320, 640, 1_280]

let suite: SetupSuite

beforeAll(async () => {
  suite = await startSetupSuite(4540)
})
afterEach(() => suite.tidy())
afterAll(() => suite.stop())

/** What axe finds in the pane's frame, as readable lines. */
async function violations({ desk }: SettingsWindow): Promise<string[]> {
  const axe = new AxeBuilder({ page: desk.page }).include(['[data-testid="widget-frame"]', 'html'])
  const { violations: found } = await axe.analyze()
  return found.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`).join(' | ')}`,
  )
}

/** What reaches beyond the pane at any width, and what axe finds, in light and in dark. */
async function problems(settings: SettingsWindow): Promise<string[]> {
  const { page } = settings.desk
  const root = settings.pane.root.locator('html')
  const found: string[] = []
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 900 })
    await eventually(`a pane of ${width} px`, async () => (await root.evaluate(() => window.innerWidth)) === width)
    const used = await root.evaluate((html) => html.scrollWidth)
    if (used > width) found.push(`${used} px wide in a pane of ${width} px`)
    if (width !== 640) found.push(...(await violations(settings)))
  }
  await settings.desk.display('appearance', 'dark')
  found.push(...(await violations(settings)))
  await settings.desk.display('appearance', 'light')
  return found
}

it('is readable at every step, in Japanese, from 320 to 1,280 px, in light and in dark', async () => {
  const settings = await suite.settings({ locale: 'ja' })
  await settings.id('connect-desk').waitFor()
  expect(await problems(settings)).toEqual([])
  await settings.signIn('connect-desk', { agentId: demoAgentIds.ana })
  await settings.isAt('facebook')
  expect(await problems(settings)).toEqual([])

  await shareAccount(await openDialog(settings), demoMeta.wabaId)
  await settings.isAt('profile')
  expect(await problems(settings)).toEqual([])
  await saveProfile(settings)

  await settings.isAt('number')
  await settings.id('number-new').click()
  await settings.id('number-migrate').check()
  expect(await problems(settings)).toEqual([])
  await settings.id('number-existing').click()
  expect(await problems(settings)).toEqual([])
  await chooseNumber(settings, demoMeta.phoneNumberId)
  await settings.id('code-send').click()
  await settings.id('code-box').first().waitFor()
  await settings.typeCode('000000')
  await settings.id('code-verify').click()
  await settings.fails('code_wrong')
  expect(await problems(settings)).toEqual([])
  await settings.typeCode(await codeSentTo(suite.sandbox, digitsOf(demoMeta.displayPhoneNumber)))
  await settings.id('code-verify').click()
  await settings.id('register').waitFor()
  await settings.id('register-has-pin').click()
  expect(await problems(settings)).toEqual([])
  await settings.id('register').click()

  await settings.isAt('channel')
  await settings.id('channel-save').click()
  expect(await problems(settings)).toEqual([])
  await makeChannel(settings, 'サポート', demoDepartmentIds.support)
  expect(await problems(settings)).toEqual([])
})

it.each([
  ['en', 'overview'],
  ['ja', 'numbers'],
  ['ar-XB', 'overview'],
  ['ar-XB', 'numbers'],
  ['ar-XB', 'audit'],
])('is readable afterwards in %s: %s', async (locale, page) => {
  const settings = await suite.settings({ locale })
  await settings.id(`nav-${page}`).click()
  await settings.pane.root.locator('main h1, main h2').first().waitFor()
  expect(await problems(settings)).toEqual([])
})
