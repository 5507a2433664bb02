import { z } from 'zod'
import { instantSchema, phoneNumberIdSchema } from './ids.ts'

/** One thing looked at. `key` names it: `health.<key>`; `action` is the button beside it. */
export const HEALTH_CHECKS = [
  'desk',
  'token',
  'subscription',
  'number',
  'account',
  'business',
  'app',
  'name',
  'quality',
  'limit',
  'payment',
  'verification',
  'silence',
  'desk_work',
] as const
export const healthCheckSchema = z.object({
  key: z.enum(HEALTH_CHECKS),
  level: z.enum(['good', 'warning', 'bad', 'unknown']),
  /** Meta's or our word for the state, as GREEN or CONNECTED. */
  value: z.string().nullable(),
  /** Meta's own words about it. */
  details: z.array(z.string()),
  action: z.enum(['none', 'repair', 'reconnect', 'open_meta', 'test', 'change_name', 'support']),
  /** Where `open_meta` leads. */
  url: z.string().nullable(),
  since: instantSchema.nullable(),
})
export type HealthCheck = z.infer<typeof healthCheckSchema>

export const numberHealthSchema = z.object({
  phoneNumberId: phoneNumberIdSchema,
  displayPhoneNumber: z.string(),
  channelName: z.string().nullable(),
  /** The worst of its checks; those come worst first. */
  level: z.enum(['good', 'warning', 'bad', 'unknown']),
  checks: z.array(healthCheckSchema),
  lastWebhookAt: instantSchema.nullable(),
  checkedAt: instantSchema.nullable(),
})
export type NumberHealth = z.infer<typeof numberHealthSchema>

/** Overview: may we send, is it healthy, what happened today (since midnight in UTC). */
export const overviewSchema = z.object({
  numbers: z.array(numberHealthSchema),
  today: z.object({
    received: z.number().int(),
    sent: z.number().int(),
    failed: z.number().int(),
    tickets: z.number().int(),
    /** Messages of the last 24 hours, oldest hour first: 24 numbers. */
    hours: z.array(z.number().int()),
  }),
  alertUrl: z.string().nullable(),
})
export type Overview = z.infer<typeof overviewSchema>

/** What is wrong now, for the banner that administrators see wherever they are. */
export const problemListSchema = z.object({
  items: z.array(
    z.object({
      phoneNumberId: phoneNumberIdSchema,
      displayPhoneNumber: z.string(),
      channelName: z.string(),
      key: z.enum(HEALTH_CHECKS),
      level: z.enum(['warning', 'bad']),
      /** As the check has it. */
      value: z.string().nullable(),
      since: instantSchema,
    }),
  ),
})
export type ProblemList = z.infer<typeof problemListSchema>

/** `secret` signs what is posted: `X-Kaiwa-Signature: sha256=<hex HMAC-SHA256 of the body>`. */
export const alertsSchema = z.object({ url: z.string().nullable(), secret: z.string() })
export type Alerts = z.infer<typeof alertsSchema>

export const alertsBodySchema = z.strictObject({
  url: z
    .url({ protocol: /^https$/ })
    .max(500)
    .nullable(),
})

/** *Test the whole way*: a person writes a code from a phone, and each leg ticks. */
export const TEST_LEGS = ['webhook', 'ticket', 'answer', 'sent', 'delivered', 'closed'] as const
export const wholeWayTestSchema = z.object({
  id: z.string(),
  phoneNumberId: phoneNumberIdSchema,
  state: z.enum(['waiting', 'running', 'passed', 'failed', 'expired']),
  /** Opens WhatsApp with the text to send. */
  link: z.string(),
  code: z.string(),
  /** Whether it takes a place of the trial. */
  takesPlace: z.boolean(),
  legs: z.array(
    z.object({
      leg: z.enum(TEST_LEGS),
      state: z.enum(['waiting', 'done', 'failed']),
      at: instantSchema.nullable(),
      detail: z.string().nullable(),
    }),
  ),
  expiresAt: instantSchema,
})
export type WholeWayTest = z.infer<typeof wholeWayTestSchema>
