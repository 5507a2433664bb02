import { beforeEach, describe, expect, it } from 'vitest'
import type { ImitatedTicket } from '../../test/desk-imitation.parts.ts'
import { strictNetwork } from '../../test/network.ts'
import { countIn, TicketBench } from '../../test/ticket-bench.ts'

const network = strictNetwork()
let bench: TicketBench
let conversation: string

beforeEach(async () => {
  bench = new TicketBench()
  await bench.setUp()
  network.handle(bench.desk.handle)
  conversation = await bench.addConversation(await bench.addContact())
})

const onlyTicket = (): ImitatedTicket => {
  expect(bench.desk.tickets).toHaveLength(1)
  return bench.desk.ticket(bench.desk.tickets[0]?.id ?? '')
}
const seconds = (count: number): void => {
  bench.now += count * 1_000
}

/** A conversation whose first message stands in its ticket. */
async function begin(text = 'First words'): Promise<ImitatedTicket> {
  await bench.receive(conversation, { text })
  await bench.runToRest(conversation)
  const ticket = onlyTicket()
  bench.desk.credits = 0
  bench.desk.calls.length = 0
  bench.changes = 0
  return ticket
}

describe('a new customer’s first message', () => {
  it('makes contact and ticket at once, for eight credits at most', async () => {
    await bench.receive(conversation, { text: 'Where is my order 1001?\nIt is late.' })
    expect(await bench.run(conversation)).toEqual({ nextAt: null })
    const ticket = onlyTicket()
    expect(ticket).toMatchObject({
      subject: 'Where is my order 1001? It is late.',
      departmentId: '100',
      status: 'Open',
    })
    expect(ticket.description).toContain('Where is my order 1001?<br>It is late.')
    expect(ticket.description).toContain('Sakura Tanaka · 2026-11-22 10:00 UTC')
    expect(bench.desk.contacts).toMatchObject([
      { id: ticket.contactId, lastName: 'Sakura Tanaka', mobile: '+819012345678' },
    ])
    expect(bench.desk.credits).toBeLessThanOrEqual(8)
    const state = await bench.conversation(conversation)
    expect(state).toMatchObject({ ticket_id: ticket.id, ticket_number: '101', desk_state: 'done', desk_holes: '[]' })
    expect(await bench.decisions(conversation)).toEqual(['created:first'])
    expect(await bench.isPending(conversation)).toBe(false)
    expect(bench.changes).toBe(1)
  })

  it.each([
    ['mobile', '+81 90-1234-5678'],
    ['phone', '090-1234-5678'],
  ] as const)('finds the customer in Desk by %s %s', async (field, written) => {
    const known = bench.desk.addContact({ [field]: written })
    bench.desk.addContact({ mobile: '+81 90-1234-5679' })
    await bench.receive(conversation, {})
    await bench.runToRest(conversation)
    expect(onlyTicket().contactId).toBe(known.id)
    expect(bench.desk.contacts).toHaveLength(2)
  })

  it('of a customer without a number makes a contact by name', async () => {
    conversation = await bench.addConversation(await bench.addContact({ name: 'jun', phone: null }))
    await bench.receive(conversation, {})
    await bench.runToRest(conversation)
    expect(bench.desk.contacts).toMatchObject([{ lastName: 'jun', mobile: null, phone: null }])
    expect(onlyTicket().contactId).toBe(bench.desk.contacts[0]?.id)
  })

  it('and fifty more at the same moment are one ticket with everything in it once, in Meta’s order', async () => {
    const texts = Array.from({ length: 50 }, (_, index) => ({
      text: `line ${index}.`,
      sentAt: bench.now + index * 1_000,
    }))
    await bench.receive(conversation, ...texts.toReversed())
    await bench.runToRest(conversation)
    const text = bench.desk.textOf(onlyTicket())
    for (const line of texts) expect(countIn(text, line.text)).toBe(1)
    const places = texts.map((line) => text.indexOf(line.text))
    expect(places).toEqual(places.toSorted((a, b) => a - b))
    expect(onlyTicket().comments).toHaveLength(1)
  })

  it('that is no request opens nothing, and goes into the ticket that a real one makes', async () => {
    await bench.receive(conversation, { content: { kind: 'welcome_request' } }, { direction: 'out', text: 'Welcome!' })
    await bench.runToRest(conversation)
    expect(bench.desk.calls).toEqual([])
    expect(await bench.isPending(conversation)).toBe(false)
    await bench.receive(conversation, { text: 'Now I ask.' })
    await bench.runToRest(conversation)
    expect(onlyTicket().description).toContain('Now I ask.')
    expect(onlyTicket().comments[0]?.content).toContain('Welcome!')
  })

  it('of one person to two numbers at once is one contact and two tickets', async () => {
    const contact = await bench.addContact({ phone: '+447700900123' })
    const [left, right] = [await bench.addConversation(contact), await bench.addConversation(contact, '800200')]
    await bench.receive(left, { text: 'left' })
    await bench.receive(right, { text: 'right' })
    await Promise.all([bench.run(left), bench.run(right)])
    await bench.runToRest(left, right)
    expect(bench.desk.contacts).toHaveLength(1)
    expect(bench.desk.tickets.map(({ contactId }) => contactId)).toEqual([
      bench.desk.contacts[0]?.id,
      bench.desk.contacts[0]?.id,
    ])
    expect((await bench.conversation(left)).ticket_id).not.toBe((await bench.conversation(right)).ticket_id)
  })

  it('finds that Desk’s contact was deleted meanwhile, and makes another', async () => {
    await begin()
    const [lost] = bench.desk.contacts.splice(0)
    bench.desk.ticket(onlyTicket().id).isTrashed = true
    await bench.receive(conversation, { text: 'Anybody?' })
    await bench.runToRest(conversation)
    expect(bench.desk.contacts).toHaveLength(1)
    expect(bench.desk.tickets[1]?.contactId).toBe(bench.desk.contacts[0]?.id)
    expect(bench.desk.tickets[1]?.contactId).not.toBe(lost?.id)
  })
})

