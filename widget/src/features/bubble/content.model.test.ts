import { describe, expect, it } from 'vitest'
import { message } from '../../../test/fixtures.ts'
import { coordinates, errorTexts, fileName, hasMedia, mapUrl, mediaView, orderTotals } from './content.model.ts'
import { decisionReason } from './decision.model.ts'
import { canRetry, failureWord, whoWord } from './failure.model.ts'
import { safeUrl } from './safe-url.model.ts'
import { statusLook } from './status.model.ts'

// Written in two parts: the linter takes the whole for a link that runs a script.
const SCRIPT = ['javascript', 'alert(1)'].join(':')

const place = { kind: 'location' as const, latitude: 35.01, longitude: 135.76, name: null, address: null, url: null }
const media = { mediaId: '1', mimeType: null, fileName: null, caption: null }

describe('a place', () => {
  it('leads to the customer’s own link, else to a map of its coordinates', () => {
    expect(mapUrl({ ...place, url: 'https://maps.example/x' })).toBe('https://maps.example/x')
    expect(mapUrl(place)).toBe('https://www.google.com/maps/search/?api=1&query=35.01%2C135.76')
    expect(mapUrl({ ...place, url: SCRIPT })).toContain('google')
    expect(mapUrl({ ...place, latitude: null })).toBeNull()
  })

  it('at the equator has coordinates', () => {
    expect(coordinates({ ...place, latitude: 0, longitude: 0 })).toBe('0, 0')
  })
})

describe('an order', () => {
  const item = { sku: 'a', quantity: 2, price: 30, currency: 'GBP' }
  const order = (...items: (typeof item | { sku: string; quantity: number; price: null; currency: null })[]) =>
    orderTotals({ kind: 'order', catalogId: null, note: null, items })

  it('is summed up by currency', () => {
    expect(order(item, { ...item, quantity: 1, price: 12.5 }, { ...item, currency: 'JPY' })).toEqual([
      { currency: 'GBP', amount: 72.5 },
      { currency: 'JPY', amount: 60 },
    ])
  })

  it('with a missing price has no total that would be wrong', () => {
    expect(order(item, { sku: 'b', quantity: 1, price: null, currency: null })).toEqual([])
    expect(order()).toEqual([])
  })
})

describe('a file', () => {
  const file = (facts: Parameters<typeof mediaView>[0]['media']) =>
    mediaView(facts === undefined ? {} : { media: facts }, 'https://w.example')
  const stored = { state: 'stored' as const, mimeType: null, fileName: null, size: null }

  it('is shown when it is stored, from the Worker where the address has no origin', () => {
    expect(file({ ...stored, url: 'https://x/y' })).toEqual({ state: 'ready', url: 'https://x/y' })
    expect(file({ ...stored, url: '/api/media/z' })).toEqual({ state: 'ready', url: 'https://w.example/api/media/z' })
  })

  it('waits while it is on its way, and says when it cannot be had', () => {
    expect(file({ ...stored, state: 'pending' })).toEqual({ state: 'pending' })
    expect(file(stored)).toEqual({ state: 'pending' })
    expect(file({ ...stored, state: 'failed' })).toEqual({ state: 'failed' })
    expect(file(undefined)).toEqual({ state: 'failed' })
  })

  it('has the name we stored it under, else the customer’s', () => {
    const content = { kind: 'document' as const, media: { ...media, fileName: 'theirs.pdf' } }
    expect(fileName(content, { media: { ...stored, fileName: 'ours.pdf' } })).toBe('ours.pdf')
    expect(fileName(content, {})).toBe('theirs.pdf')
    expect([hasMedia(content), hasMedia(message(1).content)]).toEqual([true, false])
  })
})

it.each([
  ['https://example.com/a', 'https://example.com/a'],
  ['http://example.com', 'http://example.com/'],
  [SCRIPT, null],
  ['data:text/html,x', null],
  ['//example.com', null],
  ['no address', null],
  [null, null],
])('%s may be a link: %s', (text, url) => {
  expect(safeUrl(text)).toBe(url)
})

it('says a reason once', () => {
  const extras = { errors: [{ code: 131051, text: 'Not supported' }] }
  const content = { kind: 'unsupported' as const, type: 'poll', reason: 'Not supported' }
  expect(errorTexts({ content, extras })).toEqual([])
  expect(errorTexts({ content: { ...content, reason: null }, extras })).toEqual(['Not supported'])
  expect(errorTexts({ content, extras: {} })).toEqual([])
  expect(errorTexts({ content })).toEqual([])
})

it('has a sign and a word for each state of ours, none for the customer’s', () => {
  expect(statusLook('received')).toBeNull()
  const states = ['queued', 'sending', 'accepted', 'sent', 'delivered', 'read', 'failed', 'unknown'] as const
  expect(new Set(states.map((state) => statusLook(state)?.word)).size).toBe(states.length)
})

it('explains causes it knows, and says that it does not know others', () => {
  expect(failureWord({ key: 'payment' })).toBe('failure.payment')
  expect(failureWord({ key: 'invented_tomorrow' })).toBe('failure.other')
})

it.each([
  ['payment', 'admin', 'admin', 'failure.who.admin'],
  ['media_upload', 'agent', 'retry', 'failure.mayHelp'],
  ['meta_down', 'meta', 'retry', 'failure.who.meta'],
  ['own_number', 'nobody', 'none', null],
  // Nobody knows who can repair what has no known cause.
  ['other', 'agent', 'retry', 'failure.mayHelp'],
  ['other', 'nobody', 'retry', 'failure.mayHelp'],
  ['other', 'admin', 'admin', 'failure.mayLook'],
  ['other', 'agent', 'none', null],
  ['invented_tomorrow', 'admin', 'none', 'failure.mayLook'],
] as const)('%s by %s, to %s, is helped by %s', (key, who, action, word) => {
  expect(whoWord({ key, who, action })).toBe(word)
})

it.each([
  ['retry', true],
  ['wait', true],
  ['admin', true],
  ['template', false],
  ['none', false],
] as const)('a failure that asks for %s can be retried: %s', (action, can) => {
  expect(canRetry({ action })).toBe(can)
})

it('gives a reason it knows, and none it does not', () => {
  expect([decisionReason('on_hold'), decisionReason('invented_tomorrow')]).toEqual(['reason.on_hold', null])
})
