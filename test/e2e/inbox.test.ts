import { afterAll, beforeAll, expect, it } from 'vitest'
import { z } from 'zod'
import { channelListSchema, inboxListSchema, ticketFormSchema } from '../../contract/index.ts'
import type { InboxList } from '../../contract/index.ts'
import { Contracts, contractsFolder, describeProblem } from '../conformance/contracts.ts'
import { Administrator } from '../sandbox/administrator.ts'
import { demoAgentIds, demoDepartmentIds, demoPortal } from '../sandbox/demo.ts'
import type { Sandbox } from '../sandbox/sandbox.ts'
import type { Api } from '../support/api.ts'
import { Customer } from '../support/customer.ts'
import { countIn } from '../support/desk-view.ts'
import { demoApi, deskState, startSuiteSandbox } from '../support/suite-sandbox.ts'
import { eventually } from '../support/wait.ts'

const contracts = contractsFolder()
const assigneeSchema = z.object({ tickets: z.array(z.object({ id: z.string(), assigneeId: z.string().nullable() })) })

let sandbox: Sandbox
let api: Api
let administrator: Administrator
let channelPath: string

beforeAll(async () => {
  sandbox = await startSuiteSandbox(4640)
  api = demoApi(sandbox, demoAgentIds.ken)
  const { orgId } = demoPortal
  administrator = await Administrator.signIn({
    worker: sandbox.endpoints.worker,
    purpose: 'proof',
    portalId: orgId,
    signer: { orgId, agentId: demoAgentIds.ana },
  })
  const { items } = await administrator.done(channelListSchema, 'GET', '/api/channels')
  channelPath = `/api/channels/${items[0]?.id ?? ''}`
  await administrator.done(z.unknown(), 'PATCH', channelPath, { ticketRule: 'by_hand', burstSeconds: 1 })
})
afterAll(() => sandbox.stop())

const inbox = (query = ''): Promise<InboxList> => api.get(`/api/inbox?${query}`, inboxListSchema)

const waiting = (customer: Customer, filter: string): Promise<InboxList['items'][number]> =>
  eventually(`${customer.name} in the inbox`, async () => {
    const { items } = await inbox(`filter=${filter}`)
    return items.find(({ conversation }) => conversation.contact.name === customer.name)
  })

it('holds who wrote until an agent makes a ticket of it, with their words', async () => {
  const customer = new Customer('Hanna Hand', sandbox, () => api)
  await customer.write('Do you repair bicycles?')
  const { conversation, waitingSince } = await waiting(customer, 'no_ticket')
  // Webhooks keep no order: the second leaves when the first is here.
  await customer.write('Mine has a flat tyre.')
  await eventually('both messages', async () => (await api.messages(conversation.id)).length === 2)
  expect(conversation.ticket).toBeUndefined()
  expect(waitingSince).not.toBeNull()
  expect((await inbox()).counts).toMatchObject({ waiting: 1, no_ticket: 1, held: 0 })
  expect((await inbox('filter=all&query=Hanna')).items).toHaveLength(1)
  expect((await deskState(sandbox)).tickets).toEqual([])

  const form = await api.get(`/api/conversations/${conversation.id}/ticket-form`, ticketFormSchema)
  expect(form).toMatchObject({ subject: 'Do you repair bicycles?', departmentId: demoDepartmentIds.support })
  expect(form.departments.map(({ id }) => id)).toContain(demoDepartmentIds.support)
  expect(form.agents.map(({ id }) => id)).toContain(demoAgentIds.ken)

  const order = { subject: 'A flat tyre', departmentId: demoDepartmentIds.support, assigneeId: demoAgentIds.ken }
  const path = `/api/conversations/${conversation.id}/ticket`
  const [first, second] = await Promise.all([api.call('POST', path, order), api.call('POST', path, order)])
  // Who comes when the ticket is there already is told so; nobody makes a second one.
  const statuses = new Set([first.status, second.status])
  statuses.delete(409)
  expect(statuses).toEqual(new Set([202]))
  const ticketId = await customer.ticketId()
  const ticket = await eventually('both messages in the ticket', async () => {
    const now = await customer.ticket()
    return countIn(now, 'flat tyre') === 1 && countIn(now, 'repair bicycles') === 1 ? now : undefined
  })
  expect(ticket.subject).toBe('A flat tyre')
  expect((await deskState(sandbox)).tickets.map(({ id }) => id)).toEqual([ticketId])
  const state: unknown = await (await fetch(`${sandbox.endpoints.desk}/__sandbox/state`)).json()
  expect(assigneeSchema.parse(state).tickets[0]?.assigneeId).toBe(demoAgentIds.ken)
  expect(await api.call('POST', path, order)).toMatchObject({
    status: 409,
    body: { error: { code: 'inbox.has_ticket' } },
  })

  expect((await inbox()).items).toHaveLength(1)
  expect((await api.send(conversation.id, 'inbox-answer-01', 'Yes, we do.')).status).toBe(201)
  expect(await inbox()).toMatchObject({ items: [], counts: { all: 1, waiting: 0, no_ticket: 0 } })
})

it('shows what waits for a channel that is off', async () => {
  const customer = new Customer('Olga Off', sandbox, () => api)
  await administrator.done(z.unknown(), 'POST', `${channelPath}/off`)
  await customer.write('Are you there?')
  const { conversation } = await waiting(customer, 'held')
  expect((await inbox('filter=held')).counts.held).toBe(1)
  expect(await api.send(conversation.id, 'inbox-answer-02', 'Yes.')).toMatchObject({
    status: 409,
    body: { error: { code: 'quota.channel_off' } },
  })
})

it('is for each agent of what they may see', async () => {
  const lea = demoApi(sandbox, demoAgentIds.lea)
  expect(await lea.get('/api/inbox?filter=all', inboxListSchema)).toMatchObject({ items: [], counts: { all: 0 } })
})

it.skipIf(contracts === undefined)('speaks to both platforms as their own descriptions say', async () => {
  if (contracts === undefined) return
  const problems = await new Contracts(contracts).checkRun(sandbox.endpoints)
  expect(problems.map(describeProblem)).toEqual([])
})
