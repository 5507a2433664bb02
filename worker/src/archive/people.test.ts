import { beforeEach, describe, expect, it } from 'vitest'
import { rowsOf } from '../../test/rows.ts'
import { seedNumber } from '../../test/seed.ts'
import { ArchiveKit, contact, history, text } from './archive.test-helpers.ts'

const { own, customer } = ArchiveKit
const other = '819012345678'
const AT = 1_790_000_000
let kit: ArchiveKit

beforeEach(async () => {
  kit = await ArchiveKit.start('p')
})

const book = (...state_sync: unknown[]): Promise<void> => kit.keep('smb_app_state_sync', { state_sync })
const wrote = (id: string, from: string, body: string, at: number): Promise<void> =>
  kit.keep('history', history([text(id, from, body, at)], { thread: from }))
const names = async (query = ''): Promise<(string | null)[]> =>
  (await kit.people(query)).items.map(({ name, phone }) => name ?? phone)

describe('the people of the archive', () => {
  it('come latest first with name, number, last line and count; who never wrote comes last', async () => {
    await book(contact(customer, 'Olivia Brown', AT), contact('33612345678', 'Zoé Martin', AT))
    await wrote('wamid.1', customer, 'Hello', AT)
    await kit.keep('smb_message_echoes', { message_echoes: [text('wamid.2', own, 'Hi!', AT + 9, { to: customer })] })
    await wrote('wamid.3', other, 'いますか', AT + 60)
    expect((await kit.people()).items).toEqual([
      {
        phone: `+${other}`,
        name: null,
        messages: 1,
        last: { direction: 'in', summary: 'いますか', at: new Date((AT + 60) * 1000).toISOString() },
      },
      {
        phone: `+${customer}`,
        name: 'Olivia Brown',
        messages: 2,
        last: { direction: 'out', summary: 'Hi!', at: new Date((AT + 9) * 1000).toISOString() },
      },
      { phone: '+33612345678', name: 'Zoé Martin', messages: 0, last: null },
    ])
    for (const table of ['contacts', 'conversations', 'pending_work', 'account_events'])
      expect({ table, rows: await rowsOf(kit.scope, table) }).toEqual({ table, rows: [] })
  })

  it('are one under each form of a number, shown as WhatsApp writes it', async () => {
    await book(contact('+55 11 98765-4321', 'Ana', AT))
    await wrote('wamid.1', '551187654321', 'Oi', AT)
    expect((await kit.people()).items).toMatchObject([{ name: 'Ana', phone: '+551187654321', messages: 1 }])
  })

  it('are read in pages, each person once', async () => {
    for (const index of [0, 1, 2, 3, 4]) await wrote(`wamid.${index}`, `44770090012${index}`, 'Hi', AT)
    const seen: string[] = []
    let cursor: string | null = ''
    while (cursor !== null) {
      const page = await kit.people(`?limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`)
      seen.push(...page.items.map(({ phone }) => phone))
      cursor = page.cursor
    }
    expect(seen).toEqual([4, 3, 2, 1, 0].map((index) => `+44770090012${index}`))
    expect((await kit.ask('/people?cursor=x')).status).toBe(400)
  })

  it.each([
    ['a part of a name, in any case', 'oLIV', ['Olivia Brown']],
    ['wide letters', 'Ｂｒｏｗｎ', ['Olivia Brown']],
    ['a number as it is written at home', '07700 900123', ['Olivia Brown']],
    ['a number as it is written abroad', '+81 90-1234', ['田中 さくら']],
    ['nobody', 'Nobody', []],
    ['signs that mean something to a database', '%', []],
  ])('are found by %s', async (_what, query, found) => {
    await book(contact(customer, 'Olivia Brown', AT), contact(other, '田中 さくら', AT))
    expect(await names(`?query=${encodeURIComponent(query)}`)).toEqual(found)
  })
})

describe('the address book', () => {
  it('renames and removes; a name that was removed is not kept', async () => {
    await wrote('wamid.1', customer, 'Hello', AT)
    await book(contact(customer, 'Olivia', AT), contact(other, 'Sakura', AT))
    await book(contact(customer, 'Olivia Brown', AT + 5))
    expect(await names()).toEqual(['Olivia Brown', 'Sakura'])
    await book(contact(customer, undefined, AT + 9, 'remove'), contact(other, 'Sakura', AT + 9, 'remove'))
    expect(await names()).toEqual([`+${customer}`])
    expect(JSON.stringify(await rowsOf(kit.scope, 'archived_people'))).not.toMatch(/Olivia|Sakura/i)
  })

  it('counts what was said last, however webhooks come', async () => {
    await book(contact(customer, 'New name', AT + 9))
    await book(contact(customer, 'Old name', AT))
    expect(await names()).toEqual(['New name'])
    await book(contact(customer, undefined, AT + 10, 'remove'))
    await book(contact(customer, 'New name', AT + 9))
    expect(await names()).toEqual([])
    // Within one webhook, and at the same second: the later one.
    await book(contact(customer, 'First', AT + 20), contact(customer, 'Second', AT + 20))
    expect(await names()).toEqual(['Second'])
  })

  it('is read by two at once without an older word coming back', async () => {
    await kit.told('smb_app_state_sync', { state_sync: [contact(customer, 'Olivia', AT)] })
    await kit.told('smb_app_state_sync', { state_sync: [contact(customer, undefined, AT, 'remove')] })
    await Promise.all([kit.archive(), kit.archive()])
    expect(await names()).toEqual([])
  })

  it('is read as far as it can be', async () => {
    await book(
      null,
      7,
      { type: 'contact' },
      { type: 'label', contact: { phone_number: '447700900777', full_name: 'A label' }, action: 'add' },
      {
        contact: { phone_number: 447700900124, first_name: '  Ken\u202E ' },
        action: 'EDIT',
        metadata: { timestamp: 'x' },
      },
      contact('', 'Without a number', AT),
      contact(other, 'x'.repeat(500), AT),
    )
    const { items } = await kit.people()
    expect(items.map(({ phone, name }) => [phone, name?.length])).toEqual([
      [`+${other}`, 120],
      ['+447700900124', 3],
    ])
  })

  it('takes thousands at once', async () => {
    await book(...Array.from({ length: 2_500 }, (_, index) => contact(`4477${10_000_000 + index}`, `No. ${index}`, AT)))
    expect(await rowsOf(kit.scope, 'archived_people')).toHaveLength(2_500)
  })
})

describe('who may read', () => {
  const statuses = async (session: Parameters<ArchiveKit['ask']>[1]): Promise<number[]> =>
    Promise.all(['', '/people'].map(async (path) => (await kit.ask(path, session)).status))

  it('is who may see the department of the number', async () => {
    expect(await statuses({ role: 'viewer', departments: ['100'] })).toEqual([200, 200])
    expect(await statuses({ role: 'agent', departments: ['200'] })).toEqual([404, 404])
    expect(await statuses({ role: 'admin', departments: [] })).toEqual([200, 200])
  })

  it('is administrators alone where the number has no channel', async () => {
    const without = `${kit.number}9`
    await seedNumber(kit.scope, { phoneNumberId: without })
    Object.assign(kit, { number: without })
    expect(await statuses({ role: 'agent', departments: ['100'] })).toEqual([404, 404])
    expect(await statuses({ role: 'admin', departments: [] })).toEqual([200, 200])
  })
})
