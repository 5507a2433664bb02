import type { WholeWayTest } from '../../../contract/index.ts'
import { TEST_LEGS } from '../../../contract/index.ts'

export type Leg = WholeWayTest['legs'][number]['leg']
export type LegState = { state: 'waiting' | 'done' | 'failed'; at: number | null; detail: string | null }
export type Legs = Record<Leg, LegState>

/** What is known of the message somebody wrote, its ticket and our answer. Times in epoch milliseconds. */
export type WayFacts = {
  now: number
  expiresAt: number
  /** The message with the code; null until it came. */
  message: {
    receivedAt: number
    isInTicket: boolean
    ticketId: string | null
    isOwnTicket: boolean
    deskReason: string | null
  } | null
  /** Whether the channel makes tickets by itself. */
  makesTickets: boolean
  answer: { at: number; status: string; failureKey: string | null } | null
}

export type NextAct = 'none' | 'answer' | 'close'

export const noLegs = (): Legs => ({
  webhook: waiting(),
  ticket: waiting(),
  answer: waiting(),
  sent: waiting(),
  delivered: waiting(),
  closed: waiting(),
})

/** How far statuses of ours are; those that are not here have not left. */
const RANK: Record<string, number> = { accepted: 0, sent: 1, delivered: 2, read: 3 }

/** What the facts say of each leg, and what is to be done next. A leg that is over stays as it is. */
export function walk(before: Legs, facts: WayFacts): { legs: Legs; next: NextAct } {
  const { message, answer, now } = facts
  if (message === null) return { legs: before, next: 'none' }
  const legs: Legs = {
    ...before,
    webhook: settle(before.webhook, done(message.receivedAt)),
    ticket: settle(before.ticket, ticketLeg(facts, message)),
  }
  // It stops at the leg that fails: nobody is answered whose message is in no ticket.
  if (legs.ticket.state !== 'done') return { legs, next: 'none' }
  if (answer === null) return { legs, next: legs.answer.state === 'waiting' ? 'answer' : 'none' }
  legs.answer = settle(before.answer, done(answer.at))
  const failure = answer.status === 'failed' ? failed(now, answer.failureKey) : null
  const rank = RANK[answer.status] ?? -1
  legs.sent = settle(before.sent, failure ?? (rank >= 1 ? done(now) : waiting()))
  legs.delivered = settle(before.delivered, failure ?? (rank >= 2 ? done(now) : waiting()))
  if (legs.delivered.state === 'waiting' || legs.closed.state !== 'waiting') return { legs, next: 'none' }
  if (message.ticketId !== null && message.isOwnTicket) return { legs, next: 'close' }
  // A ticket that was there before is somebody's work: it stays as it is.
  return { legs: { ...legs, closed: done(now, message.ticketId === null ? 'no_ticket' : 'kept') }, next: 'none' }
}

/** How the test as a whole stands. */
export function stateOf(legs: Legs, facts: Pick<WayFacts, 'now' | 'expiresAt'>): WholeWayTest['state'] {
  const states = TEST_LEGS.map((leg) => legs[leg].state)
  if (states.includes('failed')) return 'failed'
  if (states.every((state) => state === 'done')) return 'passed'
  if (facts.now >= facts.expiresAt) return 'expired'
  return legs.webhook.state === 'waiting' ? 'waiting' : 'running'
}

function ticketLeg({ makesTickets, now }: WayFacts, message: NonNullable<WayFacts['message']>): LegState {
  if (message.isInTicket && message.ticketId !== null) return done(now)
  if (!makesTickets) return done(now, 'by_hand')
  const { deskReason } = message
  if (deskReason === 'revoked' || deskReason === 'refused') return failed(now, deskReason)
  // Desk is away or busy for a while: that is said while it is waited for.
  return waiting(deskReason)
}

const waiting = (detail: string | null = null): LegState => ({ state: 'waiting', at: null, detail })
const done = (at: number, detail: string | null = null): LegState => ({ state: 'done', at, detail })
export const failed = (at: number, detail: string | null): LegState => ({ state: 'failed', at, detail })

function settle(before: LegState, now: LegState): LegState {
  return before.state === 'waiting' ? now : before
}
