import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { demoAgentIds, demoDepartmentIds, demoMeta } from '../sandbox/demo.ts'
import { pageProblems } from '../support/page-problems.ts'
import { startSetupSuite } from '../support/setup-suite.ts'
import type { SetupSuite } from '../support/setup-suite.ts'
import { codeSentTo, digitsOf } from '../support/signup-dialog.ts'
import { chooseNumber, makeChannel, openDialog, saveProfile, shareAccount } from '../support/wizard.ts'

let suite: SetupSuite

beforeAll(async () => {
  suite = await startSetupSuite(4760)
})
afterEach(() => suite.tidy())
afterAll(() => suite.stop())

it('is readable at every step, in Japanese, from 320 to 1,280 px, in light and in dark', async () => {
  const settings = await suite.settings({ locale: 'ja' })
  await settings.id('connect-desk').waitFor()
  expect(await pageProblems(settings.desk)).toEqual([])
  await settings.signIn('connect-desk', { agentId: demoAgentIds.ana })
  await settings.isAt('facebook')
  expect(await pageProblems(settings.desk)).toEqual([])

  await shareAccount(await openDialog(settings), demoMeta.wabaId)
  await settings.isAt('profile')
  expect(await pageProblems(settings.desk)).toEqual([])
  await saveProfile(settings)

  await settings.isAt('number')
  await settings.id('number-new').click()
  await settings.id('number-migrate').check()
  expect(await pageProblems(settings.desk)).toEqual([])
  await settings.id('number-existing').click()
  expect(await pageProblems(settings.desk)).toEqual([])
  await chooseNumber(settings, demoMeta.phoneNumberId)
  await settings.id('code-send').click()
  await settings.id('code-box').first().waitFor()
  const code = await codeSentTo(suite.sandbox, digitsOf(demoMeta.displayPhoneNumber))
  await settings.typeCode(code === '000000' ? '000001' : '000000')
  await settings.id('code-verify').click()
  await settings.fails('code_wrong')
  expect(await pageProblems(settings.desk)).toEqual([])
  await settings.typeCode(code)
  await settings.id('code-verify').click()
  await settings.id('register').waitFor()
  await settings.id('register-has-pin').click()
  expect(await pageProblems(settings.desk)).toEqual([])
  await settings.id('register').click()

  await settings.isAt('channel')
  await settings.id('channel-save').click()
  expect(await pageProblems(settings.desk)).toEqual([])
  await makeChannel(settings, 'サポート', demoDepartmentIds.support)
  expect(await pageProblems(settings.desk)).toEqual([])
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
  expect(await pageProblems(settings.desk)).toEqual([])
})
