import { z } from 'zod'

/** The body of every answer that is not 2xx. `code` is stable and dotted; `message` is a sentence for a person. */
export const errorBodySchema = z.object({
  error: z.object({
    code: z.string(),
    message: z.string(),
    requestId: z.string(),
    details: z.unknown().optional(),
  }),
})
export type ErrorBody = z.infer<typeof errorBodySchema>

/** Why a message was not delivered, in words that a person can act on. */
export const failureSchema = z.object({
  /** Meta's error code, or null where Meta gave none. */
  metaCode: z.number().int().nullable(),
  /** Key of the plain-words cause and repair in the translations: `failure.<key>`. */
  key: z.string(),
  /** Who can repair it. */
  who: z.enum(['agent', 'admin', 'customer', 'meta', 'nobody']),
  /** The one thing to do about it. */
  action: z.enum(['retry', 'template', 'wait', 'admin', 'none']),
  /** Meta's own details, shown under "Details". */
  details: z.string().nullable(),
})
export type Failure = z.infer<typeof failureSchema>