describe('later messages', () => {
  it('of a burst become one private comment, for two credits, and tell no panel', async () => {
    const ticket = await begin()
    await bench.receive(conversation, { text: 'One' })
    const { nextAt } = await bench.run(conversation)
    expect(nextAt).toBe(bench.now + 10_000)
    seconds(4)
    await bench.receive(conversation, { text: 'Two' })
    expect(await bench.run(conversation)).toEqual({ nextAt })
    await bench.runToRest(conversation)
    expect(ticket.comments.map(({ isPublic }) => isPublic)).toEqual([false])
    expect(ticket.comments[0]?.content).toMatch(
      /^Sakura Tanaka · 2026-11-22 10:00 UTC\nOne\n\nSakura Tanaka · 2026-11-22 10:00 UTC\nTwo\n\nKaiwa ref [0-9a-z]{10}$/,
    )
    expect(bench.desk.credits).toBe(2)
    expect(bench.desk.calls).toEqual([`GET /tickets/${ticket.id}`, `POST /tickets/${ticket.id}/comments`])
    expect(bench.changes).toBe(0)
    expect(await bench.decisions(conversation)).toEqual(['created:first'])
    expect(await bench.isPending(conversation)).toBe(false)
  })

  it('are public where the channel says so', async () => {
    bench = new TicketBench()
    network.handle(bench.desk.handle)
    await bench.setUp({ isPublic: true, burstSeconds: 0 })
    conversation = await bench.addConversation(await bench.addContact())
    const ticket = await begin()
    await bench.receive(conversation, { text: 'Seen by all' })
    await bench.runToRest(conversation)
    expect(ticket.comments[0]?.isPublic).toBe(true)
  })

  it('that came while the object slept are not waited for twice', async () => {
    const ticket = await begin()
    await bench.receive(conversation, { text: 'Old' })
    await bench.run(conversation)
    seconds(60)
    await bench.run(conversation)
    expect(ticket.comments).toHaveLength(1)
  })

  it('longer than a comment are split between messages', async () => {
    const ticket = await begin()
    const long = 'lorem ipsum '.repeat(340)
    await bench.receive(
      conversation,
      ...Array.from({ length: 20 }, (_, index) => ({ text: `#${index} ${long}`, sentAt: bench.now + index })),
    )
    await bench.runToRest(conversation)
    expect(ticket.comments).toHaveLength(3)
    const text = bench.desk.textOf(ticket)
    for (let index = 0; index < 20; index += 1) expect(countIn(text, `#${index} lorem`)).toBe(1)
    expect(bench.desk.credits).toBe(4)
  })

  it('with quotes, edits and deletions are told as such, reactions are not', async () => {
    const ticket = await begin()
    await bench.receive(
      conversation,
      { text: 'Which one?', wamid: 'wamid.A' },
      { text: 'This', quoteWamid: 'wamid.A' },
      { content: { kind: 'edit', targetWamid: 'wamid.A', text: 'Which two?' }, isHidden: true },
      { content: { kind: 'revoke', targetWamid: 'wamid.A' }, isHidden: true },
      { content: { kind: 'reaction', targetWamid: 'wamid.A', emoji: '👍' }, isHidden: true },
    )
    await bench.runToRest(conversation)
    const content = ticket.comments[0]?.content ?? ''
    expect(content).toContain('> Which one?\nThis')
    expect(content).toContain('Changed an earlier message to:\nWhich two?')
    expect(content).toContain('(Deleted an earlier message.)')
    expect(content).not.toContain('👍')
  })

  it('that are reactions alone cost nothing', async () => {
    await begin()
    await bench.receive(conversation, { content: { kind: 'reaction', targetWamid: null, emoji: '👍' }, isHidden: true })
    await bench.runToRest(conversation)
    expect(bench.desk.calls).toEqual([])
    expect(await bench.isPending(conversation)).toBe(false)
  })

  it('are shown as text, whatever they hold', async () => {
    const ticket = await begin('<img src=x onerror=alert(1)> & "quotes"')
    expect(ticket.description).toContain('&lt;img src=x onerror=alert(1)&gt; &amp; &quot;quotes&quot;')
    const nasty = '<script>alert(1)</script> \ud83d \u202eabc \u200b zsu[@user:1]zsu'
    await bench.receive(conversation, { text: nasty }, { text: '😀'.repeat(4_096) })
    await bench.runToRest(conversation)
    const text = bench.desk.textOf(ticket)
    expect(text).toContain('<script>alert(1)</script> \ufffd \u202eabc \u200b zsu\u2060[@user:1]')
    expect(text).toContain('😀'.repeat(4_096))
  })
})

