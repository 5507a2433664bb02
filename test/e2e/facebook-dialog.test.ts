import { createServer } from 'node:http'
import type { Server } from 'node:http'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { demoMeta } from '../sandbox/demo.ts'
import { createMeta } from '../sandbox/meta/meta.ts'
import type { Meta } from '../sandbox/meta/meta.ts'
import { signupFacts } from '../sandbox/meta/signup/facts.ts'
import { SandboxClock } from '../sandbox/shared/clock.ts'
import { launchBrowser } from '../support/browser.ts'
import { SignupDialog } from '../support/signup-dialog.ts'
import { eventually } from '../support/wait.ts'

type Seen = { what: string; origin?: string; body: unknown }

let browser: Browser
let meta: Meta
let servers: Server[] = []
let page: Page
let facebook = ''
let opener = ''

/** A page as the Worker serves one: Facebook's script, a button, and a list of what came. */
const pageOf = (script: string): string => `<!doctype html><title>Opener</title><button>Continue</button><script>
window.seen = []
window.fbAsyncInit = () => {
  FB.init({ appId: '${demoMeta.appId}', version: 'v25.0' })
  document.querySelector('button').dataset.ready = 'yes'
}
window.addEventListener('message', ({ origin, data }) => {
  if (typeof data === 'string') window.seen.push({ what: 'event', origin, body: JSON.parse(data) })
})
document.querySelector('button').onclick = () => FB.login((answer) => window.seen.push({ what: 'login', body: answer }), {
  config_id: '${signupFacts.loginConfigId}', response_type: 'code', override_default_response_type: true,
  extras: { setup: {}, featureType: new URLSearchParams(location.search).get('feature') ?? '' },
})
</script><script async src="${script}"></script>`

const originOf = (server: Server): string => {
  const address = server.address()
  return typeof address === 'object' && address !== null ? `http://127.0.0.1:${address.port}` : ''
}

beforeAll(async () => {
  const own = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html')
    response.end(pageOf(`${facebook}/en_US/sdk.js`))
  })
  await new Promise<void>((resolve) => own.listen(0, '127.0.0.1', resolve))
  opener = originOf(own)
  meta = createMeta({
    clock: new SandboxClock(),
    port: 0,
    webhookUrl: `${opener}/webhooks/whatsapp`,
    appSecret: demoMeta.appSecret,
    verifyToken: demoMeta.verifyToken,
    isEmpty: true,
  })
  const metaServer = await meta.listen()
  facebook = originOf(metaServer)
  servers = [own, metaServer]
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser.close()
  meta.stop()
  for (const server of servers) {
    server.closeAllConnections()
    server.close()
  }
})
beforeEach(async () => {
  page = await browser.newPage()
})
afterEach(() => page.close())

async function open(query = ''): Promise<SignupDialog> {
  await page.goto(`${opener}/${query}`)
  await page.locator('button[data-ready="yes"]').waitFor()
  const popup = page.waitForEvent('popup')
  await page.getByRole('button').click()
  return new SignupDialog(await popup)
}

const seen = (): Promise<Seen[]> => page.evaluate<Seen[]>('window.seen')
const allSeen = (count: number): Promise<Seen[]> =>
  eventually(`${count} answers`, async () => {
    const list = await seen()
    return list.length >= count && list
  })
const noAnswer = { what: 'login', body: { status: 'unknown', authResponse: null } }

describe('the script and the dialog, in a browser', () => {
  it('hand over the event and then the code', async () => {
    const dialog = await open()
    await dialog.logIn()
    await dialog.pick(demoMeta.wabaId, demoMeta.secondPhoneNumberId)
    await dialog.agree()
    const [event, login] = await allSeen(2)
    expect(event).toMatchObject({
      what: 'event',
      origin: facebook,
      body: {
        type: 'WA_EMBEDDED_SIGNUP',
        event: 'FINISH',
        data: {
          phone_number_id: demoMeta.secondPhoneNumberId,
          waba_id: demoMeta.wabaId,
          business_id: demoMeta.businessId,
        },
      },
    })
    expect(login).toMatchObject({
      body: { status: 'connected', authResponse: { code: meta.deps.world.state.codes.at(-1)?.code } },
    })
  })

  it('tell where a person left, by the button or by closing the window', async () => {
    const dialog = await open()
    await dialog.signIn()
    await dialog.id('cancel').click()
    const [event, login] = await allSeen(2)
    expect(event?.body).toMatchObject({ event: 'CANCEL', data: { current_step: 'BUSINESS_ACCOUNT_SELECTION' } })
    expect(login).toEqual(noAnswer)

    const other = await open()
    await other.logIn()
    await other.page.close({ runBeforeUnload: true })
    const closed = await allSeen(2)
    expect(closed.find(({ what }) => what === 'event')?.body).toMatchObject({
      data: { current_step: 'WABA_PHONE_PROFILE_PICKER' },
    })
    expect(closed).toContainEqual(noAnswer)
  })

  it('hand over what a person reports', async () => {
    const dialog = await open()
    await dialog.signIn()
    await dialog.id('report-text').fill('My business is not listed')
    await dialog.id('report').click()
    const [event] = await allSeen(2)
    expect(event?.body).toMatchObject({ event: 'CANCEL', data: { error_message: 'My business is not listed' } })
  })

  it('connect a number of the Business app', async () => {
    const dialog = await open('?feature=whatsapp_business_app_onboarding')
    await dialog.signIn()
    await dialog.next()
    await dialog.isAt('PHONE_NUMBER_SETUP')
    await dialog.id('phone').fill(signupFacts.businessAppNumber)
    await dialog.next()
    await dialog.agree()
    const [event] = await allSeen(2)
    expect(event?.body).toMatchObject({ event: 'FINISH_WHATSAPP_BUSINESS_APP_ONBOARDING' })
  })

  it('make a new account and number, with a wrong code on the way', async () => {
    const dialog = await open()
    await dialog.logIn()
    await dialog.pick('', 'new')
    await dialog.name('Parcels', 'Parcels Desk')
    await dialog.isAt('PHONE_NUMBER_SETUP')
    await dialog.id('cc').fill('44')
    await dialog.id('phone').fill('7700 900 565')
    await dialog.next()
    await dialog.isAt('PHONE_NUMBER_VERIFICATION')
    await dialog.id('code').fill('12345')
    await dialog.next()
    await dialog.id('problem').waitFor()
    const number = Object.values(meta.deps.world.state.numbers).find(({ digits }) => digits === '447700900565')
    await dialog.id('code').fill(number?.code?.value ?? '')
    await dialog.next()
    await dialog.agree()
    const [event] = await allSeen(2)
    expect(event?.body).toMatchObject({ event: 'FINISH', data: { phone_number_id: number?.id } })
  })

  it('answer at once where the browser blocks the window', async () => {
    await page.addInitScript(() => {
      window.open = () => null
    })
    await page.goto(opener)
    await page.locator('button[data-ready="yes"]').click()
    expect(await allSeen(1)).toEqual([noAnswer])
  })
})
