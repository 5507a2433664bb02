import { beforeEach, describe, expect, it } from 'vitest'
import type { ImitatedTicket } from '../../test/desk-imitation.parts.ts'
import { strictNetwork } from '../../test/network.ts'
import { TicketBench } from '../../test/ticket-bench.ts'

const DAY = 86_400_000
const network = strictNetwork()
let bench: TicketBench
let conversation: string
let first: ImitatedTicket

beforeEach(async () => {
  bench = new TicketBench()
  await bench.setUp()
  network.handle(bench.desk.handle)
  conversation = await bench.addConversation(await bench.addContact())
  await write('First words')
  first = bench.desk.ticket(bench.desk.tickets[0]?.id ?? '')
  await write('More words')
  bench.desk.credits = 0
})

async function write(text: string): Promise<void> {
  await bench.receive(conversation, { text })
  await bench.runToRest(conversation)
}

const lastTicket = (): ImitatedTicket => bench.desk.ticket(bench.desk.tickets.at(-1)?.id ?? '')
const lastDecision = async () => (await bench.decisions(conversation)).at(-1)

describe('a message finds its ticket', () => {
  it('closed recently: it is opened again, for three credits', async () => {
    bench.desk.setStatus(first.id, 'Closed')
    bench.now += 2 * DAY
    await write('Not solved')
    expect(first.status).toBe('Open')
    expect(bench.desk.textOf(first)).toContain('Not solved')
    expect(await lastDecision()).toBe('reopened:closed_recently')
    expect(first.comments.at(-1)?.content).toContain('Kaiwa reopened this ticket')
    expect(bench.desk.credits).toBe(3)
  })

  it('closed long ago: there is a new one', async () => {
    bench.desk.setStatus(first.id, 'Closed')
    bench.now += 3 * DAY
    await write('Something else')
    expect(bench.desk.tickets).toHaveLength(2)
    expect(first.status).toBe('Closed')
    expect(lastTicket().description).toContain('Something else')
    expect(lastTicket().description).toContain('A new ticket')
    expect(await lastDecision()).toBe('created:closed_long_ago')
    expect((await bench.conversation(conversation)).ticket_id).toBe(lastTicket().id)
    expect(bench.desk.credits).toBe(2)
  })

  it('closed long ago when Desk hears of it, but not when the customer wrote: it is opened again', async () => {
    bench.desk.setStatus(first.id, 'Closed')
    bench.now += 2.9 * DAY
    await bench.receive(conversation, { text: 'In time' })
    bench.desk.faults = [
      {
        match: /GET/,
        kind: 'error',
        errorCode: 'THRESHOLD_EXCEEDED',
        status: 429,
        headers: { 'retry-after': '36000' },
        count: 50,
      },
    ]
    await bench.run(conversation)
    bench.now += 10_000
    await bench.run(conversation)
    bench.desk.faults = []
    bench.now += DAY
    await bench.runToRest(conversation)
    expect(await lastDecision()).toBe('reopened:closed_recently')
  })

  it('on hold: it is set to open', async () => {
    bench.desk.setStatus(first.id, 'On Hold')
    await write('Here it is')
    expect(first.status).toBe('Open')
    expect(await lastDecision()).toBe('reopened:on_hold')
  })

  it('in the recycle bin: there is a new one', async () => {
    first.isTrashed = true
    await write('Hello again')
    expect(lastTicket().description).toContain('Hello again')
    expect(await lastDecision()).toBe('created:trashed')
  })

  it('marked as spam: it is added silently, and said once', async () => {
    first.isSpam = true
    bench.desk.setStatus(first.id, 'Closed')
    await write('Buy this')
    expect(first.status).toBe('Closed')
    expect(bench.desk.textOf(first)).toContain('Buy this')
    await write('And this')
    expect(await bench.decisions(conversation)).toEqual(['created:first', 'appended:spam'])
    expect(bench.desk.tickets).toHaveLength(1)
  })

  it('deleted: there is a new one', async () => {
    first.isGone = true
    await write('Hello again')
    expect(lastTicket().description).toContain('Hello again')
    expect(await lastDecision()).toBe('created:deleted')
  })

  it('moved to another department: it goes on there, and the conversation follows', async () => {
    first.departmentId = '101'
    await write('Still me')
    expect(bench.desk.textOf(first)).toContain('Still me')
    expect((await bench.conversation(conversation)).department_id).toBe('101')
    expect(await lastDecision()).toBe('appended:moved')
    await write('Me again')
    expect(await bench.decisions(conversation)).toHaveLength(2)
  })

  it('merged into another: the surviving one receives it', async () => {
    const other = await anotherTicket()
    bench.desk.merge(first.id, other.id)
    await write('Where am I?')
    expect(bench.desk.textOf(other)).toContain('Where am I?')
    expect(bench.desk.tickets).toHaveLength(2)
    expect(await lastDecision()).toBe('followed:merged')
    expect(await bench.conversation(conversation)).toMatchObject({
      ticket_id: other.id,
      ticket_number: other.ticketNumber,
    })
    await write('And on')
    expect(bench.desk.textOf(other)).toContain('And on')
  })

  it('merged into one that was closed: that one is opened again', async () => {
    const other = await anotherTicket()
    bench.desk.merge(first.id, other.id)
    bench.desk.setStatus(other.id, 'Closed')
    await write('Hello?')
    expect(other.status).toBe('Open')
    expect(bench.desk.textOf(other)).toContain('Hello?')
  })

  it('deleted while another of the same customer lives: that one is not mistaken for it', async () => {
    const other = await anotherTicket()
    first.isGone = true
    await write('Hello?')
    expect(bench.desk.textOf(other)).not.toContain('Hello?')
    expect(bench.desk.tickets).toHaveLength(3)
    expect(await lastDecision()).toBe('created:deleted')
  })
})

