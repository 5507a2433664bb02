import { describe, expect, it } from 'vitest'
import type { Legs, WayFacts } from './whole-way.model.ts'
import { noLegs, stateOf, walk } from './whole-way.model.ts'

const now = Date.parse('2026-11-22T10:00:00.000Z')
type Message = NonNullable<WayFacts['message']>
const message: Message = {
  receivedAt: now - 1_000,
  isInTicket: false,
  ticketId: null,
  isOwnTicket: false,
  deskReason: null,
}
const inTicket: Message = { ...message, isInTicket: true, ticketId: '301', isOwnTicket: true }
const start: WayFacts = { now, expiresAt: now + 60_000, message: null, makesTickets: true, answer: null }
const answer = (status: string, failureKey: string | null = null) => ({ at: now, status, failureKey })

const step = (legs: Legs, facts: Partial<WayFacts>) => {
  const walked = walk(legs, { ...start, ...facts })
  const shown = Object.entries(walked.legs).map(([leg, { state }]) => `${leg} ${state}`)
  const reached = shown.filter((each) => !each.endsWith('waiting')).join(', ')
  return { legs: walked.legs, reached, next: walked.next, state: stateOf(walked.legs, { ...start, ...facts }) }
}

describe('the whole way', () => {
  it('ticks leg by leg, and does each of ours once', () => {
    const nothing = step(noLegs(), {})
    expect([nothing.reached, nothing.next, nothing.state]).toEqual(['', 'none', 'waiting'])
    const came = step(nothing.legs, { message })
    expect([came.reached, came.next, came.state]).toEqual(['webhook done', 'none', 'running'])
    const ticketed = step(came.legs, { message: inTicket })
    expect([ticketed.reached, ticketed.next]).toEqual(['webhook done, ticket done', 'answer'])
    const answered = step(ticketed.legs, { message: inTicket, answer: answer('queued') })
    expect([answered.reached, answered.next]).toEqual(['webhook done, ticket done, answer done', 'none'])
    const sent = step(answered.legs, { message: inTicket, answer: answer('sent') })
    expect([sent.reached.endsWith('sent done'), sent.next]).toEqual([true, 'none'])
    const delivered = step(sent.legs, { message: inTicket, answer: answer('read') })
    expect([delivered.next, delivered.state]).toEqual(['close', 'running'])
    const closed = { ...delivered.legs, closed: { state: 'done' as const, at: now, detail: null } }
    expect(step(closed, { message: inTicket, answer: answer('read') })).toMatchObject({ next: 'none', state: 'passed' })
  })

  it('closes no ticket that was there before', () => {
    const facts = { message: { ...inTicket, isOwnTicket: false }, answer: answer('delivered') }
    const walked = step(noLegs(), facts)
    expect([walked.next, walked.state, walked.legs.closed.detail]).toEqual(['none', 'passed', 'kept'])
  })

  it('asks for no ticket where agents make them by hand', () => {
    const came = step(noLegs(), { message, makesTickets: false })
    expect([came.next, came.legs.ticket.detail]).toEqual(['answer', 'by_hand'])
    const delivered = step(came.legs, { message, makesTickets: false, answer: answer('delivered') })
    expect([delivered.state, delivered.legs.closed.detail]).toEqual(['passed', 'no_ticket'])
  })

  it.each<[string, Partial<WayFacts>, string]>([
    ['Desk that is not connected any more', { message: { ...message, deskReason: 'revoked' } }, 'ticket failed'],
    ['an answer that failed', { message: inTicket, answer: answer('failed', 'payment') }, 'sent failed'],
  ])('fails with %s', (_, facts, leg) => {
    const walked = step(noLegs(), facts)
    expect([walked.reached.includes(leg), walked.state]).toEqual([true, 'failed'])
  })

  it('waits for a Desk that is only slow', () => {
    expect(step(noLegs(), { message: { ...message, deskReason: 'busy' } }).state).toBe('running')
  })

  it('is over in its time, unless it came through', () => {
    expect(step(noLegs(), { now: start.expiresAt - 1 }).state).toBe('waiting')
    expect(step(noLegs(), { now: start.expiresAt }).state).toBe('expired')
    const facts = { message: { ...inTicket, isOwnTicket: false }, answer: answer('read'), now: start.expiresAt }
    expect(step(noLegs(), facts).state).toBe('passed')
  })
})
