import { beforeEach, describe, expect, it } from 'vitest'
import { rowsOf } from '../../test/rows.ts'
import { SEEDED_AT } from '../../test/seed.ts'
import { createArchiveRepo } from './archive.repo.ts'
import { ArchiveKit, history, text } from './archive.test-helpers.ts'

const { own, customer } = ArchiveKit
const AT = 1_790_000_000
let kit: ArchiveKit

beforeEach(async () => {
  kit = await ArchiveKit.start('h')
})

const echo = (message: object): Promise<void> => kit.keep('smb_message_echoes', { message_echoes: [message] })
const summaries = async (query = ''): Promise<string[]> => (await kit.messages(query)).items.map((one) => one.summary)

describe('history of the Business app', () => {
  it('is kept apart and readable, each message once and in its direction, and is no ticket', async () => {
    const messages = [
      text('wamid.1', customer, 'Is it open?', AT, { history_context: { status: 'READ' } }),
      text('wamid.2', own, 'It is.', AT + 60, { to: customer, history_context: { status: 'DELIVERED' } }),
    ]
    await kit.told('history', history(messages))
    await kit.told('history', history(messages))
    await kit.told('smb_message_echoes', {
      message_echoes: [text('wamid.3', own, 'Until six.', AT + 120, { to: customer })],
    })
    await Promise.all([kit.archive(), kit.archive()])
    const { items, cursor } = await kit.messages()
    expect(cursor).toBeNull()
    expect(items.map(({ wamid, direction, summary, status }) => [wamid, direction, summary, status])).toEqual([
      ['wamid.1', 'in', 'Is it open?', 'read'],
      ['wamid.2', 'out', 'It is.', 'delivered'],
      ['wamid.3', 'out', 'Until six.', null],
    ])
    expect(new Set(items.map(({ phone }) => phone))).toEqual(new Set([`+${customer}`]))
    for (const table of ['conversations', 'messages', 'pending_work', 'account_events', 'places'])
      expect({ table, rows: await rowsOf(kit.scope, table) }).toEqual({ table, rows: [] })
  })

  it('shows what was written whole, with its lines', async () => {
    const long = `First\nsecond ${'x'.repeat(400)}`
    await kit.keep('history', history([text('wamid.1', customer, long, AT)]))
    expect((await kit.messages()).items[0]).toMatchObject({ kind: 'text', text: long })
  })

  it('takes a picture in the place of its placeholder', async () => {
    const placeholder = { id: 'wamid.4', from: customer, timestamp: String(AT), type: 'media_placeholder' }
    await kit.keep('history', history([placeholder]))
    expect((await kit.messages()).items).toMatchObject([{ kind: 'file', text: null, summary: 'File' }])
    const image = { id: '900', mime_type: 'image/png', sha256: 'x', caption: 'The label' }
    await kit.keep('history', { messages: [{ ...placeholder, type: 'image', image }] })
    expect((await kit.messages()).items).toMatchObject([{ wamid: 'wamid.4', kind: 'image', text: 'The label' }])
    expect((await kit.people()).items).toMatchObject([{ messages: 1, last: { summary: 'Photo: The label' } }])
  })

  it('is read in pages backwards, and of one customer', async () => {
    // Two at the same second: their order is the same on every page.
    const many = [0, 1, 2, 2, 3].map((seconds, index) =>
      text(`wamid.p${index}`, customer, `No. ${index}`, AT + seconds),
    )
    await kit.keep('history', history(many))
    const last = await kit.messages('?limit=2')
    const middle = await kit.messages(`?limit=2&cursor=${last.cursor ?? ''}`)
    const first = await kit.messages(`?limit=2&cursor=${middle.cursor ?? ''}`)
    expect([first, middle, last].map(({ items }) => items.map(({ summary }) => summary))).toEqual([
      ['No. 0'],
      ['No. 1', 'No. 2'],
      ['No. 3', 'No. 4'],
    ])
    expect(first.cursor).toBeNull()
    expect(await summaries('?phone=%2B44%207700%20900123')).toHaveLength(5)
    expect(await summaries('?phone=447700900999')).toEqual([])
    expect((await kit.ask('?cursor=x')).status).toBe(400)
    expect((await kit.ask('?limit=201')).status).toBe(400)
  })

  it('that cannot be read is left out without stopping the rest', async () => {
    await kit.keep('history', {
      history: [
        null,
        { threads: [{ id: customer, messages: [7, { id: 'x' }, text('wamid.9', customer, 'Yes', AT)] }] },
      ],
    })
    expect(await summaries()).toEqual(['Yes'])
  })
})

