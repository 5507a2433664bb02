import { describe, expect, it } from 'vitest'
import { message, page } from '../../test/fixtures.ts'
import { parseJson } from '../json.ts'
import { matches, read } from './shapes.ts'

describe('an answer from a newer Worker', () => {
  const newKind = { ...message(2), kind: 'hologram', content: { kind: 'hologram', depth: 3 } }

  it('keeps a message of an unknown kind, readable, in its page', () => {
    const answer = read('messagePage', { ...page([message(1)]), items: [message(1), newKind] })
    expect(answer?.items.map(({ content }) => content)).toEqual([
      { kind: 'text', text: 'Message 1' },
      { kind: 'unknown', type: 'hologram' },
    ])
  })

  it('keeps it in live changes and in the answer to a send too', () => {
    expect(read('sendMessageAnswer', { message: newKind })?.message.content.kind).toBe('unknown')
  })

  it('may carry fields this page does not know', () => {
    expect(
      matches('liveTicket', { ticket: 't', expiresAt: '2026-11-22T12:00:00Z', url: 'wss://x', region: 'eu' }),
    ).toBe(true)
  })
})

it('refuses what is no answer', () => {
  expect(read('messagePage', { items: 'none' })).toBeUndefined()
  expect(read('session', null)).toBeUndefined()
})

it('reads JSON and nothing else', () => {
  expect(parseJson('{"a":1}')).toEqual({ a: 1 })
  expect(parseJson('<html>')).toBeUndefined()
})
