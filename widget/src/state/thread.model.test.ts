import { describe, expect, it } from 'vitest'
import { changes, decision, message, page } from '../../test/fixtures.ts'
import { applyChanges, fromPage, isGap, mergeDecisions, mergeMessages, withPage } from './thread.model.ts'

const ids = (messages: readonly { id: string }[]): string => messages.map(({ id }) => id).join(' ')

describe('merging', () => {
  it('orders by place, whatever came first', () => {
    expect(ids(mergeMessages([message(5), message(9)], [message(7), message(1)]))).toBe('m1 m5 m7 m9')
  })

  it('keeps the later state of a message', () => {
    const held = [message(1, { direction: 'out', status: 'read', change: 9 })]
    expect(mergeMessages(held, [message(1, { direction: 'out', status: 'sent', change: 4 })])).toBe(held)
    const newer = message(1, { direction: 'out', status: 'failed', change: 10 })
    expect(mergeMessages(held, [newer])).toEqual([newer])
  })

  it('takes fresher facts of the same state, such as a file’s new address', () => {
    const again = message(1, {
      media: { state: 'stored', url: 'https://x/2', mimeType: null, fileName: null, size: 1 },
    })
    expect(mergeMessages([message(1)], [again])[0]?.media?.url).toBe('https://x/2')
  })

  it('holds each decision once, in order', () => {
    const merged = mergeDecisions([decision(5)], [decision(2, { decision: 'created' }), decision(5)])
    expect(merged.map((one) => one.decision)).toEqual(['created', 'appended'])
  })
})

describe('changes', () => {
  const live = fromPage(page([message(10), message(11)], { before: 'b', change: 11 }))

  it('add what is new and say that it arrived', () => {
    const { state, arrivals } = applyChanges(
      live,
      changes([message(12), message(13, { direction: 'out' })], { since: 11 }),
    )
    expect(ids(state.messages)).toBe('m10 m11 m12 m13')
    expect(ids(arrivals)).toBe('m12')
    expect(state.change).toBe(13)
  })

  it('are the same applied twice', () => {
    const first = applyChanges(live, changes([message(12)], { since: 11 }))
    const second = applyChanges(first.state, changes([message(12)], { since: 11 }))
    expect(second.state.messages).toEqual(first.state.messages)
    expect(second.arrivals).toEqual([])
  })

  it('put a late message in its place and say that it is late', () => {
    const behind = message(14, { position: '00000010.5' })
    const { state, arrivals, late } = applyChanges(live, changes([behind], { since: 11 }))
    expect(ids(state.messages)).toBe('m10 m14 m11')
    expect([arrivals, late]).toEqual([[], [behind]])
  })

  it('leave out what belongs before the held stretch, where its neighbours are not', () => {
    const { state } = applyChanges(live, changes([message(3, { change: 12 })], { since: 11 }))
    expect(ids(state.messages)).toBe('m10 m11')
    expect(state.change).toBe(12)
  })

  it('leave out what belongs after a stretch of an older ticket, and still say that it arrived', () => {
    const older = fromPage(page([message(4), message(5)], { before: 'b', after: 'a', change: 11 }))
    const { state, arrivals } = applyChanges(older, changes([message(12)], { since: 11 }))
    expect(ids(state.messages)).toBe('m4 m5')
    expect(ids(arrivals)).toBe('m12')
  })

  it('reach messages inside an older stretch', () => {
    const older = fromPage(page([message(4), message(5)], { before: 'b', after: 'a', change: 11 }))
    const { state } = applyChanges(older, changes([message(4, { change: 12, isRevoked: true })], { since: 11 }))
    expect(state.messages[0]?.isRevoked).toBe(true)
  })

  it('show a gap when they begin after what is held', () => {
    expect(isGap(live, changes([message(20)], { since: 12 }))).toBe(true)
    expect(isGap(live, changes([message(20)], { since: 11 }))).toBe(false)
    expect(isGap(live, changes([message(20)], { since: 3 }))).toBe(false)
  })
})

describe('a further page', () => {
  const held = fromPage(page([message(10)], { before: 'b', after: 'a', change: 10 }))

  it('moves the cursor of its end only', () => {
    const older = withPage(held, page([message(8), message(9)], { before: 'bb', after: 'zz', change: 15 }), 'older')
    expect([ids(older.messages), older.before, older.after]).toEqual(['m8 m9 m10', 'bb', 'a'])
    expect(withPage(held, page([message(11)], { after: null }), 'newer').after).toBeNull()
  })

  it('does not count as having seen what changed meanwhile', () => {
    expect(withPage(held, page([message(8)], { change: 15 }), 'older').change).toBe(10)
  })
})
