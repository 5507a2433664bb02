import { describe, expect, it } from 'vitest'
import type { ArchivedMessageView, ArchivedPerson } from '../../../../contract/index.ts'
import { fail, ok } from '../../result.ts'
import { withMessages, withPeople } from '../archive.model.ts'
import { createArchivedChat, createPeople } from './archived-people.ts'
import type { Settings } from './settings.ts'

const person = (phone: string, at: string | null): ArchivedPerson => ({
  phone,
  name: null,
  messages: at === null ? 0 : 1,
  last: at === null ? null : { direction: 'in', summary: 'Hi', at },
})
const message = (wamid: string, sentAt: string): ArchivedMessageView => ({
  ...{ wamid, phone: '+1', direction: 'in', kind: 'text', summary: wamid, text: wamid, isEdited: false, sentAt },
  status: null,
})
const complete = { state: 'complete', progress: 100, reason: null }
const failure = { kind: 'network', status: 0, code: '', message: 'away' } as const

/** Answers each call in turn: JSON, or null for no answer. */
function answering(...answers: (object | null)[]): { read: Settings['read']; paths: string[] } {
  const paths: string[] = []
  return {
    paths,
    read: async (reader, path) => {
      paths.push(path)
      const json = answers.shift() ?? null
      const value = json === null ? undefined : reader(json)
      return value === undefined ? fail(failure) : ok(value)
    },
  }
}

describe('lists that grow while they are read', () => {
  it('hold each person once, the latest first', () => {
    const held = [person('+1', '2026-11-22T10:00:00Z'), person('+2', '2026-11-21T10:00:00Z'), person('+3', null)]
    const joined = withPeople(held, [person('+2', '2026-11-22T11:00:00Z'), person('+4', null)])
    expect(joined.map(({ phone }) => phone)).toEqual(['+2', '+1', '+3', '+4'])
  })

  it('hold each message once, the oldest first', () => {
    const held = [message('b', '2026-11-22T10:00:00Z')]
    const joined = withMessages(held, [message('a', '2026-11-22T10:00:00Z'), message('b', '2026-11-22T10:00:00Z')])
    expect(joined.map(({ wamid }) => wamid)).toEqual(['a', 'b'])
  })
})

describe('the people of an archive', () => {
  it('are looked for, read on from where the page ended, and refreshed in place', async () => {
    const first = person('+1', '2026-11-22T10:00:00Z')
    const second = person('+2', '2026-11-21T10:00:00Z')
    const { read, paths } = answering(
      { history: complete, items: [first], cursor: '5.1' },
      { history: complete, items: [second], cursor: null },
      { history: complete, items: [person('+2', '2026-11-22T12:00:00Z')], cursor: '5.1' },
    )
    const people = createPeople({ read }, '800100')
    await people.find('a b')
    expect(people.hasMore.value).toBe(true)
    await people.more()
    await people.refresh()
    expect(people.items.value.map(({ phone }) => phone)).toEqual(['+2', '+1'])
    expect(people.hasMore.value).toBe(false)
    expect(people.history.value?.state).toBe('complete')
    const path = '/api/numbers/800100/archive/people?query=a+b'
    expect(paths).toEqual([path, `${path}&cursor=5.1`, path])
  })

  it('stay as they are where they cannot be refreshed', async () => {
    const { read } = answering({ history: complete, items: [person('+1', null)], cursor: null }, null)
    const people = createPeople({ read }, '800100')
    await people.load()
    await people.refresh()
    expect(people.items.value).toHaveLength(1)
    expect(people.failure.value).toBeNull()
  })
})

it('a conversation says why it cannot be read, and is read again', async () => {
  const { read, paths } = answering(null, { items: [message('a', '2026-11-22T10:00:00Z')], cursor: null })
  const chat = createArchivedChat({ read }, '800100', '+44 7700')
  await chat.load()
  expect([chat.phase.value, chat.failure.value?.kind]).toEqual(['failed', 'network'])
  await chat.load()
  expect([chat.phase.value, chat.items.value.length]).toEqual(['ready', 1])
  expect(paths[0]).toBe('/api/numbers/800100/archive?phone=%2B44+7700')
})
