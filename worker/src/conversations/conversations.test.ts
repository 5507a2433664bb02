import { beforeAll, describe, expect, it } from 'vitest'
import { insert, SEEDED_AT, seedContact, seedConversation, seedNumber, seedOrganisation } from '../../test/seed.ts'
import { newContact, searchText } from '../contacts/contact.model.ts'
import type { OrgScope } from '../platform/scope.ts'
import { createConversationsRepo } from './conversations.repo.ts'
import type { ReadConversationsPorts } from './conversations.usecases.ts'
import { getConversation, getTicketConversation, listConversations } from './conversations.usecases.ts'

const minute = 60_000
const everything = { departments: null }
const now = SEEDED_AT + 60 * minute

type Person = { name: string; phone?: string; userId?: string; username?: string }
const people: Person[] = [
  { name: 'Sakura Tanaka', phone: '819012345678' },
  { name: 'Bruno Silva', phone: '551187654321' },
  { name: '田中 花子', phone: '447700900123', username: 'hanako.t' },
  { name: 'Olivia O"Brien', userId: 'US.13491208655302741918' },
  { name: 'Иван', phone: '79123456789' },
]

let scope: OrgScope
let foreign: OrgScope
let ports: ReadConversationsPorts
const idOf = (prefix: string, index: number) => `${prefix}_${String(index).padStart(20, '0')}`

/** One contact and conversation of each person; the last one wrote last. Odd ones belong to Sales. */
async function fill(target: OrgScope, numberId: string, offset: number): Promise<void> {
  for (const [index, { name, phone = null, userId = null, username = null }] of people.entries()) {
    const contactId = idOf('ct', offset + index)
    const contact = newContact(contactId, { parentUserId: null, name, phone, userId, username }, '600100')
    await seedContact(target, {
      id: contactId,
      name,
      search: searchText(contact),
      ...(contact.phone !== null && { phone: contact.phone }),
      ...(userId !== null && { userId }),
      ...(username !== null && { username }),
    })
    await seedConversation(target, {
      id: idOf('cv', offset + index),
      contactId,
      phoneNumberId: numberId,
      departmentId: index % 2 === 0 ? '100' : '101',
      lastMessageAt: SEEDED_AT + index * minute,
    })
  }
}

beforeAll(async () => {
  scope = await seedOrganisation({ orgId: 'org_aaaaaaaaaaaaaaaaaaaa', portalId: '60000001' })
  foreign = await seedOrganisation({ orgId: 'org_bbbbbbbbbbbbbbbbbbbb', portalId: '60000002' })
  await seedNumber(scope, { phoneNumberId: '800100', departmentId: '100', channelName: 'Parcels' })
  await seedNumber(foreign, { phoneNumberId: '800900', departmentId: '900' })
  await fill(scope, '800100', 0)
  await fill(foreign, '800900', 100)
  ports = { repo: createConversationsRepo(scope), clock: () => now }
})

const names = (list: { items: Array<{ contact: { name: string } }> }) => list.items.map(({ contact }) => contact.name)
const search = async (query: string) => names(await listConversations(ports, everything, { query, limit: 50 }))
const ALL = people.map(({ name }) => name).toReversed()

describe('the list', () => {
  it('shows the newest message first and nobody of another organisation', async () => {
    const list = await listConversations(ports, everything, { limit: 50 })
    expect(names(list)).toEqual(ALL)
    expect(list.cursor).toBeNull()
    expect(list.items[4]).toEqual({
      id: idOf('cv', 0),
      contact: { name: 'Sakura Tanaka', phone: '+819012345678' },
      channel: { name: 'Parcels', phoneNumberId: '800100', displayPhoneNumber: '+44 20 7946 0101' },
      window: { closesAt: '2026-11-23T10:00:00.000Z' },
      lastMessageAt: '2026-11-22T10:00:00.000Z',
      lastSummary: 'Hello',
      change: 0,
      desk: { state: 'done' },
    })
  })

  it.each([1, 2, 3, 5])('in pages of %i shows everybody once', async (limit) => {
    const seen: string[] = []
    let cursor: string | undefined
    do {
      const page = await listConversations(ports, everything, { limit, cursor })
      seen.push(...names(page))
      cursor = page.cursor ?? undefined
    } while (cursor !== undefined)
    expect(seen).toEqual(ALL)
  })

  it('shows an agent only their departments, searched or not', async () => {
    const sales = { departments: ['101', '999'] }
    expect(names(await listConversations(ports, sales, { limit: 50 }))).toEqual(['Olivia O"Brien', 'Bruno Silva'])
    expect(names(await listConversations(ports, sales, { limit: 50, query: 'Sakura' }))).toEqual([])
    expect(names(await listConversations(ports, sales, { limit: 50, query: 'Bruno' }))).toEqual(['Bruno Silva'])
    expect(names(await listConversations(ports, { departments: [] }, { limit: 50 }))).toEqual([])
  })

  it.each([1, 2, 3, 5])('looks at %i conversations for a page and still shows everybody once', async (scanLimit) => {
    const careful = { ...ports, repo: createConversationsRepo(scope, scanLimit) }
    const seen: string[] = []
    let cursor: string | undefined
    do {
      const page = await listConversations(careful, { departments: ['101'] }, { limit: 2, cursor })
      seen.push(...names(page))
      cursor = page.cursor ?? undefined
    } while (cursor !== undefined)
    expect(seen).toEqual(['Olivia O"Brien', 'Bruno Silva'])
  })

  it.each(['x', '1.cv_1', `${'0'.repeat(15)}.cv_aaaaaaaaaaaaaaaaaaaa;`])('refuses the cursor %j', async (cursor) => {
    await expect(listConversations(ports, everything, { limit: 5, cursor })).rejects.toMatchObject({ status: 400 })
  })
})

