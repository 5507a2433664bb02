import { beforeAll, describe, expect, it } from 'vitest'
import { inboxQuerySchema } from '../../../contract/index.ts'
import { seedContact, seedConversation, seedNumber, seedOrganisation } from '../../test/seed.ts'
import type { OrgScope } from '../platform/scope.ts'
import { createInboxRepo } from './inbox.repo.ts'
import { listInbox } from './inbox.usecases.ts'

const NOW = 1_790_000_000_000
const HOUR_MS = 3_600_000

let scope: OrgScope

/** Name of the contact, hours since the last message, department, number, and more. */
const PEOPLE: [string, number, string, string, Record<string, string | number | null>][] = [
  ['Ada waits long', 20, '100', '800101', { waiting_since: NOW - 20 * HOUR_MS }],
  ['Bea waits', 2, '100', '800101', { waiting_since: NOW - 3 * HOUR_MS, ticket_id: '301', ticket_number: '101' }],
  ['Cyd waited too long', 30, '100', '800101', { waiting_since: NOW - 30 * HOUR_MS }],
  ['Dan was answered', 1, '100', '800101', { ticket_id: '302', ticket_number: '102' }],
  ['Eve is held', 4, '101', '800102', { waiting_since: NOW - 4 * HOUR_MS, held_since: NOW - 4 * HOUR_MS }],
  ['Fay was started', 5, '101', '800102', { last_inbound_at: null }],
]

beforeAll(async () => {
  scope = await seedOrganisation({ orgId: 'org_inboxinboxinbox00000', portalId: '77001' })
  await seedNumber(scope, { phoneNumberId: '800101', departmentId: '100' })
  await seedNumber(scope, { phoneNumberId: '800102', departmentId: '101' })
  for (const [index, [name, hours, departmentId, phoneNumberId, more]] of PEOPLE.entries()) {
    const id = String(index).padStart(20, '0')
    await seedContact(scope, { id: `ct_${id}`, name, phone: `+44770090010${index}` })
    const lastMessageAt = NOW - hours * HOUR_MS
    await seedConversation(scope, {
      id: `cv_${id}`,
      contactId: `ct_${id}`,
      phoneNumberId,
      departmentId,
      lastMessageAt,
      more,
    })
  }
})

const list = (query: Record<string, unknown> = {}, departments: string[] | null = null, scanLimit?: number) =>
  listInbox(
    { repo: createInboxRepo(scope, scanLimit), clock: () => NOW },
    { departments },
    inboxQuerySchema.parse(query),
  )
const namesIn = async (...asked: Parameters<typeof list>): Promise<string[]> =>
  (await list(...asked)).items.map(({ conversation }) => conversation.contact.name.split(' ')[0] ?? '')

describe('the inbox', () => {
  it('shows first whose window ends first, then the newest', async () => {
    expect(await namesIn()).toEqual(['Ada', 'Eve', 'Bea', 'Cyd'])
    expect(await namesIn({ filter: 'all' })).toEqual(['Ada', 'Eve', 'Bea', 'Dan', 'Fay', 'Cyd'])
    expect(await namesIn({ filter: 'no_ticket' })).toEqual(['Ada', 'Eve', 'Fay', 'Cyd'])
    expect(await namesIn({ filter: 'held' })).toEqual(['Eve'])
  })

  it('counts each filter, and says since when somebody waits', async () => {
    const { counts, items } = await list({ query: 'Ada' })
    expect(counts).toEqual({ all: 6, waiting: 4, no_ticket: 4, held: 1 })
    expect(items).toMatchObject([{ waitingSince: new Date(NOW - 20 * HOUR_MS).toISOString() }])
  })

  it('goes on where a page ended', async () => {
    const seen: string[] = []
    for (let cursor: string | null | undefined; cursor !== null;) {
      const page: Awaited<ReturnType<typeof list>> = await list({ filter: 'all', limit: 2, ...(cursor && { cursor }) })
      seen.push(...page.items.map(({ conversation }) => conversation.contact.name.split(' ')[0] ?? ''))
      cursor = page.cursor
    }
    expect(seen).toEqual(['Ada', 'Eve', 'Bea', 'Dan', 'Fay', 'Cyd'])
    await expect(list({ cursor: 'nonsense' })).rejects.toMatchObject({ status: 400 })
  })

  it('keeps to the number and the departments of who asks', async () => {
    expect(await namesIn({ filter: 'all', phoneNumberId: '800102' })).toEqual(['Eve', 'Fay'])
    expect(await namesIn({ filter: 'all' }, ['101'])).toEqual(['Eve', 'Fay'])
    expect((await list({}, ['101'])).counts).toEqual({ all: 2, waiting: 1, no_ticket: 2, held: 1 })
    expect(await namesIn({ filter: 'all' }, [])).toEqual([])
    expect((await list({ phoneNumberId: '800101' }, ['101'])).counts.all).toBe(0)
  })

  it.each([
    ['waits', ['Ada', 'Bea']],
    ['Be', ['Bea']],
    ['07700 900104', ['Eve']],
    ['nobody', []],
  ])('finds %j', async (query, names) => {
    expect(await namesIn({ query })).toEqual(names)
  })

  it('finds whom it does not look back to by name', async () => {
    expect(await namesIn({ filter: 'all' }, null, 2)).toEqual(['Bea', 'Dan'])
    expect(await namesIn({ filter: 'all', query: 'waited' }, null, 2)).toEqual(['Cyd'])
  })
})
