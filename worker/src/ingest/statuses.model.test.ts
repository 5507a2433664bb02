import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { MessageStatus } from '../../../contract/index.ts'
import { rise, STATUS_RANKS } from './statuses.model.ts'

type Standing = {
  status: MessageStatus
  marks: Partial<Record<Reported, number>>
  pricing: string | null
  failure: string | null
}
const message = (status: MessageStatus, marks: Standing['marks'] = {}): Standing => ({
  status,
  marks,
  pricing: null,
  failure: null,
})
type Reported = 'sent' | 'delivered' | 'read' | 'played' | 'failed'
type Report = { status: Reported; at: number; pricing: string | null; failure: string | null }
const report = (status: Reported, at = 100): Report => ({
  status,
  at,
  pricing: null,
  failure: status === 'failed' ? 'why' : null,
})

describe('a report', () => {
  it.each<[MessageStatus, Reported, MessageStatus]>([
    ['queued', 'sent', 'sent'],
    ['unknown', 'delivered', 'delivered'],
    ['accepted', 'failed', 'failed'],
    ['sent', 'read', 'read'],
    ['sent', 'failed', 'failed'],
    ['delivered', 'sent', 'delivered'],
    ['read', 'delivered', 'read'],
    ['delivered', 'failed', 'delivered'],
    ['read', 'failed', 'read'],
    ['failed', 'delivered', 'delivered'],
    ['failed', 'sent', 'failed'],
    ['delivered', 'played', 'read'],
  ])('%s + %s = %s', (status, reported, outcome) => {
    const after = rise(message(status), report(reported))
    expect(after?.status).toBe(outcome)
    expect(after?.marks).toEqual({ [reported]: 100 })
  })

  it('that was there says nothing new', () => {
    expect(rise(message('delivered', { sent: 90, delivered: 100 }), report('delivered'))).toBe(null)
    expect(rise(message('read', { delivered: 100 }), report('delivered', 200))).toBe(null)
  })

  it('of a failure after delivery keeps the reason beside the tick', () => {
    expect(rise(message('delivered', { delivered: 90 }), report('failed'))).toMatchObject({
      status: 'delivered',
      failure: 'why',
      marks: { delivered: 90, failed: 100 },
    })
  })

  it('of a second failure counts for a second try, and the first one’s again does not', () => {
    const retried = message('accepted', { failed: 100 })
    expect(rise(retried, report('failed', 100))).toBe(null)
    expect(rise(retried, report('failed', 160))).toMatchObject({ status: 'failed', marks: { failed: 160 } })
  })
})

it('leads to the same end in whatever order reports come, and never lowers a status on the way', () => {
  const reports = fc.uniqueArray(fc.constantFrom('sent', 'delivered', 'read', 'played', 'failed'), { minLength: 1 })
  fc.assert(
    fc.property(reports, fc.array(fc.nat(10), { minLength: 5, maxLength: 5 }), (list, keys) => {
      const apply = (order: typeof list): Standing => {
        let standing = message('accepted')
        for (const one of order) {
          const next: Standing | null = rise(standing, report(one))
          expect(STATUS_RANKS[next?.status ?? standing.status]).toBeGreaterThanOrEqual(STATUS_RANKS[standing.status])
          standing = next ?? standing
        }
        return standing
      }
      const shuffled = list
        .map((one, index) => ({ one, key: keys[index] ?? 0 }))
        .toSorted((left, right) => left.key - right.key)
        .map(({ one }) => one)
      expect(apply(shuffled)).toEqual(apply(list))
    }),
  )
})
