import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { channelViewSchema, setupViewSchema } from '../../contract/index.ts'
import { Administrator } from '../sandbox/administrator.ts'
import { demoAgentIds, demoPortal } from '../sandbox/demo.ts'
import type { Sandbox } from '../sandbox/sandbox.ts'
import { textOf } from '../support/api.ts'
import type { Api } from '../support/api.ts'
import { countIn } from '../support/desk-view.ts'
import { journalOf, sentTexts } from '../support/journal.ts'
import { control, demoApi, deskState, metaState, startSuiteSandbox } from '../support/suite-sandbox.ts'
import { eventually } from '../support/wait.ts'

const CUSTOMERS = 50
const MESSAGES_EACH = 4
/** Customers who are known when the channel goes off; the others write for the first time around it. */
const KNOWN = 10
const ANSWERS = 20

let sandbox: Sandbox
let api: Api

beforeAll(async () => {
  sandbox = await startSuiteSandbox(4560)
  api = demoApi(sandbox)
})
afterAll(() => sandbox.stop())

const phoneOf = (customer: number): string => `8190${String(30_000_000 + customer)}`
const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, index) => from + index)
const meta = (): string => sandbox.endpoints.meta
const desk = (): string => sandbox.endpoints.desk

const written: string[] = []

/** One message of each of these customers. */
async function write(customers: readonly number[]): Promise<void> {
  await Promise.all(
    customers.map(async (customer) => {
      const text = `[in ${customer} ${randomUUID().slice(0, 8)}]`
      const message = { type: 'text', text: { body: text } }
      await control(meta(), 'inbound', { from: phoneOf(customer), name: `Customer ${customer}`, ...message })
      written.push(text)
    }),
  )
}

async function everythingStored(): Promise<void> {
  await eventually(
    'everything that was written stored',
    async () => (await api.counters(sandbox.endpoints.phoneNumberId)).stored >= written.length,
    60_000,
  )
}

const administrator = (): Promise<Administrator> =>
  Administrator.signIn({
    worker: sandbox.endpoints.worker,
    purpose: 'proof',
    portalId: demoPortal.orgId,
    signer: { orgId: demoPortal.orgId, agentId: demoAgentIds.ana },
  })

it(
  'loses nothing and sends nothing while a channel is off, and goes on without a flood',
  { timeout: 240_000 },
  async () => {
    const admin = await administrator()
    const { channels } = await admin.done(setupViewSchema, 'GET', '/api/setup')
    const channel = channels.items.find(({ phoneNumberId }) => phoneNumberId === sandbox.endpoints.phoneNumberId)
    const path = `/api/channels/${channel?.id}`
    await write(range(0, KNOWN))
    const conversation = await eventually('a conversation to answer in', async () => {
      const found = await api.conversations()
      return found.find(({ contact }) => contact.phone === `+${phoneOf(0)}`)
    })

    // One person may be sent one message in six seconds; what is looked at here is the switch.
    await control(meta(), 'settings', { pairLimit: false })
    // One conversation's answers go one after the other: with a Meta this slow nearly all of them wait when the channel goes off.
    await control(meta(), 'faults', { match: 'POST *messages', kind: 'delay', rate: 1, delayMs: 3_000 })
    const answers = Array.from({ length: ANSWERS }, (_, index) => `[out ${index} ${randomUUID().slice(0, 8)}]`)
    for (const text of answers) expect((await api.send(conversation.id, randomUUID(), text)).status).toBe(201)

    // The first half of the burst comes while the channel is being switched off, the rest while it is.
    const burst = write(range(KNOWN, CUSTOMERS)).then(() => write(range(0, CUSTOMERS)))
    expect((await admin.done(channelViewSchema, 'POST', `${path}/off`)).state).toBe('off')
    const sentBefore = await sentTexts(sandbox)
    expect(answers.slice(0, sentBefore.length)).toEqual(sentBefore)
    expect(sentBefore.length).toBeLessThan(ANSWERS)
    await fetch(`${meta()}/__sandbox/faults`, { method: 'DELETE' })
    expect((await api.send(conversation.id, randomUUID(), 'Not now')).body).toMatchObject({
      error: { code: 'quota.channel_off' },
    })
    await burst
    for (let round = 2; round < MESSAGES_EACH; round += 1) await write(range(0, CUSTOMERS))
    expect(written).toHaveLength(CUSTOMERS * MESSAGES_EACH)
    await everythingStored()
    await sandbox.tick()
    expect(await sentTexts(sandbox)).toEqual(sentBefore)
    const held = (await api.messages(conversation.id)).filter(({ status }) => status === 'queued').map(textOf)
    expect(held).toEqual(answers.slice(sentBefore.length))

    const before = (await journalOf(desk())).length
    expect((await admin.done(channelViewSchema, 'POST', `${path}/on`, { backlog: 'all' })).state).toBe('on')
    await eventually(
      'every ticket complete and every answer on its way',
      async () => {
        const found = await api.conversations()
        if (!found.every(({ desk: inDesk, ticket }) => ticket !== undefined && inDesk.state === 'done')) return false
        const pages = await Promise.all(found.map(({ id }) => api.messages(id)))
        return pages.flat().every(({ isInTicket, status }) => isInTicket && status !== 'queued' && status !== 'sending')
      },
      120_000,
    )
    const ours = (await deskState(sandbox)).tickets.filter(({ channel: name }) => name === 'WhatsApp')
    expect(ours).toHaveLength(CUSTOMERS)
    const inTickets = (text: string): number => ours.reduce((sum, ticket) => sum + countIn(ticket, text), 0)
    expect(written.filter((text) => inTickets(text) !== 1)).toEqual([])
    expect(answers.filter((text) => inTickets(text) !== 1)).toEqual([])
    const phone = (await metaState(sandbox)).messages.filter(({ direction }) => direction === 'out')
    expect(phone.map(({ content }) => content.text?.body ?? '')).toEqual(answers)
    expect(await sentTexts(sandbox)).toEqual(answers)
    // No flood: what waited went into tickets and comments together, not one by one.
    const calls = (await journalOf(desk())).slice(before).filter(({ path: at }) => at.startsWith('/api/v1/'))
    expect(calls.length).toBeLessThan(CUSTOMERS * 8)
  },
)