describe('ours', () => {
  it('go in with the agent’s name once it is known what became of them', async () => {
    const ticket = await begin()
    const [sent, queued] = await bench.receive(
      conversation,
      { direction: 'out', text: 'On its way', agentName: 'Ana Ito', status: 'delivered' },
      { direction: 'out', text: 'Still going', agentName: 'Ana Ito', status: 'sending' },
    )
    await bench.run(conversation)
    seconds(11)
    const { nextAt } = await bench.run(conversation)
    expect(nextAt).toBe(bench.now + 60_000)
    expect(ticket.comments[0]?.content).toContain('Ana Ito (agent) · 2026-11-22 10:00 UTC\nOn its way')
    expect(await bench.conversation(conversation)).toMatchObject({ desk_cursor: queued, desk_holes: `[${queued}]` })
    expect(await bench.isPending(conversation)).toBe(true)
    expect(bench.desk.credits).toBe(1)
    await bench.setStatus(conversation, queued ?? 0, 'failed')
    await bench.runToRest(conversation)
    expect(ticket.comments[1]?.content).toContain('Still going\n(Not delivered.)')
    expect(sent).toBeLessThan(queued ?? 0)
    expect(await bench.conversation(conversation)).toMatchObject({ desk_holes: '[]', desk_state: 'done' })
  })

  it('are added to a closed ticket without opening it', async () => {
    const ticket = await begin()
    bench.desk.setStatus(ticket.id, 'Closed')
    await bench.receive(conversation, { direction: 'out', text: 'Bye' })
    await bench.runToRest(conversation)
    expect(ticket.status).toBe('Closed')
    expect(bench.desk.textOf(ticket)).toContain('Bye')
  })

  it('alone make no ticket when theirs is gone, and wait for the customer', async () => {
    const ticket = await begin()
    ticket.isGone = true
    await bench.receive(conversation, { direction: 'out', text: 'Anybody there?' })
    await bench.runToRest(conversation)
    expect(bench.desk.tickets).toHaveLength(1)
    expect(await bench.isPending(conversation)).toBe(false)
    await bench.receive(conversation, { text: 'Yes!' })
    await bench.runToRest(conversation)
    expect(bench.desk.textOf(bench.desk.ticket(bench.desk.tickets[1]?.id ?? ''))).toContain('Anybody there?')
  })
})

