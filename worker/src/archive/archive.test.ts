import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { archiveListSchema } from '../../../contract/index.ts'
import { callApp, testApp, tokenOf } from '../../test/api.ts'
import { rowsOf } from '../../test/rows.ts'
import { insert, SEEDED_AT, seedNumber, seedOrganisation } from '../../test/seed.ts'
import type { OrgScope } from '../platform/scope.ts'
import { objectNames } from '../platform/scope.ts'
import { runArchiveHistory } from './archive.jobs.ts'

const app = testApp()
const own = '442079460101'
const customer = '447700900123'
let count = 0
let number: string
let scope: OrgScope

beforeEach(async () => {
  count += 1
  number = `8700${count}`
  const orgId = `org_${'h'.repeat(16)}${String(count).padStart(4, '0')}`
  scope = await seedOrganisation({ orgId, portalId: `67${count}` })
  await seedNumber(scope, { phoneNumberId: number, departmentId: '100' })
})

const text = (id: string, from: string, body: string, at: number, more = {}) => ({
  ...{ id, from, timestamp: String(at), type: 'text', text: { body } },
  ...more,
})
const history = (messages: object[]) => ({
  history: [{ metadata: { phase: 0, chunk_order: 1, progress: 100 }, threads: [{ id: customer, messages }] }],
})

async function told(part: number, field: string, value: object): Promise<void> {
  const metadata = { display_phone_number: own, phone_number_id: number }
  const full = { messaging_product: 'whatsapp', metadata, ...value }
  const body = JSON.stringify({
    object: 'whatsapp_business_account',
    entry: [{ id: '700100', changes: [{ field, value: full }] }],
  })
  const lane = objectNames.lane.number(number)
  const place = { org_id: scope.orgId, lane, part, unit: 0, waba_id: '700100', received_at: SEEDED_AT }
  await insert(scope.db, 'account_events', { ...place, field, body })
}

const archive = () =>
  runArchiveHistory(env, { kind: 'archive_history', orgId: scope.orgId, shard: 0, phoneNumberId: number })
const read = async (query = '') => {
  const token = await tokenOf(scope, { role: 'viewer' })
  const response = await callApp(app, { path: `/api/numbers/${number}/archive${query}`, token })
  return archiveListSchema.parse(await response.json())
}

describe('history of the Business app', () => {
  it('is kept apart and readable, each message once and in its direction, and is no ticket', async () => {
    const messages = [
      text('wamid.1', customer, 'Is it open?', 1_790_000_000, { history_context: { status: 'READ' } }),
      text('wamid.2', own, 'It is.', 1_790_000_060, { to: customer, history_context: { status: 'DELIVERED' } }),
    ]
    await told(1, 'history', history(messages))
    await told(2, 'history', history(messages))
    await told(3, 'smb_message_echoes', {
      message_echoes: [text('wamid.3', own, 'Until six.', 1_790_000_120, { to: customer })],
    })
    await Promise.all([archive(), archive()])
    const { items, cursor } = await read()
    expect(cursor).toBeNull()
    expect(items.map(({ wamid, direction, summary, status }) => [wamid, direction, summary, status])).toEqual([
      ['wamid.3', 'out', 'Until six.', null],
      ['wamid.2', 'out', 'It is.', 'delivered'],
      ['wamid.1', 'in', 'Is it open?', 'read'],
    ])
    expect(new Set(items.map(({ phone }) => phone))).toEqual(new Set([`+${customer}`]))
    for (const table of ['conversations', 'messages', 'pending_work', 'account_events', 'places'])
      expect({ table, rows: await rowsOf(scope, table) }).toEqual({ table, rows: [] })
  })

  it('takes a picture in the place of its placeholder', async () => {
    await told(
      1,
      'history',
      history([{ id: 'wamid.4', from: customer, timestamp: '1790000000', type: 'media_placeholder' }]),
    )
    await archive()
    const image = { id: '900', mime_type: 'image/png', sha256: 'x', caption: 'The label' }
    await told(2, 'history', {
      messages: [{ id: 'wamid.4', from: customer, timestamp: '1790000000', type: 'image', image }],
    })
    await archive()
    expect((await read()).items).toMatchObject([{ wamid: 'wamid.4' }])
    expect((await read()).items[0]?.summary).toContain('The label')
  })

  it('that the person keeps is told on the number', async () => {
    await told(1, 'history', { history: [{ errors: [{ code: 2593109, title: 'History sync is turned off' }] }] })
    await archive()
    const [row] = await rowsOf(scope, 'numbers')
    expect(JSON.parse(String(row?.['failure']))).toMatchObject({ step: 'history', key: 'cancelled' })
  })

  it('is read in pages, and of one customer', async () => {
    const many = Array.from({ length: 5 }, (_, index) =>
      text(`wamid.p${index}`, customer, `No. ${index}`, 1_790_000_000 + index),
    )
    await told(1, 'history', history(many))
    await archive()
    const first = await read('?limit=3')
    const second = await read(`?limit=3&cursor=${first.cursor ?? ''}`)
    expect([...first.items, ...second.items].map(({ summary }) => summary)).toEqual([
      'No. 4',
      'No. 3',
      'No. 2',
      'No. 1',
      'No. 0',
    ])
    expect((await read('?phone=%2B44%207700%20900123')).items).toHaveLength(5)
    expect((await read('?phone=447700900999')).items).toEqual([])
    const token = await tokenOf(scope, { role: 'viewer' })
    expect((await callApp(app, { path: `/api/numbers/${number}/archive?cursor=x`, token })).status).toBe(400)
  })

  it('that cannot be read is left out without stopping the rest', async () => {
    await told(1, 'history', {
      history: [
        null,
        { threads: [{ id: customer, messages: [7, { id: 'x' }, text('wamid.9', customer, 'Yes', 1_790_000_000)] }] },
      ],
    })
    await archive()
    expect((await read()).items).toHaveLength(1)
  })
})
