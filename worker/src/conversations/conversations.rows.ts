import { z } from 'zod'
import { conversationIdSchema, phoneNumberIdSchema } from '../../../contract/index.ts'

/** A JSON array of message seqs. */
export const seqListColumn = z
  .string()
  .transform((text): unknown => JSON.parse(text))
  .pipe(z.array(z.number().int()))

/** A conversation with the names of its contact and channel, as `conversationColumns` of the repository selects it. */
export const conversationRowSchema = z.object({
  id: conversationIdSchema,
  phone_number_id: phoneNumberIdSchema,
  contact_id: z.string(),
  department_id: z.string(),
  change: z.number().int(),
  last_message_at: z.number(),
  last_inbound_at: z.number().nullable(),
  last_summary: z.string(),
  ticket_id: z.string().nullable(),
  ticket_number: z.string().nullable(),
  desk_cursor: z.number(),
  desk_holes: seqListColumn,
  desk_state: z.enum(['done', 'waiting', 'blocked']),
  desk_reason: z.string().nullable(),
  contact_name: z.string(),
  contact_phone: z.string().nullable(),
  contact_user_id: z.string().nullable(),
  contact_username: z.string().nullable(),
  channel_name: z.string().nullable(),
  display_phone_number: z.string().nullable(),
})
export type ConversationRow = z.infer<typeof conversationRowSchema>