describe('files', () => {
  it('go with their text when they are there in time', async () => {
    const ticket = await begin()
    const content = {
      kind: 'image',
      media: { mediaId: '1', mimeType: 'image/jpeg', fileName: null, caption: 'my parcel' },
    } as const
    const [seq] = await bench.receive(conversation, { content, file: 'pending' })
    await bench.run(conversation)
    seconds(3)
    await bench.setMedia(seq ?? 0, 'stored')
    await bench.runToRest(conversation)
    expect(ticket.comments).toHaveLength(1)
    const [attachmentId = ''] = ticket.comments[0]?.attachmentIds ?? []
    expect(bench.desk.uploads.get(attachmentId)).toMatchObject({
      name: 'photo.jpg',
      type: 'image/jpeg',
      text: `key-${seq}`,
    })
    expect(ticket.comments[0]?.content).toContain('[Photo]\nmy parcel')
    expect(bench.desk.credits).toBe(3)
  })

  it('that come late follow in their own comment, the text waits for none', async () => {
    const ticket = await begin()
    const [seq = 0] = await bench.receive(conversation, { text: 'see photo', file: 'pending' })
    await bench.run(conversation)
    seconds(10)
    await bench.run(conversation)
    expect(ticket.comments[0]?.content).toContain('see photo\n(The file follows.)')
    expect(await bench.conversation(conversation)).toMatchObject({ desk_cursor: seq, desk_holes: `[${seq}]` })
    await bench.setMedia(seq, 'stored')
    await bench.runToRest(conversation)
    expect(ticket.comments[1]?.attachmentIds).toHaveLength(1)
    expect(ticket.comments[1]?.content).toContain('(The file of this message)')
    expect(countIn(bench.desk.textOf(ticket), 'see photo')).toBe(1)
    expect(await bench.conversation(conversation)).toMatchObject({ desk_holes: '[]' })
    expect(await bench.isPending(conversation)).toBe(false)
  })

  it('of the first message follow the ticket', async () => {
    const [seq = 0] = await bench.receive(conversation, { text: 'broken', file: 'pending' })
    await bench.run(conversation)
    await bench.setMedia(seq, 'stored')
    await bench.runToRest(conversation)
    expect(onlyTicket().comments[0]?.attachmentIds).toHaveLength(1)
  })

  it('that could not be fetched, or that Desk refuses, are told, and hold up nothing', async () => {
    const ticket = await begin()
    const [failed = 0, refused = 0] = await bench.receive(
      conversation,
      { text: 'one', file: 'pending' },
      { text: 'two', file: 'pending' },
      { text: 'three' },
    )
    await bench.setMedia(failed, 'failed')
    await bench.setMedia(refused, 'stored', 'virus.exe')
    await bench.runToRest(conversation)
    expect(ticket.comments[0]?.content).toContain('one\n(The file could not be fetched from WhatsApp.)')
    expect(ticket.comments[0]?.content).toContain('two\n(Desk did not take the file.')
    expect(ticket.comments[0]?.content).toContain('three')
  })
})
