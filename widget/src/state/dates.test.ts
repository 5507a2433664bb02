import { describe, expect, it } from 'vitest'
import { createDates } from './dates.ts'
import { createWords } from './words.ts'

const english = createWords('en', { 'day.today': 'Today', 'day.yesterday': 'Yesterday' })
const now = Date.parse('2026-11-22T00:30:00.000Z')

describe('days of the reader’s zone', () => {
  it.each([
    ['Europe/London', '2026-11-22T00:10:00.000Z', 'Today'],
    ['Europe/London', '2026-11-21T23:50:00.000Z', 'Yesterday'],
    ['America/New_York', '2026-11-22T00:10:00.000Z', 'Today'],
    ['America/New_York', '2026-11-21T23:50:00.000Z', 'Today'],
    ['Asia/Tokyo', '2026-11-20T14:59:00.000Z', 'Fri, November 20'],
    ['Asia/Tokyo', '2025-11-20T10:00:00.000Z', 'November 20, 2025'],
  ])('%s, %s: %s', (zone, at, text) => {
    expect(createDates(english, zone).day(at, now)).toBe(text)
  })
})

it('writes times, sizes and amounts as the language does', () => {
  const dates = createDates(english, 'UTC')
  expect(dates.time('2026-11-22T10:02:00.000Z')).toMatch(/^10:02\sAM$/)
  expect(dates.fileSize(182_000)).toBe('182 kB')
  expect([dates.fileSize(610), dates.fileSize(1)]).toEqual(['0.6 kB', '0.1 kB'])
  expect(dates.fileSize(1_240_000)).toBe('1.2 MB')
  expect(dates.amount(72.5, 'GBP')).toBe('£72.50')
  expect(createDates(createWords('ja', {}), 'Asia/Tokyo').time('2026-11-22T10:02:00.000Z')).toBe('19:02')
})

it('writes an amount in a currency nobody knows all the same', () => {
  expect(createDates(english, 'UTC').amount(5, 'points')).toBe('5 points')
})
