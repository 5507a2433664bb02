import type { TicketOrder } from './ticket-order.rows.ts'

/** What decides whether a conversation may get a new ticket now. */
export type Gate = {
  channel: 'on' | 'off' | 'removed'
  rule: 'automatic' | 'by_hand' | 'after'
  /** For the rule `after`. */
  afterMs: number
  /** Since when the customer waits for an answer, by Meta's time; null when somebody answered. */
  waitingSince: number | null
  /** What an agent ordered by hand. */
  order: TicketOrder | null
}

/** `hold`: the channel is off, what came is marked. `leave`: nothing is to be done until something new happens. */
export type Opening = { do: 'open' } | { do: 'hold' } | { do: 'leave' } | { do: 'wait'; until: number }

/** Whether to make a ticket at `now`. What an agent ordered is made whatever the rule, and whether the channel is on or not. */
export function decideOpening({ channel, rule, afterMs, waitingSince, order }: Gate, now: number): Opening {
  if (order !== null) return { do: 'open' }
  if (channel === 'off') return { do: 'hold' }
  if (channel === 'removed' || rule === 'by_hand') return { do: 'leave' }
  if (rule === 'automatic') return { do: 'open' }
  if (waitingSince === null) return { do: 'leave' }
  const until = waitingSince + afterMs
  return until <= now ? { do: 'open' } : { do: 'wait', until }
}

/** Whether what customers write may go into the ticket that is there. */
export function mayAppend({ channel, order }: Gate): boolean {
  return channel === 'on' || order !== null
}
