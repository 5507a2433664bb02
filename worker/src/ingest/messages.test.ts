import { describe, expect, it } from 'vitest'
import { rowsOf } from '../../test/rows.ts'
import { seedNumber } from '../../test/seed.ts'
import { readPlace, writePlace } from '../messages/message-position.model.ts'
import { ANA, BEN, countersOf, ingest, message, post, body, laneOf, seedLane, START } from './ingest.test-helpers.ts'

const contacts = [{ profile: { name: 'Ana Ito' }, wa_id: ANA, user_id: 'GB.1' }]

it('stores a message of a new customer with contact and conversation', async () => {
  const { scope, phoneNumberId } = await seedLane()
  await ingest(phoneNumberId, { contacts, messages: [message('wamid.1')] })
  const [conversation] = await rowsOf(scope, 'conversations')
  expect(conversation).toMatchObject({
    phone_number_id: phoneNumberId,
    department_id: '1800000000100',
    last_message_at: START * 1_000,
    last_inbound_at: START * 1_000,
    last_summary: 'Text of wamid.1',
  })
  const id = conversation?.id
  expect(await rowsOf(scope, 'contacts')).toMatchObject([
    {
      id: conversation?.contact_id,
      name: 'Ana Ito',
      name_source: 'profile',
      phone: `+${ANA}`,
      user_id: 'GB.1',
      portfolio_id: '600100',
    },
  ])
  expect(await rowsOf(scope, 'contact_aliases', 'kind')).toMatchObject([
    { kind: 'phone', portfolio_id: '', value: ANA },
    { kind: 'user_id', portfolio_id: '600100', value: 'GB.1' },
  ])
  expect(await rowsOf(scope, 'messages')).toMatchObject([
    {
      conversation_id: id,
      wamid: 'wamid.1',
      direction: 'in',
      kind: 'text',
      status: 'received',
      is_hidden: 0,
    },
  ])
  expect(await countersOf(scope, phoneNumberId)).toEqual({
    received: 1,
    stored: 1,
    duplicate: 0,
    ignored: 0,
    dead: 0,
    waiting: 0,
  })
})

it('makes one contact, one conversation and 50 messages in order of five webhooks that each come three times', async () => {
  const { scope, phoneNumberId } = await seedLane()
  const texts = Array.from({ length: 50 }, (_, index) =>
    message(`wamid.${index}`, { timestamp: String(START + index) }),
  )
  const bodies = [0, 10, 20, 30, 40].map((start) =>
    body(phoneNumberId, { contacts, messages: texts.slice(start, start + 10) }),
  )
  await Promise.all([...bodies, ...bodies, ...bodies].map(post))
  await laneOf(phoneNumberId).settle()
  expect(await rowsOf(scope, 'contacts')).toHaveLength(1)
  expect(await rowsOf(scope, 'conversations')).toHaveLength(1)
  const stored = await rowsOf(scope, 'messages', 'sent_at, position, seq')
  expect(stored.map(({ wamid }) => wamid)).toEqual(texts.map(({ id }) => id))
  expect(await countersOf(scope, phoneNumberId)).toMatchObject({ received: 150, stored: 50, duplicate: 100 })
})

it('knows since when a customer waits for an answer: the oldest message that asks for one', async () => {
  const { scope, phoneNumberId } = await seedLane()
  const at = (id: string, seconds: number, more: object = {}) =>
    message(id, { timestamp: String(START + seconds), ...more })
  const since = async () => (await rowsOf(scope, 'conversations'))[0]?.waiting_since
  await ingest(phoneNumberId, { contacts, messages: [at('wamid.w1', 5), at('wamid.w2', 2)] })
  expect(await since()).toBe((START + 2) * 1_000)
  await ingest(phoneNumberId, { contacts, messages: [at('wamid.w3', 9)] })
  expect(await since()).toBe((START + 2) * 1_000)
  await scope.db.prepare('UPDATE conversations SET waiting_since = NULL WHERE org_id = ?1').bind(scope.orgId).run()
  const reaction = { type: 'reaction', reaction: { message_id: 'wamid.w1', emoji: '🎈' } }
  await ingest(phoneNumberId, { contacts, messages: [at('wamid.w4', 20, reaction)] })
  expect(await since()).toBeNull()
  await ingest(phoneNumberId, { contacts, messages: [at('wamid.w5', 30)] })
  expect(await since()).toBe((START + 30) * 1_000)
})

it('keeps the order of messages of one second', async () => {
  const { scope, phoneNumberId } = await seedLane()
  const texts = Array.from({ length: 20 }, (_, index) => message(`wamid.${index}`))
  await ingest(phoneNumberId, { messages: texts })
  const stored = await rowsOf(scope, 'messages', 'sent_at, position, seq')
  expect(stored.map(({ wamid }) => wamid)).toEqual(texts.map(({ id }) => id))
})

