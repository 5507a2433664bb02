import { describe, expect, it } from 'vitest'
import { rowsOf } from '../../test/rows.ts'
import { ANA, BEN, ingest, message, seedLane } from './ingest.test-helpers.ts'

describe('one person', () => {
  it('without a phone number is one contact with a name, by id alone, also where the id stands in the phone field', async () => {
    const { scope, phoneNumberId } = await seedLane()
    const contacts = [{ profile: { name: 'Cy', username: 'cy.b' }, user_id: 'GB.9' }]
    await ingest(
      phoneNumberId,
      { contacts, messages: [message('wamid.1', { from: undefined, from_user_id: 'GB.9' })] },
      { messages: [message('wamid.2', { from: 'GB.9' })] },
    )
    expect(await rowsOf(scope, 'contacts')).toMatchObject([
      { name: 'Cy', phone: null, user_id: 'GB.9', username: 'cy.b' },
    ])
    expect(await rowsOf(scope, 'messages')).toHaveLength(2)
  })

  it('who wrote by phone first is found by their id afterwards', async () => {
    const { scope, phoneNumberId } = await seedLane()
    await ingest(
      phoneNumberId,
      { messages: [message('wamid.1')] },
      { messages: [message('wamid.2', { from_user_id: 'GB.1' })] },
      { messages: [message('wamid.3', { from: undefined, from_user_id: 'GB.1' })] },
    )
    expect(await rowsOf(scope, 'contacts')).toMatchObject([{ phone: `+${ANA}`, user_id: 'GB.1' }])
    expect(await rowsOf(scope, 'conversations')).toHaveLength(1)
  })

  it.each([
    ['Brazil', '5511987654321', '551187654321'],
    ['Argentina', '5491123456789', '541123456789'],
    ['Mexico', '5215512345678', '525512345678'],
  ])('in %s is one contact under both forms of a number, either way round', async (_name, long, short) => {
    for (const [first, second] of [
      [long, short],
      [short, `+${long}`],
    ]) {
      const { scope, phoneNumberId } = await seedLane()
      await ingest(phoneNumberId, { messages: [message('wamid.1', { from: first })] })
      await ingest(phoneNumberId, { messages: [message('wamid.2', { from: second })] })
      expect(await rowsOf(scope, 'contacts')).toMatchObject([{ phone: `+${first}` }])
    }
  })

  it('keeps a malformed id out and the message in', async () => {
    const { scope, phoneNumberId } = await seedLane()
    await ingest(phoneNumberId, { messages: [message('wamid.1', { from_user_id: 'not an id' })] })
    expect(await rowsOf(scope, 'contact_aliases')).toMatchObject([{ kind: 'phone', value: ANA }])
    expect(await rowsOf(scope, 'messages')).toHaveLength(1)
  })

  it('is called by the profile name as soon as there is one, and found by it', async () => {
    const { scope, phoneNumberId } = await seedLane()
    await ingest(phoneNumberId, { messages: [message('wamid.1')] })
    expect(await rowsOf(scope, 'contacts')).toMatchObject([{ name: `+${ANA}`, name_source: 'phone' }])
    const named = (name: string, id: string) => ({
      contacts: [{ profile: { name }, wa_id: ANA }],
      messages: [message(id)],
    })
    await ingest(phoneNumberId, named('Ana\n Ito', 'wamid.2'), named('Someone else', 'wamid.3'))
    expect(await rowsOf(scope, 'contacts')).toMatchObject([{ name: 'Ana Ito', name_source: 'profile' }])
    const search = await rowsOf(scope, 'contact_search')
    expect(search).toHaveLength(1)
    expect(search[0]?.body).toBe(`Ana Ito +${ANA} ${ANA}`)
  })
})

it('merges nobody where the id of a message names one contact and its phone another', async () => {
  const { scope, phoneNumberId } = await seedLane()
  await ingest(
    phoneNumberId,
    { messages: [message('wamid.1', { from: undefined, from_user_id: 'GB.1' })] },
    { messages: [message('wamid.2', { from: BEN })] },
    { messages: [message('wamid.3', { from: BEN, from_user_id: 'GB.1' })] },
  )
  const contacts = await rowsOf(scope, 'contacts', 'user_id IS NULL')
  expect(contacts).toMatchObject([
    { user_id: 'GB.1', phone: null },
    { user_id: null, phone: `+${BEN}` },
  ])
  const conversations = await rowsOf(scope, 'conversations')
  const ofId = conversations.find((one) => one.contact_id === contacts[0]?.id)
  const [, , third] = await rowsOf(scope, 'messages', 'seq')
  expect(third?.conversation_id).toBe(ofId?.id)
})

describe('a change of number', () => {
  const system = (id: string, more: object = {}) =>
    message(id, { type: 'system', system: { type: 'user_changed_number', body: 'x', wa_id: BEN, ...more } })

  it('keeps contact and conversation, shows a line, and done twice changes nothing more', async () => {
    const { scope, phoneNumberId } = await seedLane()
    await ingest(
      phoneNumberId,
      { messages: [message('wamid.1', { from_user_id: 'GB.1' })] },
      { messages: [system('wamid.2', { previous_user_id: 'GB.1', user_id: 'GB.2' })] },
      { messages: [system('wamid.3', { previous_user_id: 'GB.1', user_id: 'GB.2' })] },
      { messages: [message('wamid.4', { from: BEN, from_user_id: 'GB.2' })] },
    )
    expect(await rowsOf(scope, 'contacts')).toMatchObject([{ phone: `+${BEN}`, user_id: 'GB.2' }])
    expect(await rowsOf(scope, 'conversations')).toHaveLength(1)
    const phones = (await rowsOf(scope, 'contact_aliases')).filter(({ kind }) => kind === 'phone')
    expect(phones).toMatchObject([{ value: BEN }])
    expect((await rowsOf(scope, 'messages', 'seq')).map(({ kind }) => kind)).toEqual([
      'text',
      'system',
      'system',
      'text',
    ])
  })

  it('onto another contact’s number leaves both, and this one without a number', async () => {
    const { scope, phoneNumberId } = await seedLane()
    await ingest(
      phoneNumberId,
      { messages: [message('wamid.1', { from_user_id: 'GB.1' }), message('wamid.2', { from: BEN })] },
      { messages: [system('wamid.3', { previous_user_id: 'GB.1', user_id: 'GB.2' })] },
    )
    expect(await rowsOf(scope, 'contacts', 'user_id IS NULL')).toMatchObject([
      { phone: null, user_id: 'GB.2' },
      { phone: `+${BEN}`, user_id: null },
    ])
  })
})
