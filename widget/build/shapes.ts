import { z } from 'zod'
import {
  changesSchema,
  clientIdSchema,
  conversationIdSchema,
  errorBodySchema,
  liveTicketSchema,
  messageContentSchema,
  messageIdSchema,
  messagePageSchema,
  sendMessageAnswerSchema,
  serverEventSchema,
  sessionSchema,
  ticketConversationSchema,
  ticketIdSchema,
} from '../../contract/index.ts'

/** What the widget keeps in the browser until the Worker has taken it. */
const outboxEntrySchema = z.object({
  clientId: clientIdSchema,
  conversationId: conversationIdSchema,
  ticketId: z.string(),
  text: z.string(),
  replyTo: messageIdSchema.optional(),
  /** Epoch milliseconds of the server's clock. */
  createdAt: z.number(),
})

const draftSchema = z.object({
  text: z.string(),
  replyTo: messageIdSchema.optional(),
  /** Epoch milliseconds of this device's clock; drafts nobody touched for a month are taken away. */
  at: z.number(),
})

/**
 * Everything that enters the widget from outside, by name. The build turns it into JSON Schema (`contract-schemas.ts`),
 * so the page checks the contract without carrying zod; the types below come from the same source.
 */
export const shapes = {
  session: sessionSchema,
  ticketConversation: ticketConversationSchema,
  messagePage: messagePageSchema,
  changes: changesSchema,
  sendMessageAnswer: sendMessageAnswerSchema,
  liveTicket: liveTicketSchema,
  serverEvent: serverEventSchema,
  errorBody: errorBodySchema,
  messageContent: messageContentSchema,
  clientId: clientIdSchema,
  ticketId: ticketIdSchema,
  outbox: z.array(outboxEntrySchema),
  draft: draftSchema,
}

export type Shapes = { [K in keyof typeof shapes]: z.infer<(typeof shapes)[K]> }
export type OutboxEntry = z.infer<typeof outboxEntrySchema>
export type Draft = z.infer<typeof draftSchema>
