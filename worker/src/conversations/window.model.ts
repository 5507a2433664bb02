import { WINDOW_MS } from '../messages/sends.model.ts'

/**
 * Until when free text may be sent, epoch milliseconds: 24 hours from Meta's time of the customer's last message. Null when the
 * customer never wrote or the 24 hours are over; at the very last millisecond it is over.
 */
export function windowClosesAt(lastInboundAt: number | null, now: number): number | null {
  if (lastInboundAt === null) return null
  const closesAt = lastInboundAt + WINDOW_MS
  return closesAt > now ? closesAt : null
}
