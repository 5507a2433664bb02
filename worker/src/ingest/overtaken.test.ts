import { describe, expect, it } from 'vitest'
import type { OrgScope } from '../platform/scope.ts'
import { rowsOf, run } from '../../test/rows.ts'
import { BEN, countersOf, ingest, message, seedLane, START } from './ingest.test-helpers.ts'

const TARGET = 'wamid.target'
const target = message(TARGET, { timestamp: String(START + 10) })

const act = (id: string, seconds: number, more: object) => message(id, { timestamp: String(START + seconds), ...more })
const edit = (id: string, seconds: number, text: string, of = TARGET) =>
  act(id, seconds, { type: 'edit', edit: { original_message_id: of, message: { type: 'text', text: { body: text } } } })
const revoke = (id: string, seconds: number) =>
  act(id, seconds, { type: 'revoke', revoke: { original_message_id: TARGET } })
const react = (id: string, seconds: number, emoji: string) =>
  act(id, seconds, { type: 'reaction', reaction: { message_id: TARGET, emoji } })

const at = (seconds: number) => (START + seconds) * 1_000
const targetOf = async (scope: OrgScope) => (await rowsOf(scope, 'messages')).find(({ wamid }) => wamid === TARGET)
const actsOf = async (scope: OrgScope) => (await rowsOf(scope, 'messages')).filter(({ kind }) => kind !== 'text')

/** A number whose customer has written before. */
async function seedKnown() {
  const lane = await seedLane()
  await ingest(lane.phoneNumberId, { messages: [message('wamid.first')] })
  return lane
}

const ACTS: [string, object, object, string][] = [
  ['reaction', react('wamid.act', 20, '🎈'), { reactions: '[{"from":"in","emoji":"🎈"}]' }, `Text of ${TARGET}`],
  [
    'edit',
    edit('wamid.act', 20, 'As it should be'),
    {
      content: JSON.stringify({ kind: 'text', text: 'As it should be', editedAt: at(20) }),
      versions: JSON.stringify([{ text: `Text of ${TARGET}`, at: at(10) }]),
    },
    'As it should be',
  ],
  ['deletion', revoke('wamid.act', 20), { is_revoked: 1 }, 'Deleted by the customer'],
]

describe.each(ACTS)('a %s that comes before its message', (_name, early, effect, summary) => {
  it('is shown for itself until that comes, and is applied then', async () => {
    const { scope, phoneNumberId } = await seedKnown()
    await ingest(phoneNumberId, { messages: [early] })
    expect(await actsOf(scope)).toMatchObject([{ is_hidden: 0 }])
    const [before] = await actsOf(scope)
    await run(scope.db, `UPDATE conversations SET work_since = NULL WHERE org_id = '${scope.orgId}'`)
    await ingest(phoneNumberId, { messages: [target] })
    expect(await targetOf(scope)).toMatchObject({ ...effect, summary, is_hidden: 0 })
    const [conversation] = await rowsOf(scope, 'conversations')
    expect(conversation).toMatchObject({ last_summary: summary, last_message_at: at(10) })
    // In one change: a panel hears of both together. That Desk is not connected here may be shown after it.
    const change = (await targetOf(scope))?.change
    expect(change).toBeGreaterThan(Number(before?.['change']))
    expect(await actsOf(scope)).toMatchObject([{ is_hidden: 1, change }])
    expect(await rowsOf(scope, 'pending_work')).toHaveLength(1)
  })

  it('is applied once, however often both come', async () => {
    const { scope, phoneNumberId } = await seedKnown()
    const late = { messages: [early] }
    await ingest(phoneNumberId, late, late, { messages: [target] }, { messages: [target] }, late)
    expect(await targetOf(scope)).toMatchObject({ ...effect, summary })
    expect(await actsOf(scope)).toMatchObject([{ is_hidden: 1 }])
    expect(await countersOf(scope, phoneNumberId)).toMatchObject({ received: 6, stored: 3, duplicate: 3 })
  })

  it('in one body is applied, for a known customer and for a new one', async () => {
    const [known, fresh] = [await seedKnown(), await seedLane()]
    for (const { scope, phoneNumberId } of [known, fresh]) {
      await ingest(phoneNumberId, { messages: [early, target] })
      expect(await targetOf(scope)).toMatchObject({ ...effect, summary })
      expect(await actsOf(scope)).toMatchObject([{ is_hidden: 1 }])
      expect(await rowsOf(scope, 'conversations')).toMatchObject([{ last_summary: summary, last_message_at: at(10) }])
    }
  })
})

