import { describe, expect, it } from 'vitest'
import {
  afterNotSent,
  afterRefusal,
  callbackData,
  checkText,
  countSend,
  isWindowOpen,
  MAX_ATTEMPTS,
  nextSend,
  pairReadyAt,
  parseCallbackData,
  UNKNOWN_AFTER_MS,
  WINDOW_MS,
} from './sends.model.ts'
import type { Outgoing, PairLevel } from './sends.model.ts'

const NOW = 1_790_000_000_000
const message = (seq: number, facts: Partial<Outgoing> = {}): Outgoing => ({
  seq,
  status: 'queued',
  needsWindow: true,
  attempts: 0,
  attemptAt: null,
  nextAttemptAt: null,
  ...facts,
})

describe('the text', () => {
  it.each([
    ['', { problem: 'empty', characters: 0 }],
    [' \n\t', { problem: 'empty', characters: 3 }],
    ['a'.repeat(4096), { text: 'a'.repeat(4096) }],
    ['👍'.repeat(4096), { text: '👍'.repeat(4096) }],
    ['👍'.repeat(4097), { problem: 'too_long', characters: 4097 }],
    ['half \uD83D here', { text: 'half \uFFFD here' }],
    ['a\u0000b', { text: 'a\uFFFDb' }],
  ])('%j', (text, expected) => {
    expect(checkText(text)).toEqual(expected)
  })
})

describe('the window', () => {
  it.each([
    [null, false],
    [NOW, true],
    [NOW - WINDOW_MS + 1, true],
    [NOW - WINDOW_MS, false],
    [NOW - WINDOW_MS - 1, false],
  ])('of a last message at %s is open: %s', (lastInboundAt, expected) => {
    expect(isWindowOpen(lastInboundAt, NOW)).toBe(expected)
  })
})

describe('the next send', () => {
  const facts = (outgoing: Outgoing[], more: object = {}) => ({
    outgoing,
    isHeld: false,
    lastInboundAt: NOW - 1_000,
    now: NOW,
    pairReadyAt: 0,
    ...more,
  })
  it.each([
    ['nothing waits', facts([]), { do: 'nothing' }],
    [
      'a template goes outside the window',
      facts([message(1, { needsWindow: false })], { lastInboundAt: null }),
      { do: 'send', seq: 1 },
    ],
    ['the oldest goes first', facts([message(1), message(2)]), { do: 'send', seq: 1 }],
    [
      'a retry holds those behind it',
      facts([message(1, { nextAttemptAt: NOW + 500 }), message(2)]),
      { do: 'wait', until: NOW + 500 },
    ],
    [
      'the pair limit holds everything',
      facts([message(1)], { pairReadyAt: NOW + 6_000 }),
      { do: 'wait', until: NOW + 6_000 },
    ],
    [
      'a closed window refuses',
      facts([message(1)], { lastInboundAt: NOW - WINDOW_MS }),
      { do: 'refuse_window', seq: 1 },
    ],
    [
      'a lost answer does not hold those behind it',
      facts([message(1, { status: 'sending', attemptAt: NOW - 1_000 }), message(2)]),
      { do: 'send', seq: 2 },
    ],
    [
      'a lost answer is waited for',
      facts([message(1, { status: 'sending', attemptAt: NOW - 1_000 })]),
      { do: 'wait', until: NOW - 1_000 + UNKNOWN_AFTER_MS },
    ],
    [
      'a lost answer is given up after five minutes',
      facts([message(1, { status: 'sending', attemptAt: NOW - UNKNOWN_AFTER_MS })]),
      { do: 'give_up', seq: 1 },
    ],
  ])('%s', (_, given, expected) => {
    expect(nextSend(given)).toEqual(expected)
  })
})

describe('the pair limit', () => {
  it('lets 45 go at once and then one in six seconds', () => {
    let pair: PairLevel = { level: 0, at: NOW }
    for (let sent = 0; sent < 45; sent += 1) {
      expect(pairReadyAt(pair, NOW)).toBe(NOW)
      pair = countSend(pair, NOW)
    }
    expect(pairReadyAt(pair, NOW)).toBe(NOW + 6_000)
    expect(pairReadyAt(pair, NOW + 6_000)).toBe(NOW + 6_000)
  })
})

describe('after a refusal', () => {
  const refusal = (facts: object) =>
    afterRefusal({
      code: 131000,
      errorClass: 'transient',
      attempts: 1,
      retryAfterMs: null,
      now: NOW,
      random: 0.5,
      ...facts,
    })
  it.each([
    ['transient', {}, { do: 'retry', at: NOW + 2_000 }],
    ['transient again', { attempts: 3 }, { do: 'retry', at: NOW + 8_000 }],
    ['transient too often', { attempts: MAX_ATTEMPTS }, { do: 'fail' }],
    [
      'the pair limit: 4^x seconds',
      { code: 131056, errorClass: 'throttle', attempts: 2 },
      { do: 'retry', at: NOW + 16_000 },
    ],
    [
      'throughput slows the number',
      { code: 130429, errorClass: 'throttle' },
      { do: 'retry_and_slow', at: NOW + 2_000 },
    ],
    [
      'Meta says when',
      { code: 4, errorClass: 'throttle', retryAfterMs: 60_000 },
      { do: 'retry_and_slow', at: NOW + 60_000 },
    ],
    ['spam stops', { code: 131048, errorClass: 'throttle' }, { do: 'fail' }],
    ['permanent', { code: 131047, errorClass: 'permanent' }, { do: 'fail' }],
    ['of the channel', { code: 190, errorClass: 'channel' }, { do: 'fail' }],
  ])('%s', (_, facts, expected) => {
    expect(refusal(facts)).toEqual(expected)
  })

  it('goes on for long while nothing reaches Meta', () => {
    expect(afterNotSent(10, NOW, 0.5)).toEqual({ do: 'retry', at: NOW + 300_000 })
    expect(afterNotSent(20, NOW, 0.5)).toEqual({ do: 'fail' })
  })
})

it('reads back its own callback data and nobody else’s', () => {
  const orgId = 'org_0123456789abcdefghij'
  expect(parseCallbackData(callbackData(1, orgId, 42))).toEqual({ shard: 1, orgId, seq: 42 })
  expect(parseCallbackData('outbox-17')).toBeNull()
  expect(parseCallbackData(`kw1:1:${orgId}:42 `)).toBeNull()
})
