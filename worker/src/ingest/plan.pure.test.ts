import { describe, expect, it } from 'vitest'
import { items, known, knowing, noFacts, plan } from './plan.test-helpers.ts'

const ANA = '447700900123'
const text = (id: string, more: object = {}) => ({
  from: ANA,
  id,
  timestamp: '1790000000',
  type: 'text',
  text: { body: id },
  ...more,
})
const reaction = { type: 'reaction', reaction: { message_id: 'wamid.KNOWN', emoji: '👍' } }
const edit = { type: 'edit', edit: { original_message_id: 'wamid.KNOWN', message: { text: { body: 'new' } } } }
const revoke = { type: 'revoke', revoke: { original_message_id: 'wamid.KNOWN' } }

describe('a message of a known customer', () => {
  it('is one row, one touch, work and a wake', () => {
    const result = plan(items({ messages: [text('wamid.1')] }), knowing({ phone: ANA }))
    expect(result).toMatchObject({
      counts: { received: 1, stored: 1 },
      newContacts: [],
      changedContacts: [],
      newConversations: [],
      work: ['cv_ana'],
      touches: [{ conversationId: 'cv_ana', inboundAt: 1_790_000_000_000, last: { summary: 'wamid.1' } }],
    })
    expect(result.messages).toHaveLength(1)
    expect([...result.wakes]).toEqual([['cv_ana', 'inbound']])
  })

  it('that is there already does nothing but count', () => {
    const facts = knowing({ phone: ANA }, { messages: [known({ wamid: 'wamid.1' })] })
    const result = plan(items({ messages: [text('wamid.1'), text('wamid.2'), text('wamid.2')] }), facts)
    expect(result.counts).toMatchObject({ received: 3, stored: 1, duplicate: 2 })
    expect(result.messages.map(({ wamid }) => wamid)).toEqual(['wamid.2'])
  })

  it('leaves the newest by Meta’s time as the conversation’s last, whatever came last', () => {
    const late = text('wamid.2', { timestamp: '1789999999' })
    const result = plan(items({ messages: [text('wamid.1'), late] }), knowing({ phone: ANA }))
    expect(result.touches[0]?.last?.summary).toBe('wamid.1')
  })
})

describe('a reaction, edit or deletion of a message that is here', () => {
  it.each<[string, object, object, boolean]>([
    ['reaction', reaction, { reactions: [{ from: 'in', emoji: '👍' }], summary: 'old' }, false],
    ['edit', edit, { content: { kind: 'text', text: 'new' }, summary: 'new', versions: [{ text: 'old' }] }, true],
    ['revoke', revoke, { isRevoked: true, summary: 'Deleted by the customer' }, true],
  ])('(%s) is a hidden row and changes that message', (_name, body, effect, isWork) => {
    const facts = knowing({ phone: ANA }, { messages: [known()] })
    const result = plan(items({ messages: [text('wamid.1', body)] }), facts)
    expect(result.messages).toMatchObject([{ isHidden: true }])
    expect(result.effects).toMatchObject([{ seq: 7, ...effect }])
    expect(result.touches).toMatchObject([{ last: null }])
    expect(result.work.length > 0).toBe(isWork)
  })

  it('of the same batch changes the row before it is inserted', () => {
    const own = { ...edit, edit: { ...edit.edit, original_message_id: 'wamid.1' } }
    const result = plan(items({ messages: [text('wamid.1'), text('wamid.2', own)] }), knowing({ phone: ANA }))
    expect(result.messages).toMatchObject([
      { content: { text: 'new' }, versions: [{ text: 'wamid.1' }] },
      { isHidden: true },
    ])
    expect(result.effects).toEqual([])
    expect(result.touches[0]?.renamed).toEqual([{ from: 'wamid.1', to: 'new' }])
  })

  it.each([
    ['that is not here', 'wamid.NONE', 'cv_ana'],
    ['of another conversation', 'wamid.KNOWN', 'cv_other'],
  ])('%s is shown for itself', (_name, target, conversationId) => {
    const facts = knowing({ phone: ANA }, { messages: [known({ conversationId })] })
    const body = { type: 'reaction', reaction: { message_id: target, emoji: '👍' } }
    const result = plan(items({ messages: [text('wamid.1', body)] }), facts)
    expect(result.messages).toMatchObject([{ isHidden: false, summary: 'Reacted 👍' }])
    expect(result.effects).toEqual([])
  })
})

