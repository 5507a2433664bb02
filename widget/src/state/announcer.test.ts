import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createAnnouncer } from './announcer.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

it('says one message in its own words, then falls silent', () => {
  const announcer = createAnnouncer((count) => `${count} new`)
  announcer.announce(['Ana: Hi'])
  expect(announcer.spoken.value).toBe('Ana: Hi')
  vi.advanceTimersByTime(1_000)
  expect(announcer.spoken.value).toBe('')
})

it('says several by their number, at most once a second', () => {
  const announcer = createAnnouncer((count) => `${count} new`)
  announcer.announce(['a'])
  announcer.announce(['b', 'c'])
  announcer.announce(['d'])
  expect(announcer.spoken.value).toBe('a')
  vi.advanceTimersByTime(999)
  expect(announcer.spoken.value).toBe('a')
  vi.advanceTimersByTime(1)
  expect(announcer.spoken.value).toBe('3 new')
})

it('has nothing to say to nothing', () => {
  const announcer = createAnnouncer(String)
  announcer.announce([])
  expect(announcer.spoken.value).toBe('')
})
