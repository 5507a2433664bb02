import { z } from 'zod'
import { conversationViewSchema } from './conversations.ts'
import { agentIdSchema, departmentIdSchema, instantSchema, phoneNumberIdSchema } from './ids.ts'

/** `waiting`: the customer wrote last and nobody answered. `no_ticket`: there is no ticket yet. `held`: its channel is off. */
export const INBOX_FILTERS = ['all', 'waiting', 'no_ticket', 'held'] as const

export const inboxQuerySchema = z.object({
  filter: z.enum(INBOX_FILTERS).default('waiting'),
  phoneNumberId: phoneNumberIdSchema.optional(),
  query: z.string().max(200).optional(),
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
})

export const inboxItemSchema = z.object({
  conversation: conversationViewSchema,
  /** Since when the customer waits for an answer; null when nobody does. */
  waitingSince: instantSchema.nullable(),
})
export const inboxListSchema = z.object({
  /** What runs out first stands first. */
  items: z.array(inboxItemSchema),
  cursor: z.string().nullable(),
  counts: z.record(z.enum(INBOX_FILTERS), z.number().int()),
})
export type InboxList = z.infer<typeof inboxListSchema>

/** What *Make a ticket* is prefilled with. */
export const ticketFormSchema = z.object({
  subject: z.string(),
  departmentId: departmentIdSchema,
  departments: z.array(z.object({ id: departmentIdSchema, name: z.string() })),
  /** Who asks, where they may be given it themselves. */
  assigneeId: agentIdSchema.nullable(),
  /** Who may be given it, each with the departments they work in. */
  agents: z.array(z.object({ id: agentIdSchema, name: z.string(), departmentIds: z.array(departmentIdSchema) })),
})
export type TicketForm = z.infer<typeof ticketFormSchema>

export type InboxFilter = (typeof INBOX_FILTERS)[number]
export type InboxQuery = z.output<typeof inboxQuerySchema>

export const makeTicketBodySchema = z.strictObject({
  subject: z.string().trim().min(1).max(255),
  departmentId: departmentIdSchema,
  assigneeId: agentIdSchema.optional(),
})
export type MakeTicketBody = z.infer<typeof makeTicketBodySchema>
