import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import {
  sendMessageAnswerSchema,
  startConversationAnswerSchema,
  startOptionsSchema,
  templateListSchema,
} from '../../contract/index.ts'
import { Contracts, contractsFolder, describeProblem } from '../conformance/contracts.ts'
import { connectOrganisation, demoOrganisation } from '../sandbox/demo-connection.ts'
import { demoDepartmentIds, demoMeta } from '../sandbox/demo.ts'
import type { Sandbox } from '../sandbox/sandbox.ts'
import type { Api } from '../support/api.ts'
import { Customer } from '../support/customer.ts'
import { DeskPerson } from '../support/desk-person.ts'
import { countIn } from '../support/desk-view.ts'
import type { DeskTicket } from '../support/desk-view.ts'
import { control, demoApi, deskState, startSuiteSandbox } from '../support/suite-sandbox.ts'
import { eventually } from '../support/wait.ts'

const contracts = contractsFolder()
const HOUR_MS = 3_600_000
const { phoneNumberId, template } = demoMeta

const renderedSchema = z.object({
  messages: z.array(
    z.object({ id: z.string(), status: z.string(), rendered: z.object({ body: z.string() }).optional() }),
  ),
})

let sandbox: Sandbox
let api: Api
let person: DeskPerson

let clientIds = 0
const filled = (name: string) => ({ name: template.name, language: template.language, bodyParams: [name] })
const startBody = (customer: Customer, more: object = {}) => {
  clientIds += 1
  const to = `+${customer.phone}`
  return { clientId: `start-client-${clientIds}`, phoneNumberId, to, template: filled(customer.name), ...more }
}
const greeting = (customer: Customer): string => `Hello ${customer.name}, your order is ready to collect.`

/** What the customer's phone got of this text. */
async function templatesOnPhones(text: string): Promise<z.output<typeof renderedSchema>['messages']> {
  const state: unknown = await (await fetch(`${sandbox.endpoints.meta}/__sandbox/state`)).json()
  return renderedSchema.parse(state).messages.filter(({ rendered }) => rendered?.body === text)
}

async function ticketNow(id: string): Promise<DeskTicket> {
  const found = (await deskState(sandbox)).tickets.find((ticket) => ticket.id === id)
  if (found === undefined) throw new Error(`Desk has no ticket ${id}`)
  return found
}

const written = (ticketId: string, text: string): Promise<DeskTicket> =>
  eventually(`“${text}” in ticket ${ticketId}`, async () => {
    const ticket = await ticketNow(ticketId)
    return countIn(ticket, text) === 1 ? ticket : undefined
  })

