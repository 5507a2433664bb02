import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, it } from 'vitest'
import {
  insert,
  SEEDED_AT,
  seedContact,
  seedConversation,
  seedMessage,
  seedNumber,
  seedOrganisation,
} from '../../test/seed.ts'
import { readConfig } from '../platform/env.ts'
import type { OrgScope } from '../platform/scope.ts'
import { createReadPorts } from './messages.read.ports.ts'
import { listMessageViewsBySeq, readChanges, readThread } from './messages.read.usecases.ts'
import type { ReadMessagesPorts, ThreadQuery } from './messages.read.usecases.ts'

const everything = () => true
const contactId = 'ct_aaaaaaaaaaaaaaaaaaaa'
const otherContactId = 'ct_bbbbbbbbbbbbbbbbbbbb'
const id = 'cv_aaaaaaaaaaaaaaaaaaaa'
const otherId = 'cv_bbbbbbbbbbbbbbbbbbbb'
const minute = 60_000

let scope: OrgScope
let foreign: OrgScope
let ports: ReadMessagesPorts
/** Seqs of the thread in the order of arrival; the third came late and stands between the first two. */
const seqs: number[] = []

beforeAll(async () => {
  scope = await seedOrganisation({ orgId: 'org_aaaaaaaaaaaaaaaaaaaa', portalId: '60000001' })
  foreign = await seedOrganisation({ orgId: 'org_bbbbbbbbbbbbbbbbbbbb', portalId: '60000002' })
  ports = createReadPorts(readConfig(env), scope, () => SEEDED_AT + 60 * minute)
  await seedNumber(scope, { phoneNumberId: '800100', departmentId: '100' })
  await seedContact(scope, { id: contactId, name: 'Sakura' })
  await seedContact(scope, { id: otherContactId, name: 'Bruno' })
  const head = { phoneNumberId: '800100', departmentId: '100' }
  await seedConversation(scope, {
    id,
    contactId,
    ...head,
    more: { change: 12, desk_cursor: 4, desk_holes: '[2]', ticket_id: '301', ticket_number: '102' },
  })
  await seedConversation(scope, { id: otherId, contactId: otherContactId, ...head })

  const at = (minutes: number) => SEEDED_AT + minutes * minute
  const add = async (facts: Parameters<typeof seedMessage>[2]) => seqs.push(await seedMessage(scope, id, facts))
  await add({ sentAt: at(0), change: 1, more: { wamid: 'wamid.1', summary: 'first' } })
  await add({ sentAt: at(2), change: 2, more: { summary: 'third' } })
  await add({ sentAt: at(1), change: 3, more: { summary: 'second, late' } })
  await add({ sentAt: at(3), position: 1, change: 4, more: { summary: 'fifth' } })
  await add({ sentAt: at(3), position: 0, change: 5, more: { summary: 'fourth' } })
  await add({ sentAt: at(3), position: 2, change: 6, more: { summary: 'hidden', is_hidden: 1 } })
  const picture = { mediaId: 'x', mimeType: 'image/jpeg', fileName: null, caption: null }
  await add({
    sentAt: at(4),
    change: 7,
    content: { kind: 'image', media: picture },
    more: { quote_wamid: 'wamid.1', reactions: '[{"from":"out","emoji":"👍"}]' },
  })
  await add({
    sentAt: at(5),
    change: 12,
    content: { kind: 'text', text: 'Good morning' },
    more: {
      direction: 'out',
      status: 'failed',
      client_id: 'client-0001',
      agent_id: '601',
      agent_name: 'Ken Mori',
      quote_wamid: 'wamid.unknown',
      failure: JSON.stringify({ metaCode: 131047, key: 'window', who: 'agent', action: 'template', details: null }),
      versions: JSON.stringify([{ text: 'Good mourning', at: at(4) }]),
    },
  })
  // The same wamid elsewhere: quotes never look into another conversation, let alone another organisation.
  await seedMessage(foreign, id, { more: { wamid: 'wamid.unknown', summary: 'foreign' } })
  await seedMessage(scope, otherId, { more: { wamid: 'wamid.unknown', summary: "another's" } })
  await insert(scope.db, 'media', {
    message_seq: seqs[6] ?? 0,
    org_id: scope.orgId,
    conversation_id: id,
    phone_number_id: '800100',
    meta_media_id: 'x',
    state: 'stored',
    mime_type: 'image/jpeg',
    size: 2048,
    next_attempt_at: 0,
  })
  for (const [ticket, fromSeq, minutes] of [
    ['300', 0, 0],
    ['301', 3, 3],
  ] as const) {
    const ids = {
      org_id: scope.orgId,
      conversation_id: id,
      ticket_id: ticket,
      ticket_number: String(Number(ticket) - 199),
    }
    await insert(scope.db, 'tickets', {
      ...ids,
      department_id: '100',
      from_seq: seqs[fromSeq] ?? 0,
      created_at: at(minutes),
    })
    await insert(scope.db, 'ticket_decisions', {
      ...ids,
      at: at(minutes) + 500,
      decision: 'created',
      reason: 'first_message',
      change: 1 + minutes * 3,
    })
  }
})

