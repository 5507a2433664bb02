import { describe, expect, it } from 'vitest'
import type { OutboxEntry } from '../../api/shapes.ts'
import { read } from '../../api/shapes.ts'
import { CONVERSATION_ID, decision, message, NOON } from '../../../test/fixtures.ts'
import type { Row, RowFacts } from './rows.model.ts'
import { buildRows } from './rows.model.ts'

const me = { id: '7', name: 'Ana' }

function rows(facts: Partial<RowFacts>): Row[] {
  return buildRows({
    messages: [],
    decisions: [],
    waiting: [],
    hasOlder: false,
    hasNewer: false,
    me,
    dayKey: (at) => at.slice(0, 10),
    ...facts,
  })
}

const keys = (list: readonly Row[]): string[] => list.map(({ key }) => key)

function waiting(text: string, minutes = 30): OutboxEntry {
  const entry = {
    clientId: `w-${text.padEnd(8, '0')}`,
    conversationId: CONVERSATION_ID,
    ticketId: '1',
    text,
    createdAt: NOON + minutes * 60_000,
  }
  const [value] = read('outbox', [entry]) ?? []
  if (value === undefined) throw new Error('not an entry')
  return value
}

describe('days', () => {
  it('begin with their first message', () => {
    const list = rows({ messages: [message(1), message(2), message(13 * 60)] })
    expect(keys(list)).toEqual(['day:2026-11-22', 'm1', 'm2', 'day:2026-11-23', 'm780'])
  })

  it('of the first held message are not shown while older ones may share it', () => {
    const list = rows({ messages: [message(1), message(2), message(13 * 60)], hasOlder: true })
    expect(keys(list)).toEqual(['m2', 'day:2026-11-23', 'm780'])
  })

  it('are shown when the held-back message was of another day', () => {
    const list = rows({ messages: [message(1), message(13 * 60)], hasOlder: true })
    expect(keys(list)).toEqual(['day:2026-11-23', 'm780'])
  })
})

it('older messages only ever come in front of the rows that were there', () => {
  const newer = [message(30), message(31), message(32)]
  const before = rows({ messages: newer, hasOlder: true })
  const after = rows({ messages: [message(28), message(29), ...newer], hasOlder: true })
  expect(keys(after).slice(-before.length)).toEqual(keys(before))
  expect(after.slice(-before.length)).toEqual(before)
})

describe('groups', () => {
  const shape = (list: readonly Row[]): string[] =>
    list.flatMap((row) =>
      row.kind === 'message' ? [`${row.isFirstOfGroup ? '[' : ''}${row.key}${row.isLastOfGroup ? ']' : ''}`] : [],
    )

  it('join one side within three minutes', () => {
    const list = rows({ messages: [message(1), message(3), message(6), message(10)] })
    expect(shape(list)).toEqual(['[m1', 'm3', 'm6]', '[m10]'])
  })

  it('end with the speaker: the customer, us, another agent', () => {
    const ana = { direction: 'out' as const, agent: me }
    const ken = { direction: 'out' as const, agent: { id: '8', name: 'Ken' } }
    const list = rows({ messages: [message(1), message(2, ana), message(3, ana), message(4, ken)] })
    expect(shape(list)).toEqual(['[m1]', '[m2', 'm3]', '[m4]'])
  })

  it('end at a line between', () => {
    const list = rows({ messages: [message(1), message(2)], decisions: [decision(1)] })
    expect(shape(list)).toEqual(['[m1]', '[m2]'])
  })
})

describe('ticket decisions', () => {
  it('stand where they were made', () => {
    const list = rows({
      messages: [message(1), message(5)],
      decisions: [decision(1, { decision: 'created' }), decision(5)],
    })
    expect(list.map(({ kind }) => kind)).toEqual(['day', 'message', 'decision', 'message', 'decision'])
  })

  it('from outside the held stretch wait for it', () => {
    const messages = [message(4), message(5)]
    expect(rows({ messages, decisions: [decision(1)], hasOlder: true }).some(({ kind }) => kind === 'decision')).toBe(
      false,
    )
    expect(rows({ messages, decisions: [decision(9)], hasNewer: true }).some(({ kind }) => kind === 'decision')).toBe(
      false,
    )
  })
})

describe('what waits to be sent', () => {
  it('is a bubble of ours at the end, with our name', () => {
    const last = rows({ messages: [message(1)], waiting: [waiting('hello')] }).at(-1)
    expect(last).toMatchObject({ key: 'c:w-hello000', message: { status: 'queued', direction: 'out', agent: me } })
  })

  it('keeps its key when the Worker has it, and is there once', () => {
    const entry = waiting('hello')
    const sent = message(2, { direction: 'out', clientId: entry.clientId })
    expect(keys(rows({ messages: [message(1), sent], waiting: [entry] }))).toEqual([
      'day:2026-11-22',
      'm1',
      'c:w-hello000',
    ])
  })

  it('is not shown at an older stretch, where it does not belong', () => {
    expect(keys(rows({ messages: [message(1)], waiting: [waiting('hello')], hasNewer: true }))).not.toContain(
      'c:w-hello000',
    )
  })

  it('never starts a day twice, even with a device whose clock is behind', () => {
    const list = keys(rows({ messages: [message(13 * 60)], waiting: [waiting('hello', 1)] }))
    expect(list).toEqual(['day:2026-11-23', 'm780', 'c:w-hello000'])
  })
})

describe('acts on other messages', () => {
  const reaction = message(3, { kind: 'reaction', content: { kind: 'reaction', targetWamid: 'wamid.1', emoji: '👍' } })

  it('are shown there and not as rows of their own', () => {
    expect(keys(rows({ messages: [message(1), reaction] }))).toEqual(['day:2026-11-22', 'm1'])
  })

  it('are a line while the other message is not known', () => {
    expect(rows({ messages: [message(2), reaction] }).at(-1)).toMatchObject({ kind: 'line', key: 'm3' })
  })

  it('without any target are a line', () => {
    const revoke = message(4, { kind: 'revoke', content: { kind: 'revoke', targetWamid: null } })
    expect(rows({ messages: [revoke] }).at(-1)?.kind).toBe('line')
  })
})

it('rows of ten thousand messages are built in a moment', () => {
  const messages = Array.from({ length: 10_000 }, (_, n) => ({
    ...message(1),
    id: message(n).id,
    sentAt: new Date(NOON + n * 60_000).toISOString(),
  }))
  const started = performance.now()
  expect(rows({ messages }).length).toBeGreaterThan(10_000)
  expect(performance.now() - started).toBeLessThan(1_000)
})
