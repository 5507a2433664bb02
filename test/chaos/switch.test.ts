import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { z } from 'zod'
import { channelViewSchema, setupViewSchema } from '../../contract/index.ts'
import { Administrator } from '../sandbox/administrator.ts'
import { demoAgentIds, demoPortal } from '../sandbox/demo.ts'
import type { Sandbox } from '../sandbox/sandbox.ts'
import { textOf } from '../support/api.ts'
import type { Api } from '../support/api.ts'
import { countIn } from '../support/desk-view.ts'
import { control, demoApi, deskState, metaState, startSuiteSandbox } from '../support/suite-sandbox.ts'
import { eventually } from '../support/wait.ts'

const CUSTOMERS = 10
const MESSAGES_EACH = 20
const ANSWERS = 20

let sandbox: Sandbox
let api: Api

beforeAll(async () => {
  sandbox = await startSuiteSandbox(4560)
  api = demoApi(sandbox)
})
afterAll(() => sandbox.stop())

const phoneOf = (customer: number): string => `8190${String(30_000_000 + customer)}`
const journalSchema = z.array(z.looseObject({ at: z.string(), method: z.string(), path: z.string() }))

async function journal(origin: string) {
  return journalSchema.parse(await (await fetch(`${origin}/__sandbox/journal`)).json())
}

/** Calls that send a message of ours. */
async function sends() {
  const entries = await journal(sandbox.endpoints.meta)
  return entries.filter(({ method, path }) => method === 'POST' && path.endsWith('/messages'))
}

function write(customer: number, text: string): Promise<unknown> {
  const message = { type: 'text', text: { body: text } }
  return control(sandbox.endpoints.meta, 'inbound', {
    from: phoneOf(customer),
    name: `Customer ${customer}`,
    ...message,
  })
}

it(
  'loses nothing and sends nothing while a channel is off, and goes on without a flood',
  { timeout: 300_000 },
  async () => {
    const administrator = await Administrator.signIn({
      worker: sandbox.endpoints.worker,
      purpose: 'proof',
      portalId: demoPortal.orgId,
      signer: { orgId: demoPortal.orgId, agentId: demoAgentIds.ana },
    })
    const { channels } = await administrator.done(setupViewSchema, 'GET', '/api/setup')
    const channel = channels.items.find(({ phoneNumberId }) => phoneNumberId === sandbox.endpoints.phoneNumberId)
    const path = `/api/channels/${channel?.id}`
    const written: string[] = []
    const tell = async (customer: number): Promise<void> => {
      const text = `[in ${customer} ${randomUUID().slice(0, 8)}]`
      await write(customer, text)
      written.push(text)
    }
    await Promise.all(Array.from({ length: CUSTOMERS }, (_, customer) => tell(customer)))
    const conversation = await eventually('a conversation to answer in', async () => {
      const found = await api.conversations()
      return found.length === CUSTOMERS ? found.find(({ contact }) => contact.phone === `+${phoneOf(0)}`) : undefined
    })

    // One conversation's answers go one after the other: with a slow Meta, most of them wait when the channel goes off.
    await control(sandbox.endpoints.meta, 'faults', { match: 'POST *messages', kind: 'delay', rate: 1, delayMs: 400 })
    const answers = Array.from({ length: ANSWERS }, (_, index) => `[out ${index} ${randomUUID().slice(0, 8)}]`)
    for (const text of answers) expect((await api.send(conversation.id, randomUUID(), text)).status).toBe(201)
    const burst = (async () => {
      for (let index = 1; index < MESSAGES_EACH; index += 1)
        await Promise.all(Array.from({ length: CUSTOMERS }, (_, customer) => tell(customer)))
    })()
    await eventually('the first answers on their way', async () => (await sends()).length >= 2)
    expect((await administrator.done(channelViewSchema, 'POST', `${path}/off`)).state).toBe('off')
    const sentBeforeOff = (await sends()).length
    expect(sentBeforeOff).toBeLessThan(ANSWERS)
    expect((await api.send(conversation.id, randomUUID(), 'Not now')).body).toMatchObject({
      error: { code: 'quota.channel_off' },
    })
    await burst
    await eventually('everything that was written stored', async () => {
      const { received, stored } = await api.counters(sandbox.endpoints.phoneNumberId)
      return received === stored && stored >= CUSTOMERS * MESSAGES_EACH
    })
    await sandbox.tick()
    expect((await sends()).length).toBe(sentBeforeOff)
    const waiting = (await api.messages(conversation.id)).filter(
      ({ direction, status }) => direction === 'out' && status === 'queued',
    )
    expect(waiting.length).toBe(ANSWERS - sentBeforeOff)

    const before = (await journal(sandbox.endpoints.desk)).length
    expect((await administrator.done(channelViewSchema, 'POST', `${path}/on`, { backlog: 'all' })).state).toBe('on')
    await eventually(
      'every ticket complete and every answer on its way',
      async () => {
        const found = await api.conversations()
        const pages = await Promise.all(found.map(({ id }) => api.messages(id)))
        const isDone = pages
          .flat()
          .every(({ isInTicket, status }) => isInTicket && status !== 'queued' && status !== 'sending')
        return isDone && found.every(({ desk }) => desk.state === 'done')
      },
      180_000,
    )
    const { tickets } = await deskState(sandbox)
    const ours = tickets.filter(({ channel: name }) => name === 'WhatsApp')
    expect(ours).toHaveLength(CUSTOMERS)
    const inTickets = (text: string): number => ours.reduce((sum, ticket) => sum + countIn(ticket, text), 0)
    expect(written.filter((text) => inTickets(text) !== 1)).toEqual([])
    expect(answers.filter((text) => inTickets(text) !== 1)).toEqual([])
    const phone = (await metaState(sandbox)).messages.filter(({ direction }) => direction === 'out')
    expect(phone.map(({ content }) => content.text?.body ?? '').toSorted()).toEqual(answers.toSorted())
    const order = (await api.messages(conversation.id)).filter(({ direction }) => direction === 'out').map(textOf)
    expect(order).toEqual(answers)
    // No flood: what waited went into comments together, not one by one.
    const calls = (await journal(sandbox.endpoints.desk))
      .slice(before)
      .filter(({ path: at }) => at.startsWith('/api/v1/'))
    expect(calls.length).toBeLessThan(CUSTOMERS * 12)
  },
)