describe('how far the history is', () => {
  const stand = async (): Promise<unknown> => (await kit.people()).history

  it('follows its phases in whatever order they come', async () => {
    expect(await stand()).toMatchObject({ state: 'none', progress: 0 })
    await kit.keep('history', history([], { progress: 67 }))
    await kit.keep('history', history([], { progress: 33 }))
    expect(await stand()).toEqual({ state: 'arriving', progress: 67, reason: null })
    await kit.keep('history', history([], { progress: 100 }))
    expect(await stand()).toMatchObject({ state: 'complete' })
  })

  it('says that the person at the phone keeps it, and takes it when it is shared after all', async () => {
    const declined = {
      errors: [{ code: 2593109, title: 'Off', error_data: { details: 'Turned off by the business' } }],
    }
    await kit.keep('history', { history: [declined] })
    expect(await stand()).toEqual({ state: 'declined', progress: 0, reason: 'Turned off by the business' })
    const [row] = await rowsOf(kit.scope, 'numbers')
    expect(row?.['failure']).toBeNull()
    await kit.keep('history', history([], { progress: 50 }))
    expect(await stand()).toMatchObject({ state: 'arriving', progress: 50 })
  })

  it('begins again when it is asked for anew, and keeps what comes before the answer', async () => {
    const { asked } = createArchiveRepo(kit.scope)
    await kit.keep('history', history([], { progress: 100 }), SEEDED_AT)
    await asked(kit.number, SEEDED_AT + 3_600_000, false)
    expect(await stand()).toMatchObject({ state: 'complete' })
    await asked(kit.number, SEEDED_AT + 3_600_000, true)
    expect(await stand()).toMatchObject({ state: 'waiting', progress: 0 })
    // Its webhook is told by a clock that is some milliseconds behind ours.
    await kit.keep('history', history([], { progress: 33 }), SEEDED_AT + 7_199_990)
    await asked(kit.number, SEEDED_AT + 7_200_000, true)
    expect(await stand()).toMatchObject({ state: 'arriving', progress: 33 })
  })

  it('is not changed by what is written in the app', async () => {
    await echo(text('wamid.1', own, 'Hello', AT, { to: customer }))
    expect(await stand()).toMatchObject({ state: 'none' })
  })
})

describe('a message that its writer changed in the app', () => {
  const edit = (id: string, body: string, at: number): object => ({
    ...{ id, from: own, to: customer, timestamp: String(at), type: 'edit' },
    edit: { original_message_id: 'wamid.1', message: { type: 'text', text: { body } } },
  })
  const revoke = { id: 'wamid.r', from: own, to: customer, timestamp: String(AT + 30), type: 'revoke' }

  beforeEach(() => echo(text('wamid.1', own, 'At six', AT, { to: customer })))

  it('reads as it is now', async () => {
    await echo(edit('wamid.e', 'At seven', AT + 20))
    expect((await kit.messages()).items).toMatchObject([{ wamid: 'wamid.1', text: 'At seven', isEdited: true }])
    expect((await kit.people()).items).toMatchObject([{ messages: 1, last: { summary: 'At seven' } }])
  })

  it('is gone where it was deleted, also when an edit of it comes late', async () => {
    await echo({ ...revoke, revoke: { original_message_id: 'wamid.1' } })
    await echo(edit('wamid.e', 'At seven', AT + 20))
    expect((await kit.messages()).items).toMatchObject([{ wamid: 'wamid.1', kind: 'revoke', text: null }])
    expect(JSON.stringify(await rowsOf(kit.scope, 'archived_messages'))).not.toMatch(/At (six|seven)/)
  })

  it('is told for itself where nobody knows that message', async () => {
    await echo({ ...revoke, revoke: { original_message_id: 'wamid.none' } })
    expect((await kit.messages()).items.map(({ wamid }) => wamid)).toEqual(['wamid.1', 'wamid.r'])
  })
})
