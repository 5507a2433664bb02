import { z } from 'zod'
import { instantSchema } from './ids.ts'

/** received = stored + duplicate + ignored + dead + waiting; the unit is one message or status. */
export const countersSchema = z.object({
  received: z.number().int(),
  stored: z.number().int(),
  duplicate: z.number().int(),
  ignored: z.number().int(),
  dead: z.number().int(),
  waiting: z.number().int(),
})
export type Counters = z.infer<typeof countersSchema>

export const deadLetterSchema = z.object({
  id: z.number().int(),
  reason: z.string(),
  /** The event as it came, as text, cut to 4,000 characters. */
  body: z.string(),
  receivedAt: instantSchema,
  attempts: z.number().int(),
})
export const deadLetterListSchema = z.object({ items: z.array(deadLetterSchema), cursor: z.string().nullable() })
export type DeadLetterList = z.infer<typeof deadLetterListSchema>

export const numberListSchema = z.object({
  items: z.array(
    z.object({
      phoneNumberId: z.string(),
      displayPhoneNumber: z.string(),
      verifiedName: z.string().nullable(),
      channelName: z.string().nullable(),
    }),
  ),
})
export type NumberList = z.infer<typeof numberListSchema>
