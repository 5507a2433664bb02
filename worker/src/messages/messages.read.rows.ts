import { z } from 'zod'
import { seqListColumn } from '../conversations/conversations.rows.ts'

/** What a quote shows of the message it names. */
export const quotedRowSchema = z.object({
  seq: z.number().int(),
  wamid: z.string(),
  summary: z.string(),
  direction: z.enum(['in', 'out']),
})
export type QuotedRow = z.infer<typeof quotedRowSchema>

/** The file of a message. */
export const mediaRowSchema = z.object({
  message_seq: z.number().int(),
  state: z.enum(['pending', 'stored', 'failed']),
  mime_type: z.string().nullable(),
  file_name: z.string().nullable(),
  size: z.number().nullable(),
})
export type MediaFactsRow = z.infer<typeof mediaRowSchema>

export const decisionRowSchema = z.object({
  at: z.number(),
  decision: z.enum(['created', 'appended', 'reopened', 'followed']),
  reason: z.string(),
  ticket_id: z.string(),
  ticket_number: z.string(),
})
export type DecisionRow = z.infer<typeof decisionRowSchema>

/** What reading messages needs of their conversation. */
export const threadHeadSchema = z.object({
  department_id: z.string(),
  change: z.number().int(),
  desk_cursor: z.number(),
  desk_holes: seqListColumn,
})
export type ThreadHead = z.infer<typeof threadHeadSchema>

/** Where a ticket begins: its first message, nulls where that is gone. */
export const ticketStartRowSchema = z.object({
  created_at: z.number(),
  sent_at: z.number().nullable(),
  position: z.number().nullable(),
  seq: z.number().nullable(),
})
