import { describe, expect, it } from 'vitest'
import { isWindowOpen } from '../messages/sends.model.ts'
import { windowClosesAt } from './window.model.ts'

const wroteAt = Date.parse('2026-11-22T10:00:00.000Z')
const closesAt = Date.parse('2026-11-23T10:00:00.000Z')
const hourMs = 60 * 60 * 1_000

describe('the 24-hour window', () => {
  it.each([
    ['the customer never wrote', null, wroteAt, null],
    ['just written', wroteAt, wroteAt, closesAt],
    ['an hour later', wroteAt, wroteAt + hourMs, closesAt],
    ['one millisecond before the end', wroteAt, closesAt - 1, closesAt],
    ['at the end', wroteAt, closesAt, null],
    ['a day after the end', wroteAt, closesAt + 24 * hourMs, null],
    ["Meta's clock ahead of ours", wroteAt, wroteAt - hourMs, closesAt],
  ])('%s', (_, lastInboundAt, now, expected) => {
    expect(windowClosesAt(lastInboundAt, now)).toBe(expected)
    expect(isWindowOpen(lastInboundAt, now)).toBe(expected !== null)
  })
})
