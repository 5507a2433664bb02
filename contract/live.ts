import { z } from 'zod'
import { conversationViewSchema } from './conversations.ts'
import { instantSchema } from './ids.ts'
import { messageViewSchema, ticketDecisionSchema } from './messages.ts'

/** Everything that changed in a conversation after a given `change`; also what a reconnecting panel asks for. */
export const changesSchema = z.object({
  /** The counter after these changes. A panel that holds an older one than `since` has a gap and asks again. */
  change: z.number().int(),
  since: z.number().int(),
  messages: z.array(messageViewSchema),
  decisions: z.array(ticketDecisionSchema),
  conversation: conversationViewSchema,
  /** True when there was more than one answer may carry: read the conversation anew. */
  isPartial: z.boolean(),
})
export type Changes = z.infer<typeof changesSchema>

export const presenceSchema = z.object({
  agents: z.array(z.object({ id: z.string(), name: z.string(), state: z.enum(['viewing', 'typing']) })),
})
export type Presence = z.infer<typeof presenceSchema>

/** From the Worker to the panel. */
export const serverEventSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('hello'), change: z.number().int(), now: instantSchema }),
  z.object({ type: z.literal('changes'), ...changesSchema.shape }),
  z.object({ type: z.literal('presence'), ...presenceSchema.shape }),
  z.object({ type: z.literal('renewed'), expiresAt: instantSchema }),
])
export type ServerEvent = z.infer<typeof serverEventSchema>

/** From the panel to the Worker. The panel also sends the bare text `ping` and gets `pong`. */
export const clientEventSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('resume'), after: z.number().int() }),
  z.strictObject({ type: z.literal('presence'), state: z.enum(['viewing', 'typing', 'away']) }),
  z.strictObject({ type: z.literal('renew'), token: z.string().max(4096) }),
])
export type ClientEvent = z.infer<typeof clientEventSchema>

export const liveTicketSchema = z.object({ ticket: z.string(), expiresAt: instantSchema, url: z.string() })
export type LiveTicket = z.infer<typeof liveTicketSchema>

/** Why the Worker closed a socket (WebSocket close codes of the private range). */
export const CLOSE_SESSION_ENDED = 4001
export const CLOSE_BAD_MESSAGE = 4002
