import {
  failureSchema,
  messageContentSchema,
  messageExtrasSchema,
  messageStatusSchema,
} from '../../../contract/index.ts'
import { z } from 'zod'

/** A JSON column that may be NULL. */
export function jsonColumn<Schema extends z.ZodType>(schema: Schema) {
  return z
    .string()
    .nullable()
    .transform((text): unknown => (text === null ? null : JSON.parse(text)))
    .pipe(schema.nullable())
}

/** When each status was reached, epoch milliseconds by Meta's clock. */
export const marksSchema = z.object({
  sent: z.number().optional(),
  delivered: z.number().optional(),
  read: z.number().optional(),
  played: z.number().optional(),
  failed: z.number().optional(),
})
export type Marks = z.infer<typeof marksSchema>

/** What fills one variable of a template that is sent; `name` is null where variables are numbered. */
const templateParameterSchema = z.object({ name: z.string().nullable(), text: z.string() })

/** A row of `messages`, its JSON columns parsed. */
export const messageRowSchema = z.object({
  seq: z.number(),
  conversation_id: z.string(),
  wamid: z.string().nullable(),
  direction: z.enum(['in', 'out']),
  kind: z.string(),
  is_hidden: z.number(),
  content: z
    .string()
    .transform((text): unknown => JSON.parse(text))
    .pipe(messageContentSchema),
  extras: jsonColumn(messageExtrasSchema),
  summary: z.string(),
  sent_at: z.number(),
  position: z.number(),
  received_at: z.number(),
  status: messageStatusSchema,
  marks: jsonColumn(marksSchema),
  failure: jsonColumn(failureSchema),
  quote_wamid: z.string().nullable(),
  reactions: jsonColumn(z.array(z.object({ from: z.enum(['in', 'out']), emoji: z.string() }))),
  versions: jsonColumn(z.array(z.object({ text: z.string(), at: z.number() }))),
  is_revoked: z.number(),
  client_id: z.string().nullable(),
  agent_id: z.string().nullable(),
  agent_name: z.string().nullable(),
  attempts: z.number(),
  attempt_at: z.number().nullable(),
  next_attempt_at: z.number().nullable(),
  /** Read only where messages are sent. */
  template_parameters: jsonColumn(z.array(templateParameterSchema)).optional(),
  change: z.number(),
})
export type MessageRow = z.infer<typeof messageRowSchema>