describe('edits', () => {
  const EDITED = {
    summary: 'third',
    versions: JSON.stringify([
      { text: `Text of ${TARGET}`, at: at(10) },
      { text: 'second', at: at(20) },
    ]),
  }
  const second = edit('wamid.edit2', 20, 'second')
  const third = edit('wamid.edit3', 30, 'third')

  it.each([
    ['both before', [third], [second], [target]],
    ['both before, in order', [second], [third], [target]],
    ['one before and one after', [third], [target], [second]],
    ['both after', [target], [third], [second]],
    ['all in one body', [third, second, target]],
    ['one before and one in its body', [third], [second, target]],
  ])('stand in the order of Meta’s time (%s)', async (_name, ...bodies) => {
    const { scope, phoneNumberId } = await seedKnown()
    for (const messages of bodies) await ingest(phoneNumberId, { messages })
    expect(await targetOf(scope)).toMatchObject(EDITED)
    expect(await actsOf(scope)).toMatchObject([{ is_hidden: 1 }, { is_hidden: 1 }])
    expect(await rowsOf(scope, 'conversations')).toMatchObject([{ last_summary: 'third' }])
  })
})

it.each([
  ['in webhooks of their own', [react('wamid.b', 30, '👍')], [react('wamid.a', 20, '❤')], [target]],
  ['partly in its body', [react('wamid.b', 30, '👍')], [react('wamid.a', 20, '❤'), target]],
])('the newest of two reactions stays (%s)', async (_name, ...bodies) => {
  const { scope, phoneNumberId } = await seedKnown()
  for (const messages of bodies) await ingest(phoneNumberId, { messages })
  expect(await targetOf(scope)).toMatchObject({ reactions: '[{"from":"in","emoji":"👍"}]' })
})

it('the last line is that of the newest message that is shown', async () => {
  const { scope, phoneNumberId } = await seedKnown()
  await ingest(phoneNumberId, { messages: [message('wamid.between', { timestamp: String(START + 15) })] })
  await ingest(phoneNumberId, { messages: [react('wamid.act', 20, '🎈')] })
  expect(await rowsOf(scope, 'conversations')).toMatchObject([{ last_summary: 'Reacted 🎈', last_message_at: at(20) }])
  await ingest(phoneNumberId, { messages: [target] })
  expect(await rowsOf(scope, 'conversations')).toMatchObject([
    { last_summary: 'Text of wamid.between', last_message_at: at(15), last_inbound_at: at(20) },
  ])
})

it('what somebody else says about a message never touches it', async () => {
  const { scope, phoneNumberId } = await seedKnown()
  await ingest(phoneNumberId, { messages: [message('wamid.ben', { from: BEN })] })
  await ingest(phoneNumberId, { messages: [{ ...revoke('wamid.act', 20), from: BEN }] }, { messages: [target] })
  expect(await targetOf(scope)).toMatchObject({ is_revoked: 0 })
  expect(await actsOf(scope)).toMatchObject([{ is_hidden: 0 }])
})

it('an edit of what cannot be edited stays a line of its own', async () => {
  const { scope, phoneNumberId } = await seedKnown()
  const place = { type: 'location', location: { latitude: 1, longitude: 2 }, timestamp: String(START + 10) }
  await ingest(phoneNumberId, { messages: [edit('wamid.act', 20, 'new')] }, { messages: [message(TARGET, place)] })
  expect((await actsOf(scope)).map(({ kind, is_hidden: isHidden }) => [kind, isHidden])).toEqual([
    ['edit', 0],
    ['location', 0],
  ])
})
