import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { ClientEvent } from '../../../contract/index.ts'
import { othersPresent } from './presence.model.ts'
import { createPresence } from './presence.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

it('shows others only, each once, whoever types first', () => {
  const agents = [
    { id: '1', name: 'Me', state: 'typing' as const },
    { id: '2', name: 'Ken', state: 'viewing' as const },
    { id: '3', name: 'Lea', state: 'viewing' as const },
    { id: '3', name: 'Lea', state: 'typing' as const },
  ]
  expect(othersPresent({ agents }, '1').map(({ name, state }) => `${name} ${state}`)).toEqual([
    'Lea typing',
    'Ken viewing',
  ])
})

function told() {
  const events: ClientEvent[] = []
  const presence = createPresence({ ownId: () => '1', send: (event) => events.push(event), now: Date.now })
  return { presence, states: () => events.map((event) => (event.type === 'presence' ? event.state : event.type)) }
}

it('tells of typing at most every 3 s, and takes it back 4 s after the last key', () => {
  const { presence, states } = told()
  for (let key = 0; key < 50; key++) {
    presence.typed()
    vi.advanceTimersByTime(100)
  }
  expect(states()).toEqual(['typing', 'typing'])
  vi.advanceTimersByTime(4_000)
  expect(states()).toEqual(['typing', 'typing', 'viewing'])
})

it('takes it back at once when the text is sent, and says nothing when nobody typed', () => {
  const { presence, states } = told()
  presence.stoppedTyping()
  presence.typed()
  presence.stoppedTyping()
  vi.advanceTimersByTime(10_000)
  expect(states()).toEqual(['typing', 'viewing'])
})

it('tells when the tab is left and seen again', () => {
  const { presence, states } = told()
  presence.look(false)
  presence.look(true)
  expect(states()).toEqual(['away', 'viewing'])
})
