import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import type { RowMeter } from '../../test/metered-database.ts'
import { meterDatabase } from '../../test/metered-database.ts'
import { rowsOf, run } from '../../test/rows.ts'
import { newId } from '../platform/ids.ts'
import { logger } from '../platform/logger.ts'
import { objectNames } from '../platform/scope.ts'
import { Committer } from './commit.usecases.ts'
import { readPlace } from './counters.repo.ts'
import { loadFacts } from './facts.repo.ts'
import { ANA, body, ingest, message, seedLane, seedSent, status } from './ingest.test-helpers.ts'
import { readItems } from './items.ts'
import { writePlan } from './writes.repo.ts'

const contacts = [{ profile: { name: 'Ana' }, wa_id: ANA, user_id: 'GB.1' }]
const part = { appPath: '', units: 1, body: null, blobKey: null, replayOf: null, receivedAt: Date.now() }

/** A lane's way to D1, counted, for a number whose customer has written before. */
async function meteredLane() {
  const { scope, phoneNumberId } = await seedLane()
  await ingest(phoneNumberId, { contacts, messages: [message('wamid.first')] })
  const { db, meter } = meterDatabase(scope.db)
  const { orgId, shard } = scope
  const homes = new Map()
  const committer = new Committer(
    {
      ground: { orgId, shard, phoneNumberId, portfolioId: '600100' },
      readPlace: () => readPlace(scope, phoneNumberId),
      loadFacts: (needs) => loadFacts({ db, orgId, phoneNumberId, homes }, needs),
      writePlan: (plan) =>
        writePlan({ db, orgId, phoneNumberId, lane: objectNames.lane.number(phoneNumberId), now: Date.now() }, plan),
      spill: async (item) => item,
      ids: { contact: () => newId('ct'), conversation: () => newId('cv') },
      logger,
    },
    null,
  )
  let id = Date.now() * 2
  const commit = async (...values: object[]): Promise<RowMeter> => {
    meter.reset()
    const owner = { orgId, shard, appPath: '', connectedAt: 0 }
    const items = values.flatMap((value) => {
      id += 1
      return readItems({ ...part, id }, JSON.stringify(body(phoneNumberId, { ...value })), owner, true)
    })
    await committer.commit(items)
    return meter
  }
  return { scope, phoneNumberId, commit }
}

/** Many more rows of everything a message's way to D1 touches. */
async function grow(orgId: string, rows: number): Promise<void> {
  const each = `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${rows})`
  const values = [
    `contacts (id, org_id, name, name_source, created_at) ${each} SELECT 'ct_${orgId}' || i, '${orgId}', 'n', 'phone', i FROM n`,
    `contact_aliases ${each} SELECT '${orgId}', 'phone', '', '99' || i, 'ct_${orgId}' || i FROM n`,
    `conversations (id, org_id, phone_number_id, contact_id, department_id, last_message_at, last_summary, created_at)
       ${each} SELECT 'cv_${orgId}' || i, '${orgId}', '1', 'ct_${orgId}' || i, '1', i, 's', i FROM n`,
    `messages (org_id, conversation_id, wamid, direction, kind, content, summary, sent_at, received_at, status, change)
       ${each} SELECT '${orgId}', 'cv_${orgId}' || i, 'wamid.grown.' || i, 'in', 'text', '{}', 's', i, i, 'received', i FROM n`,
    `waiting_statuses (org_id, phone_number_id, wamid, status, at, body, expires_at)
       ${each} SELECT '${orgId}', '1', 'wamid.none.' || i, 'sent', i, '{}', i FROM n`,
  ]
  for (const value of values) await run(env.SHARD_0, `INSERT INTO ${value}`)
}

/**
 * A lone message costs these, one read in the directory (whose the number is), and what its way into the ticket costs: 5 read and 1
 * written (see ticket-crashes.test.ts). Together at most 10 and 10.
 */
describe('rows of D1', () => {
  it('that a message to a known conversation costs are 4 read and 8 written, however much is stored', async () => {
    const { scope, commit } = await meteredLane()
    // Learns where D1 holds the lane, once in the life of its object.
    await commit({ contacts, messages: [message('wamid.0')] })
    expect(await commit({ contacts, messages: [message('wamid.1')] })).toMatchObject({ read: 4, written: 8 })
    await grow(scope.orgId, 20_000)
    expect(await commit({ contacts, messages: [message('wamid.2')] })).toMatchObject({ read: 4, written: 8 })
  })

  it('that a message costs for which something waits do not grow with what waits for others', async () => {
    const { scope, commit } = await meteredLane()
    const react = (id: string, target: string) =>
      message(id, { type: 'reaction', reaction: { message_id: target, emoji: '🎈' } })
    await commit({ contacts, messages: [react('wamid.2', 'wamid.1')] })
    const others = Array.from({ length: 200 }, (_, index) => react(`wamid.act.${index}`, `wamid.none.${index}`))
    await commit({ contacts, messages: others })
    await grow(scope.orgId, 5_000)
    const { read, written } = { ...(await commit({ contacts, messages: [message('wamid.1')] })) }
    expect(written).toBeLessThanOrEqual(14)
    expect(read).toBeLessThanOrEqual(15)
    expect(await commit({ contacts, messages: [message('wamid.3')] })).toMatchObject({ read: 4, written: 8 })
  })

  it('do not grow per message in a burst', async () => {
    const { commit } = await meteredLane()
    const messages = Array.from({ length: 50 }, (_, index) => message(`wamid.burst.${index}`))
    const meter = await commit({ contacts, messages })
    expect(meter.read).toBeLessThanOrEqual(50 * 2 + 5)
    expect(meter.written).toBeLessThanOrEqual(50 * 4 + 5)
  })

  it('that a status costs do not grow either', async () => {
    const { scope, commit } = await meteredLane()
    const [conversation] = await rowsOf(scope, 'conversations')
    const seq = await seedSent(scope, String(conversation?.id), { wamid: 'wamid.out' })
    await grow(scope.orgId, 5_000)
    const callback = { biz_opaque_callback_data: `kw1:0:${scope.orgId}:${seq}` }
    expect(await commit({ statuses: [status('wamid.out', 'sent', callback)] })).toMatchObject({ read: 4, written: 4 })
    expect(await commit({ statuses: [status('wamid.out', 'read')] })).toMatchObject({ read: 4, written: 4 })
  })
})

it('takes nobody for who had the number before, although it remembers whose conversation is which', async () => {
  const { scope, commit } = await meteredLane()
  const sender = [{ profile: { name: 'Ana' }, wa_id: ANA }]
  await commit({ contacts: sender, messages: [message('wamid.1')] })
  const [known] = await rowsOf(scope, 'conversations')
  await run(
    env.SHARD_0,
    `INSERT INTO contacts SELECT 'ct_other', org_id, 'Bo', 'profile', phone, NULL, NULL, NULL, NULL, NULL, 0, 0
    FROM contacts WHERE id = '${String(known?.contact_id)}'`,
  )
  await run(
    env.SHARD_0,
    `UPDATE contact_aliases SET contact_id = 'ct_other' WHERE org_id = '${scope.orgId}' AND kind = 'phone'`,
  )
  await commit({ contacts: sender, messages: [message('wamid.2')] })
  const rows = await rowsOf(scope, 'conversations')
  const other = rows.find(({ contact_id: id }) => id === 'ct_other')
  expect(rows).toHaveLength(2)
  expect((await rowsOf(scope, 'messages')).find(({ wamid }) => wamid === 'wamid.2')).toMatchObject({
    conversation_id: other?.id,
  })
})
