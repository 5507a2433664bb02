import type { BrowserContext, WebSocketRoute } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { demoAgentIds } from '../sandbox/demo.ts'
import { textCalls } from '../support/journal.ts'
import { startPaneSuite } from '../support/pane-suite.ts'
import type { PaneSuite } from '../support/pane-suite.ts'
import { eventually } from '../support/wait.ts'

const MINUTE_MS = 60_000

let suite: PaneSuite

beforeAll(async () => {
  suite = await startPaneSuite(4480)
})
afterEach(() => suite.tidy())
afterAll(() => suite.stop())

/** A customer who wrote `words`, and the ticket that came of it. */
async function begin(name: string, words = `Hello from ${name}`) {
  const customer = suite.customer(name)
  await customer.write(words)
  return { customer, ticketId: await customer.ticketId() }
}

/** The same with Desk open at the ticket and the first words in the pane. */
async function open(name: string) {
  const begun = await begin(name)
  const desk = await suite.desk({ ticketId: begun.ticketId })
  await desk.pane.message(`Hello from ${name}`).waitFor()
  return { ...begun, desk, pane: desk.pane }
}

/** Cuts a browser off from the Worker, as a tunnel does, until the returned function is called. */
async function cutOff(context: BrowserContext): Promise<() => Promise<void>> {
  const all = `${suite.sandbox.endpoints.worker}/**`
  await context.route(all, (route) => route.abort())
  return () => context.unroute(all)
}

describe('a connection that breaks', () => {
  it('brings what happened meanwhile, each in its place', async () => {
    const customer = suite.customer('Dora Dropped')
    const now = Math.floor(suite.sandbox.clock.now() / 1_000)
    await customer.write('The first', { timestamp: now - 600 })
    const desk = await suite.desk({})
    const sockets: WebSocketRoute[] = []
    await desk.page.routeWebSocket(/\/live\?/, (socket) => {
      socket.connectToServer()
      sockets.push(socket)
    })
    const ticketId = await customer.ticketId()
    await desk.page.evaluate((id) => (location.hash = `#ticket/${id}`), ticketId)
    const { pane } = desk
    await pane.answer('Our answer')
    await pane.hasStatus('Our answer', 'delivered')

    await eventually('a socket', () => sockets.length === 1)
    await desk.isLive()
    const reconnect = await cutOff(desk.page.context())
    await sockets[0]?.close({ code: 1001 })
    await pane.id('connection-lost').waitFor()
    await customer.read()
    await customer.write('Written between, told late', { timestamp: now - 300 })
    await customer.write('The last')
    const { id } = await customer.conversation()
    await eventually('all of it at the Worker', async () => (await suite.api().messages(id)).length === 4)
    await expect.poll(() => pane.texts()).toEqual(['The first', 'Our answer'])

    await reconnect()
    await pane.message('The last').waitFor()
    await pane.hasStatus('Our answer', 'read')
    await expect.poll(() => pane.texts()).toEqual(['The first', 'Written between, told late', 'Our answer', 'The last'])
    await pane.id('connection-lost').waitFor({ state: 'detached' })
    // The network blocked nothing: the pane is back on a socket and claims nothing else.
    await eventually('another socket', () => sockets.length > 1)
    await pane.id('polling').waitFor({ state: 'detached' })
  })

  it('is replaced by questions where the network lets no socket through', async () => {
    const { customer, ticketId } = await begin('Pola Polled')
    const desk = await suite.desk({})
    await desk.page.route('**/live-ticket', async (route) => {
      const answer = await route.fetch()
      await route.fulfill({ response: answer, body: (await answer.text()).replace('/live?', '/nowhere?') })
    })
    await desk.page.evaluate((id) => (location.hash = `#ticket/${id}`), ticketId)
    await desk.pane.id('polling').waitFor()
    await customer.write('Do you hear me?')
    await desk.pane.message('Do you hear me?').waitFor()
    await desk.pane.answer('Loud and clear')
    await desk.pane.hasStatus('Loud and clear', 'delivered')
    await expect.poll(() => desk.pane.texts()).toEqual(['Hello from Pola Polled', 'Do you hear me?', 'Loud and clear'])
  })

  it('lets sends wait through a reload and sends each once', async () => {
    const { customer, desk, pane } = await open('Olly Offline')
    const context = desk.page.context()
    await context.setOffline(true)
    await pane.id('offline').waitFor()
    await pane.answer('Written in a tunnel')
    await pane.answer('And another')
    await pane.hasStatus('Written in a tunnel', 'queued')
    await pane.hasStatus('And another', 'queued')
    await expect.poll(() => pane.input.inputValue()).toBe('')

    // The page can only be loaded again with a network; sends alone are still held up.
    await context.route('**/api/conversations/*/messages', (route) =>
      route.request().method() === 'POST' ? route.abort() : route.fallback(),
    )
    await context.setOffline(false)
    await desk.page.reload()
    await pane.hasStatus('Written in a tunnel', 'queued')
    await expect.poll(() => pane.texts()).toEqual(['Hello from Olly Offline', 'Written in a tunnel', 'And another'])
    expect(await textCalls(suite.sandbox, 'Written in a tunnel')).toBe(0)

    // The network is back: nothing waits for the end of the pause between two tries.
    await context.setOffline(true)
    await context.unrouteAll()
    await context.setOffline(false)
    await pane.hasStatus('And another', 'delivered')
    await pane.hasStatus('Written in a tunnel', 'delivered')
    await expect.poll(() => pane.texts()).toEqual(['Hello from Olly Offline', 'Written in a tunnel', 'And another'])
    expect(await textCalls(suite.sandbox, 'Written in a tunnel')).toBe(1)
    expect(await textCalls(suite.sandbox, 'And another')).toBe(1)
    expect(await customer.received('Written in a tunnel')).toBe(1)
  })
})