describe('a live number', () => {
  beforeAll(async () => {
    sandbox = await startSuiteSandbox(4600)
    const { worker, operatorToken } = sandbox.endpoints
    const numbers = demoOrganisation.numbers.map((number) => ({
      ...number,
      channel: { ...number.channel, burstSeconds: 1 },
    }))
    const { installKey } = await connectOrganisation(worker, operatorToken, { ...demoOrganisation, numbers })
    sandbox.endpoints.installKey = installKey
    api = demoApi(sandbox)
    person = new DeskPerson(sandbox)
  })
  afterAll(() => sandbox.stop())

  it('begins from a ticket that came by e-mail, and the customer’s answer lands in that ticket', async () => {
    const customer = new Customer('Freya Form', sandbox, () => api)
    const contactId = await person.contact('Form', `+${customer.phone}`)
    const ticketId = await person.ticket('Where is my order?', contactId, demoDepartmentIds.support)

    const options = await api.get(`/api/tickets/${ticketId}/start`, startOptionsSchema)
    expect(options).toMatchObject({
      contact: { name: 'Form', phones: [`+${customer.phone}`] },
      numbers: [{ phoneNumberId, refusal: null, places: null }],
    })
    const { items } = await api.get(`/api/numbers/${phoneNumberId}/templates`, templateListSchema)
    expect(items.find(({ name }) => name === template.name)).toMatchObject({ variables: ['1'], isFit: true })

    const body = startBody(customer, { ticketId })
    const [first, second] = await Promise.all([
      api.call('POST', '/api/conversations', body),
      api.call('POST', '/api/conversations', body),
    ])
    expect(new Set([first.status, second.status])).toEqual(new Set([200, 201]))
    const { conversation, message } = startConversationAnswerSchema.parse(first.body)
    expect(conversation.ticket?.id).toBe(ticketId)
    expect(conversation.window).toBeNull()
    expect(message).toMatchObject({ kind: 'template', direction: 'out', summary: greeting(customer) })
    await eventually('the template on the phone', async () => {
      const [sent] = await templatesOnPhones(greeting(customer))
      return sent?.status === 'delivered'
    })
    expect(await templatesOnPhones(greeting(customer))).toHaveLength(1)
    await written(ticketId, greeting(customer))

    await customer.write('Thank you, I will come at noon.')
    const ticket = await written(ticketId, 'I will come at noon.')
    expect(ticket.subject).toBe('Where is my order?')
    expect(await customer.conversation()).toMatchObject({ id: conversation.id, ticket: { id: ticketId } })
    expect(await api.conversations(customer.phone)).toHaveLength(1)
    const mine = (await deskState(sandbox)).tickets.filter((other) => other.contactId === contactId)
    expect(mine.map(({ id }) => id)).toEqual([ticketId])
    const contacts = (await deskState(sandbox)).contacts.filter(({ mobile }) => mobile?.includes(customer.phone))
    expect(contacts.map(({ id }) => id)).toEqual([contactId])

    const { status } = await api.send(conversation.id, 'start-free-0001', 'See you then.')
    expect(status).toBe(201)
    await written(ticketId, 'See you then.')
  })

  it('reaches somebody new without a ticket; their answer makes one that holds both', async () => {
    const customer = new Customer('Nora New', sandbox, () => api)
    const { body } = await api.call('POST', '/api/conversations', startBody(customer))
    const { conversation } = startConversationAnswerSchema.parse(body)
    expect(conversation.ticket).toBeUndefined()
    await eventually(
      'the template on the phone',
      async () => (await templatesOnPhones(greeting(customer))).length === 1,
    )
    await customer.write('Who is this?')
    const ticketId = await customer.ticketId()
    await written(ticketId, greeting(customer))
    await written(ticketId, 'Who is this?')
  })

  it('opens a closed window again with a template in its place', async () => {
    const customer = new Customer('Clara Closed', sandbox, () => api)
    await customer.write('Is it ready?')
    await customer.ticketId()
    const { id } = await customer.conversation()
    await control(sandbox.endpoints.meta, 'clock', { advanceMs: 25 * HOUR_MS })
    api = demoApi(sandbox)
    expect(await api.send(id, 'start-closed-0001', 'It is.')).toMatchObject({
      status: 409,
      body: { error: { code: 'messages.window_closed' } },
    })
    const answer = await api.call('POST', `/api/conversations/${id}/template`, {
      clientId: 'start-closed-0002',
      template: filled(customer.name),
    })
    expect(answer.status).toBe(201)
    expect(sendMessageAnswerSchema.parse(answer.body).message.kind).toBe('template')
    await written(await customer.ticketId(), greeting(customer))
    await customer.write('On my way.')
    await eventually('an open window', async () => (await customer.conversation()).window !== null)
    expect((await api.send(id, 'start-closed-0003', 'Until later.')).status).toBe(201)
  })

  it('refuses what cannot be sent and says what is wrong', async () => {
    const customer = new Customer('Rita Refused', sandbox, () => api)
    const refusal = async (more: object) =>
      (await api.call('POST', '/api/conversations', startBody(customer, more))).body
    expect(await refusal({ to: '12' })).toMatchObject({ error: { code: 'request.invalid' } })
    expect(await refusal({ to: '020 7946' })).toMatchObject({ error: { code: 'start.phone_invalid' } })
    expect(await refusal({ template: { ...filled('x'), name: 'nothing' } })).toMatchObject({
      error: { code: 'templates.not_found' },
    })
    expect(await refusal({ template: { ...filled('x'), bodyParams: [] } })).toMatchObject({
      error: { code: 'templates.values_invalid', details: { problem: 'count', expected: 1 } },
    })
    expect(await refusal({ ticketId: '1800000099999' })).toMatchObject({ error: { code: 'tickets.not_found' } })
    expect(await api.conversations(customer.phone)).toEqual([])
  })

  it.skipIf(contracts === undefined)('speaks to both platforms as their own descriptions say', async () => {
    if (contracts === undefined) return
    const problems = await new Contracts(contracts).checkRun(sandbox.endpoints)
    expect(problems.map(describeProblem)).toEqual([])
  })
})

describe('a number in its trial', () => {
  beforeAll(async () => {
    sandbox = await startSuiteSandbox(4620, { mode: 'trial' })
    api = demoApi(sandbox)
  })
  afterAll(() => sandbox.stop())

  it('reaches two people; one who cannot be reached gives the place back', async () => {
    const [lost, anna, bert, carl] = ['Lost', 'Anna', 'Bert', 'Carl'].map((name) => {
      return new Customer(name, sandbox, () => api)
    })
    if (lost === undefined || anna === undefined || bert === undefined || carl === undefined) throw new Error('nobody')
    const begin = (customer: Customer) => api.call('POST', '/api/conversations', startBody(customer))
    await lost.write('Not for long')
    await lost.change({ failCode: 131026 })
    const sent = startConversationAnswerSchema.parse((await begin(lost)).body)
    await eventually('a failure', async () => {
      const message = (await api.messages(sent.conversation.id)).find(({ id }) => id === sent.message.id)
      return message?.status === 'failed'
    })
    expect((await begin(anna)).status).toBe(201)
    expect((await begin(bert)).status).toBe(201)
    expect(await begin(carl)).toMatchObject({
      status: 409,
      body: { error: { code: 'quota.trial_templates', details: { used: 2, limit: 2 } } },
    })
    expect(await api.conversations(carl.phone)).toEqual([])
    expect((await begin(anna)).status).toBe(201)
  })
})
