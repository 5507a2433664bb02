/** Makes docs/workbench.png: the demo conversation, played in the sandbox and photographed. */
import { join } from 'node:path'
import type { FrameLocator } from 'playwright-core'
import { demoApi, startSuiteSandbox } from '../../test/support/suite-sandbox.ts'
import { launchBrowser } from '../../test/support/browser.ts'
import { eventually } from '../../test/support/wait.ts'
import { ROOT } from '../gate/command.ts'

const sandbox = await startSuiteSandbox(4900)
const browser = await launchBrowser()
try {
  const page = await browser.newPage({ viewport: { width: 1440, height: 860 }, deviceScaleFactor: 2 })
  await page.goto(sandbox.endpoints.workbench)
  const phone = page.frameLocator('[data-testid=phone-frame]')
  const desk = page.frameLocator('[data-testid=desk-frame]')
  const pane = desk.frameLocator('[data-testid=widget-frame]')
  await write(phone, 'Hello, where is my parcel? It was due on Tuesday.')
  await desk.getByTestId('ticket-link').first().click()
  await pane.getByTestId('message').first().waitFor()
  await answer(pane, 'Hello Sakura! It left our depot this morning and is *on its way*.')
  await write(phone, 'Great, thank you! Can you leave it with my neighbour?')
  await answer(pane, 'Of course. The driver rings next door if nobody opens.')
  await eventually('everything in the ticket and read', async () => {
    const [conversation] = await demoApi(sandbox).conversations()
    const messages = conversation === undefined ? [] : await demoApi(sandbox).messages(conversation.id)
    return messages.length === 4 && messages.every((message) => message.isInTicket)
  })
  await desk.getByTestId('comment').last().waitFor()
  await page.screenshot({ path: join(ROOT, 'docs', 'workbench.png') })
} finally {
  await browser.close()
  await sandbox.stop()
}

async function write(phone: FrameLocator, text: string): Promise<void> {
  await phone.getByTestId('phone-composer').fill(text)
  await phone.getByTestId('phone-send').click()
  await phone.getByText(text).waitFor()
}

async function answer(pane: FrameLocator, text: string): Promise<void> {
  await pane.getByTestId('composer-input').fill(text)
  await pane.getByTestId('composer-input').press('Enter')
  await pane.locator('[data-testid=message][data-direction=out]').last().locator('[data-status=read]').waitFor()
}
