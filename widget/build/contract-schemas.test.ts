import { describe, expect, it } from 'vitest'
import { passes } from '../src/api/check.ts'
import { isRecord } from '../src/json.ts'
import { changes, conversation, message, page } from '../test/fixtures.ts'
import { contractChecks } from './contract-schemas.ts'
import { shapes } from './shapes.ts'

const checks = contractChecks(shapes)
const instant = '2026-11-22T12:00:00.000Z'
const outbox = [{ clientId: 'w-12345678', conversationId: 'cv_abcdefabcdef12', ticketId: '1', text: 'x', createdAt: 1 }]
const media = { mediaId: '1', mimeType: null, fileName: 'a.pdf', caption: null }

const samples: Record<keyof typeof shapes, unknown[]> = {
  session: [{ token: 't', expiresAt: instant, agent: { id: '1', name: 'Ana', role: 'agent' }, now: instant }],
  ticketConversation: [
    { conversation: null, isCurrent: true },
    { conversation: conversation({ window: null, desk: { state: 'waiting', reason: 'busy' } }), isCurrent: false },
  ],
  messagePage: [
    page([
      message(1, {
        extras: {
          forwarded: 'once',
          referral: { sourceType: null, headline: 'H', body: null, url: null, clickId: null },
        },
        quote: { wamid: 'w' },
        reactions: [{ from: 'in', emoji: '👍' }],
        versions: [{ text: 'old', at: instant }],
      }),
      message(2, {
        content: { kind: 'document', media },
        media: { state: 'stored', url: 'u', mimeType: null, fileName: null, size: 5 },
      }),
    ]),
  ],
  changes: [changes([message(1)], { isPartial: true })],
  sendMessageAnswer: [
    {
      message: message(3, {
        direction: 'out',
        status: 'failed',
        failure: { metaCode: null, key: 'other', who: 'meta', action: 'none', details: null },
      }),
    },
  ],
  liveTicket: [{ ticket: 't', expiresAt: instant, url: 'wss://x' }],
  serverEvent: [
    { type: 'hello', change: 1, now: instant },
    { type: 'presence', agents: [{ id: '1', name: 'Ken', state: 'typing' }] },
    { type: 'changes', ...changes([message(1)]) },
    { type: 'renewed', expiresAt: instant },
  ],
  errorBody: [{ error: { code: 'a.b', message: 'm', requestId: 'r', details: { x: 1 } } }],
  messageContent: [
    { kind: 'order', catalogId: null, note: null, items: [{ sku: 's', quantity: 2, price: null, currency: 'GBP' }] },
    { kind: 'audio', media, isVoice: true },
    { kind: 'unknown', type: 'poll' },
  ],
  clientId: ['w-12345678'],
  ticketId: ['1800000000301'],
  outbox: [outbox],
  draft: [{ text: 'x', at: 1, replyTo: 'm5' }],
}

const WRONG = [undefined, null, 0, 1.5, Number.NaN, '', 'x', true, [], {}, [1], { kind: 'text' }]

/** The value with one place of it replaced by each wrong thing, at every depth. */
function* mutations(value: unknown): Generator {
  yield* WRONG
  if (Array.isArray(value)) {
    for (const [at, item] of value.entries()) for (const other of mutations(item)) yield value.with(at, other)
  } else if (isRecord(value)) {
    for (const [key, item] of Object.entries(value)) {
      for (const other of mutations(item)) yield { ...value, [key]: other }
    }
  }
}

describe.each(Object.entries(shapes))('%s', (name, schema) => {
  const check = checks.shapes[name] ?? { any: [] }
  const given = Object.entries(samples).find(([key]) => key === name)?.[1] ?? []

  it.each(given.map((sample) => [sample]))('takes what the contract takes', (sample) => {
    expect(schema.safeParse(sample).success).toBe(true)
    expect(passes(check, sample, checks.shared)).toBe(true)
  })

  it.each(given.map((sample) => [sample]))('refuses what the contract refuses, at every depth', (sample) => {
    for (const wrong of mutations(sample)) {
      const isRight = schema.safeParse(wrong).success
      // Numbers have no bounds here, and a text may be empty where the contract wants one character: nothing breaks on either.
      if (passes(check, wrong, checks.shared) !== isRight && !isTolerated(name, wrong, isRight)) {
        expect.fail(`${name}: the contract says ${isRight} to ${JSON.stringify(wrong)}`)
      }
    }
  })
})

/** The checks leave out lengths of texts, which only ever loosens them. */
function isTolerated(name: string, wrong: unknown, isRight: boolean): boolean {
  return !isRight && (name === 'clientId' || JSON.stringify(wrong).includes('"summary":""') || name === 'outbox')
}
