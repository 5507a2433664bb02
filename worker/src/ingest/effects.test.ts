import { expect, it } from 'vitest'
import { rowsOf } from '../../test/rows.ts'
import { body, countersOf, ingest, laneOf, message, post, seedLane, seedSent, START } from './ingest.test-helpers.ts'

const react = (target: string, emoji: string) => ({ type: 'reaction', reaction: { message_id: target, emoji } })

it('puts a reaction on our message and takes it away again', async () => {
  const { scope, phoneNumberId } = await seedLane()
  await ingest(phoneNumberId, { messages: [message('wamid.1')] })
  const [conversation] = await rowsOf(scope, 'conversations')
  const seq = await seedSent(scope, String(conversation?.id), { wamid: 'wamid.out' })
  const ours = async () => (await rowsOf(scope, 'messages')).find((row) => row.seq === seq)
  const later = String(START + 60)
  await ingest(phoneNumberId, { messages: [message('wamid.2', { ...react('wamid.out', '👍'), timestamp: later })] })
  expect(await ours()).toMatchObject({ reactions: '[{"from":"in","emoji":"👍"}]' })
  expect(await rowsOf(scope, 'conversations')).toMatchObject([
    { last_summary: 'Text of wamid.1', last_message_at: START * 1_000, last_inbound_at: (START + 60) * 1_000 },
  ])
  await ingest(phoneNumberId, { messages: [message('wamid.3', react('wamid.out', ''))] })
  expect(await ours()).toMatchObject({ reactions: null })
  const hidden = (await rowsOf(scope, 'messages')).filter((row) => row.kind === 'reaction')
  expect(hidden.map((row) => row.is_hidden)).toEqual([1, 1])
})

it('keeps the versions of an edited message and shows the new text in lists', async () => {
  const { scope, phoneNumberId } = await seedLane()
  const edit = (id: string, text: string, seconds: number) =>
    message(id, {
      type: 'edit',
      timestamp: String(START + seconds),
      edit: { original_message_id: 'wamid.1', message: { type: 'text', text: { body: text } } },
    })
  await ingest(phoneNumberId, { messages: [message('wamid.1')] }, { messages: [edit('wamid.2', 'second', 60)] })
  await ingest(phoneNumberId, { messages: [edit('wamid.3', 'third', 120)] })
  const [original] = await rowsOf(scope, 'messages', 'seq')
  expect(JSON.parse(String(original?.content))).toMatchObject({ kind: 'text', text: 'third' })
  expect(JSON.parse(String(original?.versions))).toEqual([
    { text: 'Text of wamid.1', at: START * 1_000 },
    { text: 'second', at: (START + 60) * 1_000 },
  ])
  expect(original?.summary).toBe('third')
  expect(await rowsOf(scope, 'conversations')).toMatchObject([{ last_summary: 'third' }])
})

it('marks a deleted message and keeps the order of everything else', async () => {
  const { scope, phoneNumberId } = await seedLane()
  const revoke = message('wamid.2', { type: 'revoke', revoke: { original_message_id: 'wamid.1' } })
  await ingest(phoneNumberId, { messages: [message('wamid.1'), revoke] })
  expect(await rowsOf(scope, 'messages', 'seq')).toMatchObject([
    { wamid: 'wamid.1', is_revoked: 1, summary: 'Deleted by the customer', is_hidden: 0 },
    { wamid: 'wamid.2', kind: 'revoke', is_hidden: 1 },
  ])
  expect(await rowsOf(scope, 'conversations')).toMatchObject([{ last_summary: 'Deleted by the customer' }])
})

it('keeps a reaction of somebody who never wrote as an event and makes nothing of it', async () => {
  const { scope, phoneNumberId } = await seedLane()
  await ingest(phoneNumberId, {
    messages: [message('wamid.1', react('wamid.none', '👍')), message('wamid.2', { type: 'request_welcome' })],
  })
  for (const table of ['contacts', 'conversations', 'messages', 'pending_work']) {
    expect(await rowsOf(scope, table)).toEqual([])
  }
  expect(await rowsOf(scope, 'account_events', 'unit')).toMatchObject([
    { field: 'messages.reaction' },
    { field: 'messages.welcome_request' },
  ])
  expect(await countersOf(scope, phoneNumberId)).toMatchObject({ received: 2, stored: 2 })
})

it('keeps every other field as its kind', async () => {
  const { scope, phoneNumberId } = await seedLane()
  const fields = ['smb_message_echoes', 'smb_app_state_sync', 'history', 'calls', 'user_preferences', 'tomorrow_update']
  for (const field of fields) await post(body(phoneNumberId, { something: [1] }, field))
  await post(body(phoneNumberId, { errors: [{ code: 130429, title: 'Rate limit hit' }] }))
  await laneOf(phoneNumberId).settle()
  const events = await rowsOf(scope, 'account_events', 'part')
  expect(events.map(({ field }) => field)).toEqual([...fields, 'messages'])
  expect(String(events[0]?.body)).toContain('"something":[1]')
  expect(await countersOf(scope, phoneNumberId)).toMatchObject({ received: 7, stored: 7 })
})