describe('one intent', () => {
  it('is one message, however often it is pressed', async () => {
    const { pane } = await open('Duncan Double')
    await pane.write('Pressed twice')
    await pane.id('send').dblclick()
    await pane.hasStatus('Pressed twice', 'delivered')
    await pane.write('Entered twice')
    await pane.input.evaluate((box) => {
      const enter = { key: 'Enter', code: 'Enter', keyCode: 13, bubbles: true, cancelable: true }
      box.dispatchEvent(new KeyboardEvent('keydown', enter))
      box.dispatchEvent(new KeyboardEvent('keydown', enter))
    })
    await pane.hasStatus('Entered twice', 'delivered')
    expect(await pane.message('Pressed twice').count()).toBe(1)
    expect(await pane.message('Entered twice').count()).toBe(1)
    expect(await textCalls(suite.sandbox, 'Pressed twice')).toBe(1)
    expect(await textCalls(suite.sandbox, 'Entered twice')).toBe(1)
  })

  it('is one message where the Worker’s answer is lost', async () => {
    const { desk, pane } = await open('Lena Lost')
    let lost = 0
    await desk.page.route('**/api/conversations/*/messages', async (route) => {
      if (route.request().method() !== 'POST' || lost > 0) return route.fallback()
      lost += 1
      await route.fetch()
      return route.abort()
    })
    await pane.answer('Answered into the void')
    await eventually('the second try', async () => {
      await pane.hasStatus('Answered into the void', 'delivered')
      return lost === 1
    })
    expect(await pane.message('Answered into the void').count()).toBe(1)
    expect(await textCalls(suite.sandbox, 'Answered into the void')).toBe(1)
  })
})

describe('other agents', () => {
  it('are shown while they look and type, and are gone within 8 seconds', async () => {
    const { ticketId, pane } = await open('Petra Presence')
    expect(await pane.id('presence').count()).toBe(0)
    const ken = await suite.desk({ ticketId, look: { agent: demoAgentIds.ken } })
    await pane.id('presence').filter({ hasText: 'Ken Mori is viewing' }).waitFor()
    await ken.pane.id('presence').filter({ hasText: 'Ana Ito is viewing' }).waitFor()
    await ken.pane.input.pressSequentially('I am')
    await pane.id('presence').filter({ hasText: 'Ken Mori is typing' }).waitFor()
    await ken.page.close()
    const closedAt = Date.now()
    await pane.id('presence').waitFor({ state: 'detached' })
    expect(Date.now() - closedAt).toBeLessThan(8_000)
  })

  it('see what one of them answers, under the right name', async () => {
    const { ticketId, pane } = await open('Nora Names')
    const ken = await suite.desk({ ticketId, look: { agent: demoAgentIds.ken } })
    await ken.pane.message('Hello from Nora Names').waitFor()
    await ken.pane.answer('Ken here')
    await pane.hasStatus('Ken here', 'delivered')
    await expect.poll(() => pane.message('Ken here').locator('.agent').innerText()).toBe('Ken Mori')
  })

  it('of another department see nothing of it', async () => {
    const { customer, ticketId } = await begin('Sue Secret')
    const lea = await suite.desk({ ticketId, look: { agent: demoAgentIds.lea } })
    await lea.id('ticket-gone').waitFor()
    expect(await lea.id('widget-frame').count()).toBe(0)
    expect(await suite.apiOf(demoAgentIds.lea).conversations(customer.phone)).toEqual([])
    const { id } = await customer.conversation()
    const refused = await suite.apiOf(demoAgentIds.lea).call('GET', `/api/conversations/${id}/messages`)
    expect(refused.status).toBe(404)
  })

  it('who are light may read and not write', async () => {
    const { ticketId } = await begin('Rita Reader')
    const max = await suite.desk({ ticketId, look: { agent: demoAgentIds.max } })
    await max.pane.message('Hello from Rita Reader').waitFor()
    await max.pane.id('viewer-notice').waitFor()
    expect(await max.pane.input.count()).toBe(0)
    expect(await max.pane.id('reply').count()).toBe(0)
  })
})

it('says so on a ticket that has no WhatsApp, and offers only to start with a template', async () => {
  const desk = await suite.desk({})
  await desk.id('new-ticket').click()
  await desk.id('new-ticket-subject').fill('By e-mail')
  await desk.id('new-ticket-create').click()
  await desk.pane.id('no-conversation').filter({ hasText: 'No WhatsApp conversation on this ticket' }).waitFor()
  const offered = desk.pane.root.locator('button, textarea, a')
  await expect.poll(() => offered.allInnerTexts()).toEqual(['Start with a template'])
})

describe('a session', () => {
  it('is renewed when it is over, and the pane goes on', async () => {
    const { customer, pane } = await open('Tess Token')
    await suite.advance(16 * MINUTE_MS)
    await customer.write('Sixteen minutes later')
    await pane.message('Sixteen minutes later').waitFor()
    await pane.answer('Still here')
    await pane.hasStatus('Still here', 'delivered')
    await expect.poll(() => pane.texts()).toEqual(['Hello from Tess Token', 'Sixteen minutes later', 'Still here'])
  })
})
