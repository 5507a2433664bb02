import { z } from 'zod'
import { TICKET_RULES } from '../../../contract/index.ts'
import { jsonColumn } from '../messages/messages.rows.ts'
import type { Gate } from './ticket-gate.model.ts'
import { ticketOrderSchema } from './ticket-order.rows.ts'

const MINUTE_MS = 60_000

export const gateShape = {
  channel_state: z.enum(['on', 'off', 'removed']),
  ticket_rule: z.enum(TICKET_RULES).nullable(),
  ticket_after_minutes: z.number().nullable(),
  waiting_since: z.number().nullable(),
  ticket_order: jsonColumn(ticketOrderSchema),
}

export function gateOf(row: z.infer<z.ZodObject<typeof gateShape>>): Gate {
  return {
    channel: row.channel_state,
    rule: row.ticket_rule ?? 'automatic',
    afterMs: (row.ticket_after_minutes ?? 0) * MINUTE_MS,
    waitingSince: row.waiting_since,
    order: row.ticket_order,
  }
}
