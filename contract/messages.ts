import { z } from 'zod'
import { messageContentSchema, messageExtrasSchema } from './content.ts'
import { failureSchema } from './errors.ts'
import { clientIdSchema, instantSchema, messageIdSchema } from './ids.ts'

/** WhatsApp's own limit of a text message, counted in characters. */
export const MAX_TEXT_CHARACTERS = 4096

/**
 * How far a message is. Inbound ones are `received`. Ours rise: `queued` (waiting here), `sending`, `accepted` (Meta took
 * it), `sent`, `delivered`, `read`. `failed` and `unknown` (the answer was lost) end it until somebody acts.
 */
export const messageStatusSchema = z.enum([
  'received',
  'queued',
  'sending',
  'accepted',
  'sent',
  'delivered',
  'read',
  'failed',
  'unknown',
])
export type MessageStatus = z.infer<typeof messageStatusSchema>

export const messageMediaSchema = z.object({
  state: z.enum(['pending', 'stored', 'failed']),
  /** Signed, valid for some minutes; absent until the bytes are stored. */
  url: z.string().optional(),
  mimeType: z.string().nullable(),
  fileName: z.string().nullable(),
  /** Bytes. */
  size: z.number().nullable(),
})
export type MessageMedia = z.infer<typeof messageMediaSchema>

/** A message as the panel, the list and a screen reader get it. */
export const messageViewSchema = z.object({
  seq: z.number().int(),
  id: messageIdSchema,
  wamid: z.string().optional(),
  direction: z.enum(['in', 'out']),
  kind: z.string(),
  /** One plain-text line, never empty. */
  summary: z.string().min(1),
  status: messageStatusSchema,
  /** Meta's time of the message; ours for what we send. */
  sentAt: instantSchema,
  /** The conversation's `change` at which this message last changed. */
  change: z.number().int(),
  /** Opaque; where this message stands in the conversation. Compares as a string. */
  position: z.string(),
  content: messageContentSchema,
  extras: messageExtrasSchema.optional(),
  media: messageMediaSchema.optional(),
  /** Who sent it on our side. */
  agent: z.object({ id: z.string(), name: z.string() }).optional(),
  clientId: clientIdSchema.optional(),
  quote: z
    .object({
      wamid: z.string(),
      /** Absent while the quoted message is not known here. */
      id: messageIdSchema.optional(),
      summary: z.string().optional(),
      direction: z.enum(['in', 'out']).optional(),
    })
    .optional(),
  reactions: z.array(z.object({ from: z.enum(['in', 'out']), emoji: z.string() })).optional(),
  /** Earlier texts, oldest first, when the customer edited the message. */
  versions: z.array(z.object({ text: z.string(), at: instantSchema })).optional(),
  isRevoked: z.boolean().optional(),
  failure: failureSchema.optional(),
  /** False while the ticket does not show it yet. */
  isInTicket: z.boolean(),
})
export type MessageView = z.infer<typeof messageViewSchema>

/** What Kaiwa decided about tickets, shown as a small line between messages. */
export const ticketDecisionSchema = z.object({
  at: instantSchema,
  decision: z.enum(['created', 'appended', 'reopened', 'followed']),
  reason: z.string(),
  ticketId: z.string(),
  ticketNumber: z.string(),
})
export type TicketDecision = z.infer<typeof ticketDecisionSchema>

export const messagePageSchema = z.object({
  /** Oldest first. */
  items: z.array(messageViewSchema),
  decisions: z.array(ticketDecisionSchema),
  /** Cursor of older messages; null at the beginning. */
  before: z.string().nullable(),
  /** Cursor of newer messages; null at the live end. */
  after: z.string().nullable(),
  /** The conversation's change counter when the page was read: resume from here. */
  change: z.number().int(),
})
export type MessagePage = z.infer<typeof messagePageSchema>

export const messageQuerySchema = z.object({
  before: z.string().max(120).optional(),
  after: z.string().max(120).optional(),
  /** Start where this ticket of the conversation began. */
  ticketId: z.string().max(24).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})

export const sendMessageBodySchema = z.strictObject({
  clientId: clientIdSchema,
  kind: z.literal('text'),
  text: z.string(),
  /** The message this one answers. */
  replyTo: messageIdSchema.optional(),
})
export type SendMessageBody = z.infer<typeof sendMessageBodySchema>

export const sendMessageAnswerSchema = z.object({ message: messageViewSchema })
export type SendMessageAnswer = z.infer<typeof sendMessageAnswerSchema>

/** What a person decides about a message whose answer was lost. */
export const settleMessageBodySchema = z.strictObject({ outcome: z.enum(['arrived', 'send_again']) })
