import { describe, expect, it } from 'vitest'
import type { Row } from '../../test/rows.ts'
import { rowsOf } from '../../test/rows.ts'
import { insert } from '../../test/seed.ts'
import type { OrgScope } from '../platform/scope.ts'
import { containing, countersOf, ingest, message, seedLane, seedSent, START, status } from './ingest.test-helpers.ts'
import { applyWaitingStatements, expireWaitingStatuses } from './waiting.repo.ts'

const DAY_MS = 86_400_000

/** A conversation with one message of ours that has no wamid yet, unless told otherwise. */
async function seedAnswer(facts: { wamid?: string; status?: string } = {}) {
  const { scope, phoneNumberId } = await seedLane()
  await ingest(phoneNumberId, { messages: [message(`wamid.in.${phoneNumberId}`)] })
  const [conversation] = await rowsOf(scope, 'conversations')
  const seq = await seedSent(scope, String(conversation?.id), facts)
  const callback = { biz_opaque_callback_data: `kw1:${scope.shard}:${scope.orgId}:${seq}` }
  return { scope, phoneNumberId, seq, callback }
}

async function answerOf(scope: OrgScope, seq: number): Promise<Row> {
  const rows = await rowsOf(scope, 'messages')
  const row = rows.find((one) => one.seq === seq)
  return { ...row, marks: JSON.parse(typeof row?.marks === 'string' ? row.marks : '{}') as unknown }
}

describe('a status', () => {
  it('finds its message by what we sent along, before the wamid is known', async () => {
    const { scope, phoneNumberId, seq, callback } = await seedAnswer({ status: 'sending' })
    const pricing = { billable: true, pricing_model: 'PMP', type: 'regular', category: 'service' }
    await ingest(phoneNumberId, { statuses: [status('wamid.out.1', 'sent', { ...callback, pricing })] })
    expect(await answerOf(scope, seq)).toMatchObject({
      status: 'sent',
      wamid: 'wamid.out.1',
      pricing: containing('PMP'),
    })
  })

  it('only rises, keeps each time, and counts repeats as duplicates', async () => {
    const { scope, phoneNumberId, seq } = await seedAnswer({ wamid: 'wamid.out.2' })
    const at = (name: string, seconds: number) =>
      status('wamid.out.2', name, { timestamp: String(1_790_000_000 + seconds) })
    await ingest(
      phoneNumberId,
      { statuses: [at('read', 30)] },
      { statuses: [at('delivered', 20), at('sent', 10)] },
      { statuses: [at('read', 30), at('sent', 10)] },
    )
    const answer = await answerOf(scope, seq)
    expect(answer.status).toBe('read')
    expect(answer.marks).toEqual({ sent: 1_790_000_010_000, delivered: 1_790_000_020_000, read: 1_790_000_030_000 })
    expect(await countersOf(scope, phoneNumberId)).toMatchObject({ received: 6, stored: 4, duplicate: 2 })
  })

  it.each([
    [131026, 0],
    [131053, 1],
  ])('that failed with %i leaves %i places of the trial taken', async (code, used) => {
    const { scope, phoneNumberId, seq } = await seedAnswer({ wamid: `wamid.place.${code}` })
    await scope.db.prepare(`UPDATE messages SET place = 'answers' WHERE seq = ?1`).bind(seq).run()
    const [conversation] = await rowsOf(scope, 'conversations')
    const contactId = String(conversation?.contact_id)
    await insert(scope.db, 'places', { org_id: scope.orgId, pool: 'answers', contact_id: contactId, taken_at: START })
    await ingest(phoneNumberId, { statuses: [status(`wamid.place.${code}`, 'failed', { errors: [{ code }] })] })
    expect((await rowsOf(scope, 'place_counts')).map((row) => row.used)).toEqual([used])
  })

  it('that failed shows why, and after delivery is a remark', async () => {
    const errors = [{ code: 131026, error_data: { details: 'Not on WhatsApp' } }]
    const first = await seedAnswer({ wamid: 'wamid.out.3' })
    await ingest(first.phoneNumberId, { statuses: [status('wamid.out.3', 'failed', { errors })] })
    expect(await answerOf(first.scope, first.seq)).toMatchObject({
      status: 'failed',
      failure: containing('131026'),
    })
    const second = await seedAnswer({ wamid: 'wamid.out.4', status: 'delivered' })
    await ingest(second.phoneNumberId, { statuses: [status('wamid.out.4', 'failed', { errors })] })
    expect(await answerOf(second.scope, second.seq)).toMatchObject({
      status: 'delivered',
      failure: containing('131026'),
    })
  })

  it('of a kind nobody knows is kept as an event', async () => {
    const { scope, phoneNumberId } = await seedAnswer({ wamid: 'wamid.out.5' })
    await ingest(phoneNumberId, { statuses: [status('wamid.out.5', 'teleported'), status('wamid.out.5', 'warning')] })
    expect(await rowsOf(scope, 'account_events')).toMatchObject([
      { field: 'statuses.teleported' },
      { field: 'ignored.legacy_status_warning' },
    ])
    expect(await countersOf(scope, phoneNumberId)).toMatchObject({ received: 3, stored: 2, ignored: 1 })
  })
})

