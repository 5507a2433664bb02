import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { MessageView } from '../../contract/index.ts'
import { Contracts, contractsFolder, describeProblem } from '../conformance/contracts.ts'
import { connectOrganisation, demoOrganisation } from '../sandbox/demo-connection.ts'
import { demoDepartmentIds, demoMeta } from '../sandbox/demo.ts'
import type { Sandbox } from '../sandbox/sandbox.ts'
import { textOf } from '../support/api.ts'
import type { Api } from '../support/api.ts'
import { contactsOf, countIn } from '../support/desk-view.ts'
import { messagesBody, postWebhook, signature } from '../support/signed-webhook.ts'
import type { InboundText } from '../support/signed-webhook.ts'
import { demoApi, deskState, startSuiteSandbox } from '../support/suite-sandbox.ts'
import { eventually } from '../support/wait.ts'

let sandbox: Sandbox
let api: Api

beforeAll(async () => {
  sandbox = await startSuiteSandbox(4400)
  const [number] = demoOrganisation.numbers
  if (number === undefined) throw new Error('The demo organisation has no number.')
  const second = {
    ...number,
    phoneNumberId: demoMeta.secondPhoneNumberId,
    displayPhoneNumber: demoMeta.secondDisplayPhoneNumber,
    channel: { name: 'Sales', departmentId: demoDepartmentIds.sales },
  }
  const { installKey } = await connectOrganisation(sandbox.endpoints.worker, sandbox.endpoints.operatorToken, {
    ...demoOrganisation,
    numbers: [number, second],
  })
  sandbox.endpoints.installKey = installKey
  api = demoApi(sandbox)
})

afterAll(() => sandbox.stop())

function texts(from: string, count: number, firstTimestamp: number): InboundText[] {
  return Array.from({ length: count }, (_, index) => ({
    from,
    name: 'New Customer',
    id: `wamid.${randomUUID()}`,
    text: `[message ${String(index + 1).padStart(2, '0')} of ${from}]`,
    timestamp: firstTimestamp + index,
  }))
}

const counters = () => api.counters(demoMeta.phoneNumberId)

const post = (messages: readonly InboundText[], phoneNumberId: string = demoMeta.phoneNumberId): Promise<Response> =>
  postWebhook(sandbox.endpoints.worker, demoMeta.appSecret, messagesBody(demoMeta.wabaId, phoneNumberId, messages))

/** The messages of a customer's one conversation, once there are that many and all of them stand in the ticket. */
async function recorded(from: string, count: number): Promise<MessageView[] | undefined> {
  const [found, ...others] = await api.conversations(from)
  expect(others).toEqual([])
  const stored = found === undefined ? [] : await api.messages(found.id)
  return stored.length === count && stored.every((message) => message.isInTicket) ? stored : undefined
}

const nowSeconds = (): number => Math.floor(sandbox.clock.now() / 1_000)

it('makes one contact, one ticket and 50 messages of 50 first messages in five webhooks, each delivered three times', async () => {
  const from = '819011112222'
  const before = await counters()
  const messages = texts(from, 50, nowSeconds() - 100)
  const bodies = [0, 10, 20, 30, 40].map((start) => messages.slice(start, start + 10))
  const answers = await Promise.all([...bodies, ...bodies, ...bodies].map((body) => post(body)))
  expect(answers.map((answer) => answer.status)).toEqual(Array.from({ length: 15 }, () => 200))

  const stored = await eventually('all 50 messages in the ticket', () => recorded(from, messages.length), 60_000)
  expect(stored.map(textOf)).toEqual(messages.map((message) => message.text))

  const desk = await deskState(sandbox)
  const contacts = contactsOf(desk, from)
  expect(contacts).toHaveLength(1)
  const tickets = desk.tickets.filter((ticket) => ticket.contactId === contacts[0]?.id)
  expect(tickets).toHaveLength(1)
  const [ticket] = tickets
  if (ticket === undefined) throw new Error('no ticket')
  expect(messages.map((message) => countIn(ticket, message.text))).toEqual(messages.map(() => 1))
  expect(ticket.comments.every((comment) => !comment.isPublic && comment.contentType === 'plainText')).toBe(true)

  // The last of the copies may be looked at after everything is in the ticket.
  const after = await eventually('a hundred duplicates', async () => {
    const now = await counters()
    return now.waiting === 0 && now.duplicate - before.duplicate >= 100 ? now : undefined
  })
  expect(after.stored - before.stored).toBe(50)
  expect(after.duplicate - before.duplicate).toBe(100)
  expect(after.received).toBe(after.stored + after.duplicate + after.ignored + after.dead + after.waiting)
})

