import { z } from 'zod'

/**
 * `POST /__sandbox/inbound`: what a customer does. Everything that is not named here is put on the message as it is:
 * the type object under its own name, `context`, `referral`, `errors`, or fields that do not exist yet.
 */
export const inboundSchema = z.looseObject({
  /** The customer's number, any spelling; goes out as digits. */
  from: z.string().min(1).optional(),
  /** The customer's business-scoped user id; alone: somebody without any phone. */
  userId: z.string().min(1).optional(),
  /** A customer the double already knows. */
  customerId: z.string().optional(),
  /** The profile name; null leaves it out. */
  name: z.string().nullable().optional(),
  username: z.string().optional(),
  /** The business number written to, by default the first. */
  phoneNumberId: z.string().optional(),
  type: z.string().min(1).optional(),
  /** Unix seconds as number or string, or ISO 8601; by default now. */
  timestamp: z.union([z.number(), z.string()]).optional(),
  /** The message id, by default a new one; an id sent before makes a duplicate. */
  id: z.string().min(1).optional(),
  /** `errors[]` of the value, beside the message's own. */
  valueErrors: z.array(z.unknown()).optional(),
  /** The webhook field for `raw`, by default `messages`. */
  field: z.string().optional(),
  /** The whole change value, sent as it is; nothing else is looked at but `phoneNumberId` and `field`. */
  raw: z.unknown().optional(),
})

export type InboundInput = z.infer<typeof inboundSchema>

export const batchSchema = z.looseObject({ messages: z.array(inboundSchema).min(1).max(1_000) })

/** Keys that steer; all others belong to the message. */
export const CONTROL_KEYS: ReadonlySet<string> = new Set(Object.keys(inboundSchema.shape))