const read = (query: Partial<ThreadQuery> = {}) => readThread(ports, id, { limit: 50, ...query }, everything)
const summaries = (page: { items: Array<{ summary: string }> }) => page.items.map(({ summary }) => summary)
const ALL = ['first', 'second, late', 'third', 'fourth', 'fifth', 'image', 'Good morning']

describe('a thread', () => {
  it("is shown in Meta's order, oldest first, without hidden rows", async () => {
    const page = await read()
    expect(summaries(page)).toEqual(ALL)
    expect(page).toMatchObject({ before: null, after: null, change: 12 })
    const positions = page.items.map(({ position }) => position)
    expect(positions).toEqual(positions.toSorted())
  })

  it.each([1, 2, 3, 6])('read backwards in pages of %i shows every message and decision once', async (limit) => {
    const seen: string[] = []
    const decisions: string[] = []
    let before: string | undefined
    do {
      const page = await read({ limit, before })
      seen.unshift(...summaries(page))
      decisions.unshift(...page.decisions.map(({ ticketId }) => ticketId))
      expect(page.after === null).toBe(before === undefined)
      before = page.before ?? undefined
    } while (before !== undefined)
    expect(seen).toEqual(ALL)
    expect(decisions).toEqual(['300', '301'])
  })

  it.each([1, 2, 3])('read forwards from a ticket in pages of %i shows the rest once', async (limit) => {
    const seen: string[] = []
    const decisions: string[] = []
    let page = await read({ limit, ticketId: '301' })
    expect(page.before).not.toBeNull()
    for (;;) {
      seen.push(...summaries(page))
      decisions.push(...page.decisions.map(({ ticketId }) => ticketId))
      if (page.after === null) break
      page = await read({ limit, after: page.after })
    }
    // The ticket began with the message that arrived first, though Meta's order puts another before it.
    expect(seen).toEqual(ALL.slice(4))
    expect(decisions).toEqual(['301'])
    expect((await read({ ticketId: '300' })).before).toBeNull()
  })

  it('begins at the time of a ticket whose first message is gone', async () => {
    const ids = { org_id: scope.orgId, conversation_id: id, ticket_number: '9', department_id: '100' }
    await insert(scope.db, 'tickets', {
      ...ids,
      ticket_id: '309',
      from_seq: 999_999,
      created_at: SEEDED_AT + 4 * minute,
    })
    expect(summaries(await read({ ticketId: '309' }))).toEqual(ALL.slice(5))
  })

  it('carries quotes, files, failures, versions and what is in the ticket', async () => {
    const { items } = await read()
    expect(items[5]).toMatchObject({
      id: `m${seqs[6]}`,
      kind: 'image',
      quote: { wamid: 'wamid.1', id: `m${seqs[0]}`, summary: 'first', direction: 'in' },
      media: { state: 'stored', mimeType: 'image/jpeg', fileName: null, size: 2048 },
      reactions: [{ from: 'out', emoji: '👍' }],
    })
    expect(items[5]?.media?.url).toMatch(/^https:\/\/kaiwa\.test\/api\/media\//)
    expect(items[6]).toMatchObject({
      direction: 'out',
      status: 'failed',
      clientId: 'client-0001',
      agent: { id: '601', name: 'Ken Mori' },
      failure: { metaCode: 131047, action: 'template' },
      versions: [{ text: 'Good mourning', at: new Date(SEEDED_AT + 4 * minute).toISOString() }],
      quote: { wamid: 'wamid.unknown' },
    })
    expect(items[6]?.quote).toEqual({ wamid: 'wamid.unknown' })
    const inTicket = items.filter(({ isInTicket }) => isInTicket).map(({ summary }) => summary)
    expect(inTicket).toEqual(['first', 'second, late', 'fifth'])
  })

  it('is not found for another organisation, another department or an unknown ticket', async () => {
    const code = (promise: Promise<unknown>) => promise.catch((error: { code: string }) => error.code)
    const asForeign = createReadPorts(readConfig(env), foreign, () => SEEDED_AT)
    expect(await code(readThread(asForeign, id, { limit: 5 }, everything))).toBe('conversations.not_found')
    expect(await code(readThread(ports, id, { limit: 5 }, (department) => department === '999'))).toBe(
      'conversations.not_found',
    )
    expect(await code(read({ ticketId: '999' }))).toBe('tickets.not_found')
    expect(await readChanges(asForeign, id, 0)).toBeNull()
    expect(await listMessageViewsBySeq(asForeign, id, seqs)).toEqual([])
  })

  it.each([{ before: 'x' }, { after: '' }, { before: "1' OR 1=1" }, { before: 'a', ticketId: '300' }])(
    'refuses %j',
    async (query) => {
      await expect(read(query)).rejects.toMatchObject({ code: 'request.invalid', status: 400 })
    },
  )
})

describe('changes', () => {
  it('are everything after a counter, with the conversation as it is now', async () => {
    const changes = await readChanges(ports, id, 5)
    expect(changes).toMatchObject({ change: 12, since: 5, isPartial: false, conversation: { id, change: 12 } })
    expect(changes && summaries({ items: changes.messages })).toEqual(['image', 'Good morning'])
    expect(changes?.decisions.map(({ ticketId }) => ticketId)).toEqual(['301'])
    expect(await readChanges(ports, id, 12)).toMatchObject({ messages: [], decisions: [], isPartial: false })
  })

  it('ask to read anew when there are too many, or when the counter was set back', async () => {
    expect(await readChanges(ports, id, 13)).toMatchObject({ isPartial: true, messages: [] })
    for (let index = 0; index < 501; index += 1) await seedMessage(scope, otherId, { change: index + 1 })
    await scope.db.prepare('UPDATE conversations SET change = 501 WHERE id = ?').bind(otherId).run()
    expect(await readChanges(ports, otherId, 0)).toMatchObject({ change: 501, isPartial: true, messages: [] })
    const rest = await readChanges(ports, otherId, 1)
    expect(rest?.isPartial).toBe(false)
    expect(rest?.messages).toHaveLength(500)
  })
})

it('lists the messages asked for, and only those of the conversation', async () => {
  const views = await listMessageViewsBySeq(ports, id, [seqs[1] ?? 0, seqs[0] ?? 0, 999_999])
  expect(views.map(({ summary }) => summary)).toEqual(['first', 'third'])
  expect(await listMessageViewsBySeq(ports, otherId, [seqs[0] ?? 0])).toEqual([])
})