/** A ticket of the same customer, of another conversation. */
async function anotherTicket(): Promise<ImitatedTicket> {
  const contact = await bench.addContact()
  const elsewhere = await bench.addConversation(contact, '800200')
  await bench.receive(elsewhere, { text: 'Other matter' })
  await bench.runToRest(elsewhere)
  await bench.receive(elsewhere, { text: 'Other matter, more' })
  await bench.runToRest(elsewhere)
  const ticket = lastTicket()
  expect(ticket.contactId).toBe(first.contactId)
  return ticket
}

describe('what Desk will not do', () => {
  it('reopening: the message is in the ticket, and the decision says so', async () => {
    bench.desk.setStatus(first.id, 'Closed')
    bench.desk.faults = [{ match: /PATCH/, kind: 'error', status: 422, errorCode: 'INVALID_DATA', count: 9 }]
    await write('Not solved')
    expect(bench.desk.textOf(first)).toContain('Not solved')
    expect(await lastDecision()).toBe('appended:reopen_refused')
  })

  it('a ticket in an unknown department: blocked, shown, tried every ten minutes, and never lost', async () => {
    bench.desk.setStatus(first.id, 'Closed')
    bench.now += 9 * DAY
    bench.desk.departments.splice(0)
    await bench.receive(conversation, { text: 'Hello?' })
    await bench.run(conversation)
    bench.now += 10_000
    const { nextAt } = await bench.run(conversation)
    expect(nextAt).toBe(bench.now + 600_000)
    expect(await bench.conversation(conversation)).toMatchObject({ desk_state: 'blocked', desk_reason: 'refused' })
    const { length } = bench.desk.calls
    expect(await bench.run(conversation)).toEqual({ nextAt })
    expect(bench.desk.calls).toHaveLength(length)
    bench.desk.departments.push('100')
    await bench.runToRest(conversation)
    expect(await bench.conversation(conversation)).toMatchObject({ desk_state: 'done', desk_reason: null })
    expect(lastTicket().description).toContain('Hello?')
  })
})