it('gives a new customer who writes to two numbers at once one contact and two conversations', async () => {
  const from = '819033334444'
  const [first, second] = [texts(from, 1, nowSeconds()), texts(from, 1, nowSeconds())]
  await Promise.all([post(first), post(second, demoMeta.secondPhoneNumberId)])
  await eventually(
    'two conversations, both in their tickets',
    async () => {
      const found = await api.conversations(from)
      return found.length === 2 && found.every((one) => one.ticket !== undefined && one.desk.state === 'done')
    },
    60_000,
  )
  const desk = await deskState(sandbox)
  const contacts = contactsOf(desk, from)
  expect(contacts).toHaveLength(1)
  const tickets = desk.tickets.filter((ticket) => ticket.contactId === contacts[0]?.id)
  expect(tickets.map((ticket) => ticket.departmentId).toSorted()).toEqual(
    [demoDepartmentIds.support, demoDepartmentIds.sales].toSorted(),
  )
})

describe('a bad signature', () => {
  const body = messagesBody(demoMeta.wabaId, demoMeta.phoneNumberId, texts('819055556666', 1, 1_790_000_000))
  const good = signature(demoMeta.appSecret, body)
  it.each<[string, string, Record<string, string>]>([
    ['none', body, {}],
    ['another secret', body, { 'x-hub-signature-256': signature('another-secret', body) }],
    ['an altered body', `${body} `, { 'x-hub-signature-256': good }],
    ['no prefix', body, { 'x-hub-signature-256': good.slice('sha256='.length) }],
    ['the sha1 prefix', body, { 'x-hub-signature-256': good.replace('sha256=', 'sha1=') }],
    ['an empty header', body, { 'x-hub-signature-256': '' }],
    ['an empty body', '', { 'x-hub-signature-256': good }],
    [
      'the last character changed',
      body,
      { 'x-hub-signature-256': `${good.slice(0, -1)}${good.endsWith('0') ? '1' : '0'}` },
    ],
  ])('(%s) is 401 and leaves nothing', async (_, sent, headers) => {
    const before = await counters()
    const answer = await postWebhook(sandbox.endpoints.worker, demoMeta.appSecret, sent, headers)
    expect(answer.status).toBe(401)
    expect(await counters()).toEqual(before)
    expect(await api.conversations('819055556666')).toEqual([])
  })
})

describe('a signed body', () => {
  it('that is no JSON is 200 and does not disturb what follows', async () => {
    const answer = await postWebhook(sandbox.endpoints.worker, demoMeta.appSecret, 'this is no JSON')
    expect(answer.status).toBe(200)
    const messages = texts('819077778888', 1, nowSeconds())
    expect((await post(messages)).status).toBe(200)
    await eventually('the next message', async () => (await api.conversations('819077778888')).length === 1)
  })

  it('with wrong types at any depth keeps the good neighbours and loses nothing', async () => {
    const from = '819099990000'
    const [first, last] = texts(from, 2, nowSeconds())
    if (first === undefined || last === undefined) throw new Error('two texts are needed')
    const parsed = JSON.parse(messagesBody(demoMeta.wabaId, demoMeta.phoneNumberId, [first, last])) as {
      entry: [{ changes: [{ value: { messages: unknown[] } }] }]
    }
    const good = parsed.entry[0].changes[0].value.messages
    const odd = { from, timestamp: String(nowSeconds()) }
    parsed.entry[0].changes[0].value.messages = [
      good[0],
      { ...odd, id: `wamid.${randomUUID()}`, type: 'text', text: 'not an object' },
      { ...odd, id: `wamid.${randomUUID()}`, type: 'hologram', hologram: { depth: 3 } },
      42,
      null,
      { ...odd, id: { nested: true }, type: 'text', text: { body: 'x' } },
      good[1],
    ]
    const before = await counters()
    const answer = await postWebhook(sandbox.endpoints.worker, demoMeta.appSecret, JSON.stringify(parsed))
    expect(answer.status).toBe(200)
    const conversation = await eventually('both good neighbours', async () => {
      const [found] = await api.conversations(from)
      if (found === undefined) return undefined
      const stored = await api.messages(found.id)
      return stored.some((message) => textOf(message) === last.text) ? found : undefined
    })
    const stored = await api.messages(conversation.id)
    expect(stored.every((message) => message.summary.length > 0)).toBe(true)
    expect(stored.filter((message) => message.kind === 'text').map(textOf)).toEqual([first.text, last.text])
    const after = await eventually('all seven judged', async () => {
      const now = await counters()
      return now.waiting === 0 && now.received - before.received >= 7 ? now : undefined
    })
    expect(after.received - before.received).toBe(7)
    expect(after.dead - before.dead).toBeGreaterThanOrEqual(3)
  })
})

const contracts = contractsFolder()

it.skipIf(contracts === undefined)('spoke to both platforms as their own descriptions say', async () => {
  if (contracts === undefined) return
  const problems = await new Contracts(contracts).checkRun(sandbox.endpoints)
  expect(problems.map(describeProblem)).toEqual([])
})