describe('as the first event of an unknown customer', () => {
  it.each<[string, object]>([
    ['a reaction', reaction],
    ['an edit', edit],
    ['a deletion', revoke],
    ['a welcome request', { type: 'request_welcome' }],
    ['a notice', { type: 'system', system: { type: 'user_changed_number', wa_id: '447700900456' } }],
  ])('%s makes nothing and is kept as an event', (_name, body) => {
    const result = plan(items({ messages: [text('wamid.1', body)] }), noFacts())
    expect(result).toMatchObject({
      counts: { received: 1, stored: 1 },
      messages: [],
      newContacts: [],
      newConversations: [],
      newAliases: [],
      work: [],
    })
    expect(result.events).toHaveLength(1)
    expect(result.wakes.size).toBe(0)
  })

  it('an unsupported message is shown', () => {
    const result = plan(items({ messages: [text('wamid.1', { type: 'unsupported' })] }), noFacts())
    expect(result.messages).toMatchObject([{ isHidden: false, summary: 'Unsupported message' }])
    expect(result.newConversations).toHaveLength(1)
  })
})

describe('a change of number', () => {
  const system = { type: 'user_changed_number', wa_id: '447700900456', user_id: 'GB.2', previous_user_id: 'GB.1' }
  const notice = text('wamid.1', { type: 'system', system })

  it('moves the contact and shows a line that opens no window', () => {
    const result = plan(items({ messages: [notice] }), knowing({ phone: ANA, userId: 'GB.1' }))
    expect(result.changedContacts).toMatchObject([{ id: 'ct_ana', phone: '+447700900456', userId: 'GB.2' }])
    expect(result.removedAliases.map(({ alias }) => alias.value)).toEqual([ANA])
    expect(result.newAliases.map(({ alias }) => alias.value)).toEqual(['GB.2', '447700900456'])
    expect(result.messages).toMatchObject([{ content: { kind: 'system' }, isHidden: false }])
    expect(result.touches[0]?.inboundAt).toBe(null)
  })

  it('frees the old number for whoever has it next, in the same batch', () => {
    const result = plan(items({ messages: [notice, text('wamid.2')] }), knowing({ phone: ANA, userId: 'GB.1' }))
    expect(result.newContacts).toMatchObject([{ phone: `+${ANA}` }])
    expect(result.newConversations).toHaveLength(1)
  })

  it('without a new number takes the old one away', () => {
    const moved = text('wamid.1', {
      from: undefined,
      type: 'system',
      system: { ...system, type: 'user_changed_user_id', wa_id: undefined },
    })
    const result = plan(items({ messages: [moved] }), knowing({ phone: ANA, userId: 'GB.1' }))
    expect(result.changedContacts).toMatchObject([{ phone: null, userId: 'GB.2' }])
    expect(result.removedAliases.map(({ alias }) => alias.value)).toEqual([ANA])
  })
})

describe('a status', () => {
  const status = (id: string, name: string, more: object = {}) => ({
    id,
    status: name,
    timestamp: '1790000100',
    ...more,
  })
  const callback = { biz_opaque_callback_data: 'kw1:0:org_planplanplan:7' }
  const sent = known({ wamid: null, direction: 'out', status: 'sending' })

  it('of a message on its way settles it by what we sent along, names it and is work', () => {
    const facts = knowing({ phone: ANA }, { messages: [sent] })
    const own = items({ statuses: [status('wamid.OUT', 'sent', callback), status('wamid.OUT', 'delivered', callback)] })
    const result = plan(own, facts)
    expect(result.statusChanges).toMatchObject([
      { before: { status: 'sending', wamid: null }, after: { status: 'delivered', wamid: 'wamid.OUT' } },
    ])
    expect(result.settled).toEqual([{ seq: 7, wamid: 'wamid.OUT' }])
    expect(result.work).toEqual(['cv_ana'])
    expect([...result.wakes]).toEqual([['cv_ana', 'status']])
  })

  it('with the callback of another organisation is matched by its wamid only', () => {
    const foreign = { biz_opaque_callback_data: 'kw1:0:org_otherotherother:7' }
    const result = plan(items({ statuses: [status('wamid.OUT', 'sent', foreign)] }), knowing({}, { messages: [sent] }))
    expect(result.statusChanges).toEqual([])
    expect(result.waiting).toMatchObject([{ wamid: 'wamid.OUT', status: 'sent' }])
  })

  it('that waits already, or says nothing new, is a duplicate', () => {
    const facts = noFacts({ waiting: new Set(['wamid.OUT sent']) })
    const result = plan(
      items({ statuses: [status('wamid.OUT', 'sent'), status('wamid.X', 'read'), status('wamid.X', 'read')] }),
      facts,
    )
    expect(result.counts).toMatchObject({ received: 3, stored: 1, duplicate: 2 })
  })

  it('of a customer’s message, or a failure of an earlier try, is ignored', () => {
    const mine = known({ seq: 8, wamid: 'wamid.NEW', direction: 'out', status: 'sent' })
    const facts = knowing({}, { messages: [known(), mine] })
    const failed = status('wamid.OLD', 'failed', { biz_opaque_callback_data: 'kw1:0:org_planplanplan:8' })
    const result = plan(items({ statuses: [status('wamid.KNOWN', 'sent'), failed] }), facts)
    expect(result.counts).toMatchObject({ received: 2, ignored: 2 })
    expect(result.statusChanges).toEqual([])
  })
})
