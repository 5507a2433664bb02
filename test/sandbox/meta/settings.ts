import { z } from 'zod'
import { defaultOnboarding, onboardingSchema } from './onboarding-settings.ts'

/** How the double behaves where the platform varies. Changed by `POST /__sandbox/settings` with any of these keys. */
export const settingsSchema = z.strictObject({
  /** 131047 as an HTTP error instead of a `failed` status. Meta does both. */
  windowErrorAtOnce: z.boolean(),
  /** Every message that needs paying for fails later with 131042. */
  paymentMissing: z.boolean(),
  /** Sending is refused at once with 131031. */
  accountLocked: z.boolean(),
  /** Every message meets this error, at once or later as the code does at Meta; null for none. */
  failCode: z.number().int().nullable(),
  autoSent: z.boolean(),
  autoDelivered: z.boolean(),
  /** Customers read everything that is delivered, whatever the phone page shows. */
  autoRead: z.boolean(),
  sentDelayMs: z.number().min(0),
  deliveredDelayMs: z.number().min(0),
  readDelayMs: z.number().min(0),
  /** One message in 6 seconds to one person, 45 borrowed (131056). */
  pairLimit: z.boolean(),
  /** Messages a second of one number, in and out (130429). */
  throughputPerSecond: z.number().int().positive(),
  /** From when answers inside the window cost, ISO 8601; null: never. Announced by Meta for 2026-10-01. */
  serviceChargeFrom: z.iso.datetime({ offset: true }).nullable(),
  /** Business-scoped user ids in webhooks (at Meta since spring 2026). */
  includeUserIds: z.boolean(),
  /** The Graph version of the app's webhooks; up to 23 statuses carry `conversation`. */
  webhookVersion: z.number().int(),
  /** Milliseconds between the tries of a webhook; the last one repeats. */
  retryDelaysMs: z.array(z.number().positive()).min(1),
  /** What Meta's review does with a new template by itself. */
  templateReview: z.enum(['approve', 'reject', 'manual']),
  templateReviewMs: z.number().min(0),
  onboarding: onboardingSchema,
})

export type Settings = z.infer<typeof settingsSchema>

export const defaultSettings: Settings = {
  windowErrorAtOnce: false,
  paymentMissing: false,
  accountLocked: false,
  failCode: null,
  autoSent: true,
  autoDelivered: true,
  autoRead: false,
  sentDelayMs: 60,
  deliveredDelayMs: 120,
  readDelayMs: 400,
  pairLimit: true,
  throughputPerSecond: 80,
  serviceChargeFrom: '2026-10-01T00:00:00Z',
  includeUserIds: true,
  webhookVersion: 25,
  retryDelaysMs: [500, 1_000, 2_000, 4_000, 8_000, 15_000],
  templateReview: 'approve',
  templateReviewMs: 1_500,
  onboarding: defaultOnboarding,
}
