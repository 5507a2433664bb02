import { z } from 'zod'

/** A ticket that an agent ordered by hand, as `conversations.ticket_order` keeps it until it is made. */
export const ticketOrderSchema = z.object({
  subject: z.string(),
  departmentId: z.string(),
  assigneeId: z.string().nullable(),
  /** Who ordered it, when (epoch milliseconds). */
  agentId: z.string(),
  agentName: z.string(),
  at: z.number(),
})
export type TicketOrder = z.infer<typeof ticketOrderSchema>