describe('the search', () => {
  it.each([
    ['sakura', 'Sakura Tanaka'],
    ['Tanaka Sakura', 'Sakura Tanaka'],
    ['+81 90-1234-5678', 'Sakura Tanaka'],
    ['090 1234 5678', 'Sakura Tanaka'],
    ['81 90', 'Sakura Tanaka'],
    ['+55 11 8765-4321', 'Bruno Silva'],
    ['+55 11 98765-4321', 'Bruno Silva'],
    ['8 912 345-67-89', 'Иван'],
    ['иван', 'Иван'],
    ['07700 900123', '田中 花子'],
    ['hanako', '田中 花子'],
    ['花子', '田中 花子'],
    ['田', '田中 花子'],
    ['O"Br', 'Olivia O"Brien'],
    ['us.1349120865', 'Olivia O"Brien'],
  ])('%s finds %s', async (query, name) => {
    expect(await search(query)).toEqual([name])
  })

  it.each(['nobody', '%%', '%', '__', '"', '*', 'sakura AND bruno', '9999999'])('%s finds nobody', async (query) => {
    expect(await search(query)).toEqual(query === '"' ? ['Olivia O"Brien'] : [])
  })

  it('goes on from page to page', async () => {
    const first = await listConversations(ports, everything, { limit: 1, query: '123456' })
    expect(names(first)).toEqual(['Иван'])
    const second = await listConversations(ports, everything, { limit: 1, query: '123456', cursor: first.cursor ?? '' })
    expect(names(second)).toEqual(['Sakura Tanaka'])
    expect(second.cursor).toBeNull()
  })
})

describe('one conversation', () => {
  const code = (promise: Promise<unknown>) => promise.catch((error: { code: string }) => error.code)

  it('is not found in another organisation or department', async () => {
    const support = { departments: ['100'] }
    expect(await getConversation(ports, support, idOf('cv', 0))).toMatchObject({ id: idOf('cv', 0) })
    expect(await code(getConversation(ports, support, idOf('cv', 1)))).toBe('conversations.not_found')
    expect(await code(getConversation(ports, everything, idOf('cv', 100)))).toBe('conversations.not_found')
  })

  it('is found by its tickets, the current one and older ones', async () => {
    const ticket = {
      org_id: scope.orgId,
      conversation_id: idOf('cv', 2),
      department_id: '100',
      from_seq: 1,
      created_at: 1,
    }
    await insert(scope.db, 'tickets', { ...ticket, ticket_id: '301', ticket_number: '101' })
    await insert(scope.db, 'tickets', { ...ticket, ticket_id: '302', ticket_number: '102' })
    await insert(foreign.db, 'tickets', { ...ticket, org_id: foreign.orgId, ticket_id: '303', ticket_number: '103' })
    await scope.db
      .prepare(
        "UPDATE conversations SET ticket_id = '302', ticket_number = '102', desk_state = 'blocked', desk_reason = 'revoked' WHERE id = ?",
      )
      .bind(idOf('cv', 2))
      .run()
    const current = await getTicketConversation(ports, everything, '302')
    expect(current).toMatchObject({
      isCurrent: true,
      conversation: { ticket: { id: '302', number: '102' }, desk: { state: 'blocked', reason: 'revoked' } },
    })
    expect(await getTicketConversation(ports, everything, '301')).toMatchObject({
      isCurrent: false,
      conversation: { id: idOf('cv', 2) },
    })
    expect(await getTicketConversation(ports, everything, '303')).toEqual({ conversation: null, isCurrent: false })
    expect(await code(getTicketConversation(ports, { departments: ['101'] }, '302'))).toBe('conversations.not_found')
  })
})
