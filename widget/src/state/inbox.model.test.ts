import { describe, expect, it } from 'vitest'
import { conversationIdSchema, phoneNumberIdSchema } from '../../../contract/index.ts'
import { INBOX_FILTERS, inboxQuerySchema } from '../../../contract/inbox.ts'
import { conversation } from '../../test/fixtures.ts'
import type { InboxItem } from './inbox.model.ts'
import { channelsSeen, FILTERS, searchOf, withFurther } from './inbox.model.ts'

const item = (n: number, name = 'Support'): InboxItem => ({
  conversation: conversation({
    id: conversationIdSchema.parse(`cv_abcdefabcdef0${n}`),
    channel: { name, phoneNumberId: phoneNumberIdSchema.parse(`80010${n}`), displayPhoneNumber: `+44 ${n}` },
    lastSummary: `Message ${n}`,
  }),
  waitingSince: null,
})

it('knows every filter of the contract', () => {
  expect(FILTERS.toSorted()).toEqual([...INBOX_FILTERS].toSorted())
})

it('asks as the Worker takes it', () => {
  const asked = searchOf({ filter: 'no_ticket', phoneNumberId: '800100', query: ' Sakura & Ken ' }, 'c1')
  expect(inboxQuerySchema.parse(Object.fromEntries(new URLSearchParams(asked)))).toEqual({
    filter: 'no_ticket',
    phoneNumberId: '800100',
    query: 'Sakura & Ken',
    cursor: 'c1',
    limit: 50,
  })
  expect(searchOf({ filter: 'all', phoneNumberId: '', query: '' }, null)).toBe('filter=all')
  const long = searchOf({ filter: 'all', phoneNumberId: '', query: '' }, null, 500)
  expect(inboxQuerySchema.parse(Object.fromEntries(new URLSearchParams(long))).limit).toBe(100)
})

describe('a further page', () => {
  it('stands under the first', () => {
    expect(withFurther([item(1)], [item(2)]).map(({ conversation: { id } }) => id.at(-1))).toEqual(['1', '2'])
  })

  it('holds a conversation once that moved down meanwhile', () => {
    expect(withFurther([item(1), item(2)], [item(1)]).map(({ conversation: { id } }) => id.at(-1))).toEqual(['2', '1'])
  })
})

it('keeps the channels that other filters showed', () => {
  const first = channelsSeen([], [item(1, 'Support'), item(2, 'Orders')])
  expect(channelsSeen(first, [item(3, 'Returns')]).map(({ name }) => name)).toEqual(['Orders', 'Returns', 'Support'])
})
