import { z } from 'zod'
import { channelIdSchema, departmentIdSchema, phoneNumberIdSchema, TICKET_RULES } from '../../../contract/index.ts'

const bit = z.number().transform((value) => value === 1)

/** A channel with its number, as the repository selects it. */
export const channelRowSchema = z.object({
  id: channelIdSchema,
  phone_number_id: phoneNumberIdSchema,
  display_phone_number: z.string().nullable(),
  name: z.string(),
  department_id: departmentIdSchema,
  ticket_rule: z.enum(TICKET_RULES),
  ticket_after_minutes: z.number().int(),
  reopen_days: z.number(),
  burst_seconds: z.number(),
  public_comments: bit,
  icon_key: z.string().nullable(),
  icon_type: z.string().nullable(),
  off_at: z.number().nullable(),
  removed_at: z.number().nullable(),
  held: z.number().int(),
})
export type ChannelRow = z.infer<typeof channelRowSchema>
