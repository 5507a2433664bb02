import { z } from 'zod'
import { conversationIdSchema, instantSchema, phoneNumberIdSchema } from './ids.ts'

/** Until when free text may be sent; null when the customer never wrote or the 24 hours are over. */
export const windowSchema = z.object({ closesAt: instantSchema }).nullable()

export const conversationViewSchema = z.object({
  id: conversationIdSchema,
  contact: z.object({
    name: z.string(),
    /** E.164 with "+"; absent for customers who only have a user name. */
    phone: z.string().optional(),
    /** Meta's business-scoped user id. */
    userId: z.string().optional(),
    username: z.string().optional(),
  }),
  ticket: z.object({ id: z.string(), number: z.string() }).optional(),
  channel: z.object({ name: z.string(), phoneNumberId: phoneNumberIdSchema, displayPhoneNumber: z.string() }),
  window: windowSchema,
  lastMessageAt: instantSchema,
  lastSummary: z.string(),
  change: z.number().int(),
  /** How the ticket side stands. `waiting` and `blocked` come with a reason key: `desk.<reason>`. */
  desk: z.object({ state: z.enum(['done', 'waiting', 'blocked']), reason: z.string().optional() }),
})
export type ConversationView = z.infer<typeof conversationViewSchema>

export const conversationListSchema = z.object({
  items: z.array(conversationViewSchema),
  cursor: z.string().nullable(),
})
export type ConversationList = z.infer<typeof conversationListSchema>

export const conversationQuerySchema = z.object({
  query: z.string().max(200).optional(),
  cursor: z.string().max(120).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})

/** What the ticket pane opens with. `isCurrent` is false on an older ticket of the same conversation. */
export const ticketConversationSchema = z.object({
  conversation: conversationViewSchema.nullable(),
  isCurrent: z.boolean(),
})
export type TicketConversation = z.infer<typeof ticketConversationSchema>
