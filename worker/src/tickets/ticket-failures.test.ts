import { beforeEach, describe, expect, it } from 'vitest'
import type { Fault } from '../../test/desk-imitation.parts.ts'
import { strictNetwork } from '../../test/network.ts'
import { countIn, TicketBench } from '../../test/ticket-bench.ts'
import { failed } from '../platform/errors.ts'

const network = strictNetwork()
let bench: TicketBench
let conversation: string
let contact: string

beforeEach(async () => {
  bench = new TicketBench()
  await bench.setUp()
  network.handle(bench.desk.handle)
  contact = await bench.addContact()
  conversation = await bench.addConversation(contact)
})

const everything = (): string => bench.desk.tickets.map((ticket) => bench.desk.textOf(ticket)).join('\n####\n')
const stateOf = async () => {
  const { desk_state: state, desk_reason: reason } = await bench.conversation(conversation)
  return reason === null ? state : `${state} ${reason}`
}

async function begin(): Promise<void> {
  await bench.receive(conversation, { text: 'First words' })
  await bench.runToRest(conversation)
  bench.desk.calls.length = 0
  bench.changes = 0
}

/** Runs a conversation through its whole life: a first message, a burst with a file, a closed ticket, an answer. */
async function live(): Promise<void> {
  await bench.receive(conversation, { text: 'text-one.' })
  await bench.runToRest(conversation)
  await bench.receive(conversation, { text: 'text-two.' }, { text: 'text-three.', file: 'stored' })
  await bench.runToRest(conversation)
  const [ticket] = bench.desk.tickets
  if (ticket !== undefined) bench.desk.setStatus(ticket.id, 'Closed')
  await bench.receive(conversation, { text: 'text-four.' }, { direction: 'out', text: 'text-five.' })
  await bench.runToRest(conversation)
}

/** What is there in the end, after everything that is still late was done. */
async function outcome() {
  bench.now += 120_000
  bench.desk.catchUp()
  const texts = ['one', 'two', 'three', 'four', 'five']
  return {
    contacts: bench.desk.contacts.length,
    tickets: bench.desk.tickets.map(({ status }) => status),
    texts: texts.map((text) => countIn(everything(), `text-${text}.`)),
    files: [...bench.desk.uploads.values()].filter(({ isUsed }) => isUsed).length,
    state: await stateOf(),
    isPending: await bench.isPending(conversation),
    decisions: await bench.decisions(conversation),
  }
}
const ALL_ONCE = {
  contacts: 1,
  tickets: ['Open'],
  texts: [1, 1, 1, 1, 1],
  files: 1,
  state: 'done',
  isPending: false,
  decisions: ['created:first', 'reopened:closed_recently'],
}

const EFFECTS: Array<[string, RegExp]> = [
  ['contact', /POST \/contacts$/],
  ['ticket', /POST \/tickets$/],
  ['first comment', /POST .*comments$/],
  ['upload', /POST \/uploads$/],
  ['status', /PATCH/],
  ['search', /GET \/contacts\/search$/],
  ['look at the ticket', /GET \/tickets\/\d+$/],
]
const LOSSES: Fault['kind'][] = ['lost', 'late', 'drop', 'error']

describe.each(EFFECTS)('when the answer about the %s is lost', (_, match) => {
  it.each(LOSSES)('(%s) everything is in one ticket once', async (kind) => {
    bench.desk.faults = [{ match, kind, status: 500, errorCode: 'INTERNAL_SERVER_ERROR' }]
    await live()
    expect(await outcome()).toEqual(ALL_ONCE)
  })
})

it.each([8_000, 25_000, 39_000])('work that is done %i ms late is waited for', async (lateMs) => {
  bench.desk.faults = [
    { match: /POST \/contacts$/, kind: 'late', lateMs },
    { match: /POST \/tickets$/, kind: 'late', lateMs },
    { match: /comments$/, kind: 'late', lateMs },
  ]
  await live()
  expect(await outcome()).toEqual(ALL_ONCE)
})

it('a Desk that loses every third answer in every way gets everything once', async () => {
  let count = 0
  const kinds: Fault['kind'][] = ['lost', 'drop', 'late']
  network.handle((request, url) => {
    count += 1
    if (count % 3 === 0) bench.desk.faults = [{ match: /./, kind: kinds[(count / 3) % 3] ?? 'lost', lateMs: 6_000 }]
    return bench.desk.handle(request, url)
  })
  await live()
  bench.desk.faults = []
  expect(await outcome()).toEqual(ALL_ONCE)
})

it('a ticket that is made late after it was made again: the first stays, the other says so', async () => {
  bench.desk.faults = [{ match: /POST \/tickets$/, kind: 'late', lateMs: 40_500 }]
  const lookDelaysMs = [1_000, 40_000]
  bench.wraps = [(deps) => ({ ...deps, lookDelaysMs })]
  bench.wraps.push((deps) => ({
    ...deps,
    desk: {
      ...deps.desk,
      createTicket: (ticket) => {
        // The first call's work is done while the second is under way.
        if (bench.desk.calls.some((call) => call === 'POST /tickets')) bench.now += 600
        return deps.desk.createTicket(ticket)
      },
    },
  }))
  await bench.receive(conversation, { text: 'Once, please' })
  await bench.runToRest(conversation)
  const [first, second] = bench.desk.tickets
  expect((await bench.conversation(conversation)).ticket_id).toBe(first?.id)
  expect(second?.comments[0]?.content).toContain(`The conversation is in #${first?.ticketNumber}`)
})

