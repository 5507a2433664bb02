import { describe, expect, it } from 'vitest'
import { planBatch } from './batch.model.ts'
import type { Unrecorded } from './batch.model.ts'

const NOW = 1_000_000
let seq = 0

function message(changes: Partial<Unrecorded> = {}): Unrecorded {
  seq += 1
  return {
    seq,
    direction: 'in',
    kind: 'text',
    isHidden: false,
    status: 'received',
    sentAt: NOW - 20_000,
    position: 0,
    receivedAt: NOW - 20_000,
    file: 'none',
    isTextRecorded: false,
    ...changes,
  }
}

const plan = (messages: Unrecorded[], hasTicket = true) => planBatch({ hasTicket, burstMs: 10_000, messages }, NOW)
const fresh = { receivedAt: NOW - 4_000 }

describe('without a ticket', () => {
  it('the customer’s first message by Meta’s time makes one, at once', () => {
    const late = message({ ...fresh, sentAt: NOW - 1_000 })
    const early = message({ ...fresh, sentAt: NOW - 3_000 })
    expect(plan([late, early], false)).toEqual({ kind: 'open', seq: early.seq })
  })

  it('ours, and what asks nothing, wait', () => {
    expect(plan([message({ direction: 'out', status: 'sent' }), message({ kind: 'unsupported' })], false).kind).toBe(
      'rest',
    )
  })
})

describe('with a ticket', () => {
  it('messages are gathered from the oldest on', () => {
    const messages = [message({ receivedAt: NOW - 9_000 }), message({ receivedAt: NOW })]
    expect(plan(messages)).toEqual({ kind: 'wait', until: NOW + 1_000, isBurst: true })
  })

  it('a burst that is over goes in as a whole, in Meta’s order', () => {
    const second = message({ sentAt: NOW - 15_000, position: 1 })
    const first = message({ sentAt: NOW - 15_000 })
    const third = message({ receivedAt: NOW, sentAt: NOW - 2_000 })
    const batch = plan([second, first, third])
    expect(batch).toMatchObject({ kind: 'append', asker: { seq: first.seq }, holes: [] })
    expect(batch.kind === 'append' && batch.items.map((item) => item.seq)).toEqual([first.seq, second.seq, third.seq])
  })

  it('a text waits for its file five seconds, and not for ever', () => {
    const withFile = message({ file: 'pending', receivedAt: NOW - 2_000 })
    const old = message({ receivedAt: NOW - 10_000 })
    expect(plan([old, withFile])).toEqual({ kind: 'wait', until: NOW + 3_000, isBurst: true })
    const endless = [message({ receivedAt: NOW - 15_000 }), message({ file: 'pending', receivedAt: NOW })]
    expect(plan(endless)).toMatchObject({ kind: 'append', holes: [endless[1]?.seq] })
  })

  it('a file that came goes in with its text, one that did not leaves a hole', () => {
    const stored = message({ file: 'stored' })
    const pending = message({ file: 'pending' })
    const failed = message({ file: 'failed' })
    expect(plan([stored, pending, failed])).toMatchObject({
      items: [
        { seq: stored.seq, hasText: true, hasFile: true },
        { seq: pending.seq, hasText: true, hasFile: false },
        { seq: failed.seq, hasText: true, hasFile: true },
      ],
      holes: [pending.seq],
    })
  })

  it('a late file goes in alone and at once', () => {
    const late = message({ file: 'stored', isTextRecorded: true })
    expect(plan([late])).toEqual({
      kind: 'append',
      items: [{ seq: late.seq, hasText: false, hasFile: true }],
      asker: null,
      holes: [],
    })
  })

  it('a late file goes with the next burst where one is being gathered', () => {
    expect(plan([message({ file: 'stored', isTextRecorded: true }), message(fresh)]).kind).toBe('wait')
  })

  it('ours go in when it is known what became of them', () => {
    const queued = message({ direction: 'out', status: 'queued' })
    const sending = message({ direction: 'out', status: 'sending' })
    const failed = message({ direction: 'out', status: 'failed' })
    expect(plan([queued, failed, sending])).toMatchObject({
      items: [{ seq: failed.seq }],
      asker: null,
      holes: [queued.seq, sending.seq],
    })
    expect(plan([queued])).toEqual({ kind: 'wait', until: NOW + 60_000, isBurst: false })
  })

  it('reactions only move the place; edits and deletions get a line', () => {
    expect(plan([message({ kind: 'reaction', isHidden: true })])).toEqual({ kind: 'settle', holes: [] })
    expect(plan([message({ kind: 'edit', isHidden: true })])).toMatchObject({ kind: 'append', asker: null })
  })

  it('nothing unrecorded means rest', () => {
    expect(plan([])).toEqual({ kind: 'rest' })
  })
})
