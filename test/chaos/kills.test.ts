import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Sandbox } from '../sandbox/sandbox.ts'
import type { ConversationView } from '../../contract/index.ts'
import { textOf } from '../support/api.ts'
import type { Api } from '../support/api.ts'
import { countIn } from '../support/desk-view.ts'
import { control, demoApi, deskState, metaState, startSuiteSandbox } from '../support/suite-sandbox.ts'
import { eventually } from '../support/wait.ts'

const CUSTOMERS = 20
const MESSAGES_EACH = 25
const ANSWERS_EACH = 5
const KILLS = 5

let sandbox: Sandbox
let api: Api

beforeAll(async () => {
  sandbox = await startSuiteSandbox(4420)
  api = demoApi(sandbox)
})

afterAll(() => sandbox.stop())

const phoneOf = (customer: number): string => `8190${String(20_000_000 + customer)}`

/** Writes until Meta's double took the message; the double itself retries its webhook. */
async function write(customer: number, index: number): Promise<{ id: string; text: string }> {
  const id = `wamid.${randomUUID()}`
  const text = `[in ${customer}.${index} ${randomUUID().slice(0, 8)}]`
  await control(sandbox.endpoints.meta, 'inbound', {
    from: phoneOf(customer),
    name: `Customer ${customer}`,
    id,
    type: 'text',
    text: { body: text },
  })
  return { id, text }
}

/** Sends as a panel does: the same client id again until the Worker said yes. */
async function answer(conversationId: string, text: string): Promise<void> {
  const clientId = randomUUID()
  await eventually(
    `the answer ${text} accepted`,
    async () => {
      const { status, body } = await api.send(conversationId, clientId, text)
      if (status >= 400 && status < 500 && status !== 429) throw new Error(`refused: ${JSON.stringify(body)}`)
      return status === 200 || status === 201
    },
    120_000,
  )
}

it(
  'keeps every message and every answer once, whenever the Worker is killed and whatever Desk loses',
  { timeout: 600_000 },
  async () => {
    const written = new Map<string, string>()
    const answered: string[] = []
    for (let customer = 0; customer < CUSTOMERS; customer += 1) {
      const { id, text } = await write(customer, 0)
      written.set(id, text)
    }
    const conversations = await eventually('a conversation for each customer', async () => {
      const found = await api.conversations()
      return found.length === CUSTOMERS ? found : undefined
    })
    const byPhone = new Map(conversations.map((conversation) => [conversation.contact.phone?.slice(1), conversation]))

    await control(sandbox.endpoints.desk, 'faults', { match: '* /api/v1/*', kind: 'timeout', rate: 0.1 })
    await control(sandbox.endpoints.desk, 'faults', {
      match: 'POST /api/v1/*',
      kind: 'late',
      rate: 0.05,
      delayMs: 2_500,
    })

    const writing = (async () => {
      for (let index = 1; index < MESSAGES_EACH; index += 1) {
        for (let customer = 0; customer < CUSTOMERS; customer += 1) {
          const { id, text } = await write(customer, index)
          written.set(id, text)
          await new Promise((resolve) => setTimeout(resolve, 30))
        }
      }
    })()
    const answering = (async () => {
      for (let index = 0; index < ANSWERS_EACH; index += 1) {
        for (let customer = 0; customer < CUSTOMERS; customer += 1) {
          const conversation = byPhone.get(phoneOf(customer))
          if (conversation === undefined) throw new Error(`no conversation of customer ${customer}`)
          const text = `[out ${customer}.${index} ${randomUUID().slice(0, 8)}]`
          await answer(conversation.id, text)
          answered.push(text)
          await new Promise((resolve) => setTimeout(resolve, 100))
        }
      }
    })()
    const killing = (async () => {
      for (let kill = 0; kill < KILLS; kill += 1) {
        await new Promise((resolve) => setTimeout(resolve, 1_500 + Math.random() * 3_000))
        await sandbox.worker().kill()
        await sandbox.restartWorker()
      }
    })()
    await Promise.all([writing, answering, killing])
    expect(written.size).toBe(CUSTOMERS * MESSAGES_EACH)
    expect(answered).toHaveLength(CUSTOMERS * ANSWERS_EACH)

    // Answers that a kill cut short are unknown only after five minutes of the platforms' clock.
    await eventually(
      'every message stored',
      async () => {
        const all = await allMessages(await api.conversations())
        return all.filter((message) => message.direction === 'in').length === written.size
      },
      120_000,
    )
    await control(sandbox.endpoints.meta, 'clock', { advanceMs: 6 * 60 * 1_000 })
    const settled = await eventually(
      'every ticket complete and every answer settled',
      async () => {
        await sandbox.tick()
        const found = await api.conversations()
        const all = await allMessages(found)
        const isSettled = all.every((message) => message.isInTicket && !['queued', 'sending'].includes(message.status))
        return isSettled && found.every((conversation) => conversation.desk.state === 'done') ? all : undefined
      },
      240_000,
    )

    const inbound = settled.filter((message) => message.direction === 'in')
    expect(inbound.map((message) => message.wamid ?? '').toSorted()).toEqual([...written.keys()].toSorted())

    const desk = await deskState(sandbox)
    const tickets = desk.tickets.filter((ticket) => ticket.channel === 'WhatsApp')
    expect(tickets).toHaveLength(CUSTOMERS)
    const inTickets = (text: string): number => tickets.reduce((sum, ticket) => sum + countIn(ticket, text), 0)
    expect([...written.values()].filter((text) => inTickets(text) !== 1)).toEqual([])

    const phone = (await metaState(sandbox)).messages.filter((message) => message.direction === 'out')
    for (const text of answered) {
      const arrived = phone.filter((message) => message.content.text?.body === text).length
      const ours = settled.find((message) => textOf(message) === text)
      expect(arrived, `${text} on the phone`).toBeLessThanOrEqual(1)
      if (arrived === 0) expect(ours?.status, text).toBe('unknown')
      expect(inTickets(text), `${text} in the ticket`).toBe(1)
    }
  },
)

async function allMessages(conversations: readonly ConversationView[]) {
  const pages = []
  for (const conversation of conversations) pages.push(await api.messages(conversation.id))
  return pages.flat()
}