describe('a failure is handled as its kind and shown meanwhile:', () => {
  const error = (status: number, errorCode: string, headers: Record<string, string> = {}): Fault => ({
    match: /comments$/,
    kind: 'error',
    status,
    errorCode,
    headers,
    count: 100,
  })
  it.each([
    ['used up credits', error(429, 'THRESHOLD_EXCEEDED', { 'retry-after': '600' }), 'waiting paused_credits'],
    ['too many calls', error(429, 'TOO_MANY_REQUESTS'), 'waiting busy'],
    ['a failure of Desk', error(500, 'INTERNAL_SERVER_ERROR'), 'waiting unreachable'],
    ['a missing scope', error(403, 'SCOPE_MISMATCH'), 'blocked refused'],
    ['a lost answer', { match: /POST .*comments$/, kind: 'drop', count: 100 } satisfies Fault, 'waiting uncertain'],
  ])('%s', async (_, fault, shown) => {
    await begin()
    await bench.receive(conversation, { text: 'Delayed' })
    await bench.run(conversation)
    bench.desk.faults = [fault]
    bench.now += 10_000
    const { nextAt } = await bench.run(conversation)
    expect(nextAt).toBeGreaterThan(bench.now)
    expect(await stateOf()).toBe(shown)
    expect(bench.changes).toBe(1)
    expect(await bench.isPending(conversation)).toBe(true)
    bench.desk.faults = []
    await bench.runToRest(conversation)
    expect(countIn(everything(), 'Delayed')).toBe(1)
    expect(await stateOf()).toBe('done')
    expect(bench.changes).toBe(2)
  })

  it('revoked access, until Desk is connected again', async () => {
    await begin()
    let isRevoked = true
    bench.wraps = [
      (deps) => ({
        ...deps,
        desk: isRevoked ? { ...deps.desk, getTicket: async () => failed({ kind: 'revoked' }) } : deps.desk,
      }),
    ]
    await bench.receive(conversation, { text: 'Delayed' })
    await bench.run(conversation)
    bench.now += 10_000
    await bench.run(conversation)
    expect(await stateOf()).toBe('blocked revoked')
    isRevoked = false
    await bench.run(conversation)
    expect(await stateOf()).toBe('done')
    expect(countIn(everything(), 'Delayed')).toBe(1)
  })

  it('and what came meanwhile goes into the same comment', async () => {
    await begin()
    await bench.receive(conversation, { text: 'Before' })
    bench.desk.faults = [error(429, 'THRESHOLD_EXCEEDED', { 'retry-after': '600' })]
    await bench.run(conversation)
    bench.now += 10_000
    await bench.run(conversation)
    await bench.receive(conversation, { text: 'Meanwhile' })
    bench.desk.faults = []
    bench.now += 600_000
    await bench.runToRest(conversation)
    expect(bench.desk.tickets[0]?.comments).toHaveLength(1)
    expect(countIn(everything(), 'Meanwhile')).toBe(1)
  })
})

it('refused attachments are uploaded again, then left out', async () => {
  await begin()
  await bench.receive(conversation, { text: 'with file', file: 'stored' })
  await bench.run(conversation)
  bench.now += 10_000
  bench.wraps = [
    (deps) => ({
      ...deps,
      desk: {
        ...deps.desk,
        createComment: async (ticketId, comment) =>
          comment.attachmentIds.length === 0
            ? deps.desk.createComment(ticketId, comment)
            : failed({ kind: 'invalid', code: 'INVALID_DATA', fields: [{ name: 'attachmentIds/0', type: 'invalid' }] }),
      },
    }),
  ]
  await bench.runToRest(conversation)
  expect(everything()).toContain('with file\n(Desk did not take the file.')
  expect(bench.desk.uploads.size).toBe(2)
})

it('a contact whose maker died is found by the next conversation, by number or by mark', async () => {
  for (const phone of ['+447700900123', null]) {
    const shared = await bench.addContact({ name: `Twin ${phone}`, phone })
    const [dead, alive] = [await bench.addConversation(shared), await bench.addConversation(shared, '800200')]
    await bench.receive(dead, { text: 'dead' })
    await bench.receive(alive, { text: 'alive' })
    bench.desk.faults = [{ match: /POST \/contacts$/, kind: 'lost' }]
    await bench.run(dead)
    await bench.run(alive)
    expect((await bench.conversation(alive)).ticket_id).toBeNull()
    bench.now += 121_000
    await bench.runToRest(alive)
    expect(bench.desk.contacts.filter(({ lastName }) => lastName === `Twin ${phone}`)).toHaveLength(1)
    await bench.runToRest(dead)
    expect(bench.desk.contacts.filter(({ lastName }) => lastName === `Twin ${phone}`)).toHaveLength(1)
  }
})
