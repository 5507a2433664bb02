import { expect, it } from 'vitest'
import { orderItems } from './plan.order.ts'
import { items } from './plan.test-helpers.ts'

const text = (id: string) => ({ from: '447700900123', id, timestamp: '1790000000', type: 'text', text: { body: id } })
const revoke = (id: string, target: string) => ({
  ...text(id),
  type: 'revoke',
  revoke: { original_message_id: target },
})

it.each([
  ['of messages stays', [text('a'), text('b'), text('c')], ['a', 'b', 'c']],
  ['of what comes after its message stays', [text('a'), text('b'), revoke('r', 'a')], ['a', 'b', 'r']],
  ['puts what comes before its message right after it', [revoke('r', 'b'), text('a'), text('b'), text('c')], 'abrc'],
  ['keeps several in theirs', [revoke('r', 'a'), revoke('s', 'a'), text('a'), revoke('t', 'a')], 'arst'],
  ['of what is about a message elsewhere stays', [revoke('r', 'z'), text('a')], 'ra'],
  ['of what is about itself or another act stays', [revoke('r', 's'), revoke('s', 's'), text('a')], 'rsa'],
  ['takes the first of a message that is there twice', [text('a'), revoke('r', 'a'), text('a'), text('b')], 'arab'],
])('the order %s', (_name, messages, expected) => {
  const ids = orderItems(items({ messages })).map(({ event }) => (event.kind === 'message' ? event.wamid : ''))
  expect(ids).toEqual([...expected])
})
