import { describe, expect, it } from 'vitest'
import type { ArchivedMessageView } from '../../../../contract/index.ts'
import { archivedStatus, chatRows, kindWord } from './archive.model.ts'

const message = (wamid: string, sentAt: string): ArchivedMessageView => ({
  wamid,
  phone: '+447700900180',
  direction: 'in',
  kind: 'text',
  summary: wamid,
  text: wamid,
  isEdited: false,
  sentAt,
  status: null,
})

it('puts a day before the first message of each', () => {
  const messages = ['2026-11-20T10:00:00Z', '2026-11-20T11:00:00Z', '2026-11-22T09:00:00Z'].map((at, index) =>
    message(`wamid.${index}`, at),
  )
  expect(chatRows(messages, (at) => at.slice(0, 10)).map(({ key }) => key)).toEqual([
    'day:2026-11-20',
    'wamid.0',
    'wamid.1',
    'day:2026-11-22',
    'wamid.2',
  ])
})

describe('how far a message was', () => {
  it.each([
    ['out', 'read', 'status.read'],
    ['out', 'played', 'status.read'],
    ['out', 'delivered', 'status.delivered'],
    ['out', 'pending', 'status.queued'],
    ['out', 'error', 'status.failed'],
    ['out', 'something new', undefined],
    ['out', null, undefined],
    ['in', 'read', undefined],
  ] as const)('%s, %s', (direction, status, word) => {
    expect(archivedStatus({ direction, status })?.word).toBe(word)
  })
})

it('names what has no words of its own, and no kind it does not know', () => {
  expect(kindWord({ kind: 'image' })).toBe('media.image')
  expect(kindWord({ kind: 'revoke' })).toBe('archive.revoked')
  expect(kindWord({ kind: 'text' })).toBeNull()
  expect(kindWord({ kind: 'tomorrow' })).toBeNull()
})