describe('a status that comes before its message', () => {
  it('waits, and is applied by the transaction that stores the wamid', async () => {
    const { scope, phoneNumberId, seq } = await seedAnswer()
    const pricing = { pricing_model: 'PMP', category: 'service' }
    await ingest(phoneNumberId, {
      statuses: [
        status('wamid.out.6', 'delivered', { timestamp: '1790000020' }),
        status('wamid.out.6', 'sent', { timestamp: '1790000010', pricing }),
        status('wamid.out.6', 'sent', { timestamp: '1790000010', pricing }),
      ],
    })
    expect(await countersOf(scope, phoneNumberId)).toMatchObject({ received: 4, stored: 1, duplicate: 1, waiting: 2 })
    const apply = applyWaitingStatements(scope, [{ seq, wamid: 'wamid.out.6' }])
    await scope.db.batch(apply)
    expect(await answerOf(scope, seq)).toMatchObject({
      status: 'delivered',
      marks: { sent: 1_790_000_010_000, delivered: 1_790_000_020_000 },
      pricing: '{"model":"PMP","category":"service"}',
    })
    expect(await countersOf(scope, phoneNumberId)).toMatchObject({ received: 4, stored: 3, duplicate: 1, waiting: 0 })
    // Applied statuses leave marks that a later report builds on.
    await ingest(phoneNumberId, { statuses: [status('wamid.out.6', 'read')] })
    expect(await countersOf(scope, phoneNumberId)).toMatchObject({ received: 5, waiting: 1 })
  })

  it('never lowers what is there already', async () => {
    const { scope, phoneNumberId, seq } = await seedAnswer({ status: 'read' })
    await ingest(phoneNumberId, { statuses: [status('wamid.out.7', 'delivered')] })
    await scope.db.batch(applyWaitingStatements(scope, [{ seq, wamid: 'wamid.out.7' }]))
    expect(await answerOf(scope, seq)).toMatchObject({ status: 'read', marks: { delivered: (START + 100) * 1_000 } })
  })

  it('is applied too where a later one names the message', async () => {
    const { scope, phoneNumberId, seq, callback } = await seedAnswer({ status: 'unknown' })
    await ingest(
      phoneNumberId,
      { statuses: [status('wamid.out.8', 'read')] },
      { statuses: [status('wamid.out.8', 'sent', callback)] },
    )
    expect(await answerOf(scope, seq)).toMatchObject({ status: 'read', wamid: 'wamid.out.8' })
    expect(await rowsOf(scope, 'waiting_statuses')).toEqual([])
    expect(await countersOf(scope, phoneNumberId)).toMatchObject({ received: 3, stored: 3, waiting: 0 })
  })

  it('is ignored after eight days', async () => {
    const { scope, phoneNumberId } = await seedAnswer()
    await ingest(phoneNumberId, { statuses: [status('wamid.out.9', 'sent'), status('wamid.out.9', 'read')] })
    expect(await expireWaitingStatuses(scope, Date.now() + 7 * DAY_MS)).toBe(0)
    expect(await expireWaitingStatuses(scope, Date.now() + 8 * DAY_MS + 60_000)).toBe(2)
    expect(await countersOf(scope, phoneNumberId)).toMatchObject({ received: 3, stored: 1, ignored: 2, waiting: 0 })
  })
})

it('takes a thousand updates in one body, one bad one among them', async () => {
  const { scope, phoneNumberId } = await seedLane()
  const messages = Array.from({ length: 500 }, (_, index) =>
    message(`wamid.${index}`, { from: `4477009${String(index % 40).padStart(5, '0')}` }),
  )
  const statuses = Array.from({ length: 499 }, (_, index) => status(`wamid.out.${index}`, 'sent'))
  await ingest(phoneNumberId, { messages, statuses: [...statuses, { status: 7 }] })
  expect(await rowsOf(scope, 'messages')).toHaveLength(500)
  expect(await rowsOf(scope, 'conversations')).toHaveLength(40)
  expect(await countersOf(scope, phoneNumberId)).toEqual({
    received: 1_000,
    stored: 500,
    duplicate: 0,
    ignored: 0,
    dead: 1,
    waiting: 499,
  })
})