it('keeps bodies of one second apart, in the order they came', async () => {
  const { scope, phoneNumberId } = await seedLane()
  const ids = Array.from({ length: 5 }, (_, index) => `wamid.${index}`)
  await ingest(phoneNumberId, { messages: ids.slice(0, 3).map((id) => message(id)) })
  await ingest(phoneNumberId, { messages: ids.slice(3).map((id) => message(id)) })
  const stored = await rowsOf(scope, 'messages', 'sent_at, position, seq')
  expect(stored.map(({ wamid }) => wamid)).toEqual(ids)
  // Each has a place that a cursor can name.
  const places = stored.map(({ sent_at: sentAt, position, seq }) => ({
    sentAt: Number(sentAt),
    position: Number(position),
    seq: Number(seq),
  }))
  expect(places.map((place) => readPlace(writePlace(place)))).toEqual(places)
  expect(places.every(({ position }) => Number.isSafeInteger(position))).toBe(true)
})

it('gives a new customer who writes to two numbers at once one contact and two conversations', async () => {
  const { scope, phoneNumberId } = await seedLane()
  const second = `${phoneNumberId}9`
  await seedNumber(scope, { phoneNumberId: second, departmentId: '1800000000101' })
  await Promise.all(
    [phoneNumberId, second].flatMap((id) =>
      Array.from({ length: 5 }, (_, index) =>
        post(body(id, { contacts, messages: [message(`wamid.${id}.${index}`)] })),
      ),
    ),
  )
  await Promise.all([laneOf(phoneNumberId).settle(), laneOf(second).settle()])
  expect(await rowsOf(scope, 'contacts')).toHaveLength(1)
  expect(await rowsOf(scope, 'conversations')).toHaveLength(2)
  expect(await rowsOf(scope, 'messages')).toHaveLength(10)
  for (const id of [phoneNumberId, second])
    expect(await countersOf(scope, id)).toMatchObject({ received: 5, stored: 5 })
})

describe('text', () => {
  it.each([
    ['lone surrogates', 'a\ud800b\udc00'],
    ['a NUL', 'a\u0000b'],
    ['direction overrides', '\u202eevil\u202c'],
    ['zero-width characters', '\u200b\u200d\ufeff'],
    ['4,096 emoji', '😀'.repeat(4_096)],
    ['HTML', '<script>alert(1)</script>'],
    ['quotes and backslashes', `'"\\\\n; DROP TABLE messages --`],
  ])('with %s is kept as it is', async (_name, text) => {
    const { scope, phoneNumberId } = await seedLane()
    const raw = JSON.stringify(body(phoneNumberId, { messages: [message('wamid.1', { text: { body: text } })] }))
    await post(raw)
    await laneOf(phoneNumberId).settle()
    const [row] = await rowsOf(scope, 'messages')
    expect(JSON.parse(String(row?.content))).toEqual({ kind: 'text', text })
    expect(String(row?.summary)).not.toBe('')
    expect([...String(row?.summary)].length).toBeLessThanOrEqual(200)
  })
})

it('takes the time of arrival where Meta’s cannot be read or lies far ahead, and says so', async () => {
  const { scope, phoneNumberId } = await seedLane()
  const before = Date.now()
  await ingest(phoneNumberId, {
    messages: [
      message('wamid.1', { timestamp: 'soon' }),
      message('wamid.2', { timestamp: String(START + 100 * 86_400) }),
    ],
  })
  for (const row of await rowsOf(scope, 'messages')) {
    expect(row.sent_at).toBeGreaterThanOrEqual(before)
    expect(row.sent_at).toBeLessThanOrEqual(Date.now())
    expect(JSON.parse(String(row.extras))).toEqual({ time: 'arrival' })
  }
})

it('asks for the media of messages that bring some', async () => {
  const { scope, phoneNumberId } = await seedLane()
  const image = { type: 'image', image: { id: 'm1', mime_type: 'image/jpeg', sha256: 'h', caption: 'Box' } }
  await ingest(phoneNumberId, { messages: [message('wamid.1', image), message('wamid.2')] })
  const [first] = await rowsOf(scope, 'messages')
  expect(await rowsOf(scope, 'media')).toMatchObject([
    {
      message_seq: first?.seq,
      conversation_id: first?.conversation_id,
      meta_media_id: 'm1',
      mime_type: 'image/jpeg',
      state: 'pending',
    },
  ])
})

it('keeps groups out and says why', async () => {
  const { scope, phoneNumberId } = await seedLane()
  await ingest(phoneNumberId, { messages: [message('wamid.1', { group_id: 'g1' }), message('wamid.2', { from: BEN })] })
  expect(await rowsOf(scope, 'messages')).toHaveLength(1)
  expect(await rowsOf(scope, 'account_events')).toMatchObject([{ field: 'ignored.group_message' }])
  expect(await countersOf(scope, phoneNumberId)).toMatchObject({ received: 2, stored: 1, ignored: 1 })
})
