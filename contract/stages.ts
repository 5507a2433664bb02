import { z } from 'zod'
import { instantSchema, phoneNumberIdSchema } from './ids.ts'

export const STAGES = ['trial', 'trial_expired', 'trial_other_number', 'verified_trial', 'live', 'failed'] as const
export type Stage = (typeof STAGES)[number]

/** What lies over a stage. All but `payment_missing` stop every send; `restricted` stops what Meta restricted. */
export const OVERLAYS = ['rejected', 'restricted', 'banned', 'payment_missing', 'verification_revoked'] as const
export type OverlayName = (typeof OVERLAYS)[number]

/** What is still missing on the way to `live`: `missing.<name>` in the translations. */
export const MISSING = ['first_channel', 'business_verification', 'account_review', 'name_review', 'payment'] as const
export type Missing = (typeof MISSING)[number]

/**
 * Pools of places. `templates`: people who may be sent a template in the trial (2). `answers`: customers who may be answered in it (10).
 * `customers`: customers of the larger trial after verification (1,500).
 */
export const POOLS = ['templates', 'answers', 'customers'] as const
export type Pool = (typeof POOLS)[number]

export const overlaySchema = z.object({
  name: z.enum(OVERLAYS),
  since: instantSchema.nullable(),
  /** When it lifts or something may be done about it: for `rejected`, when documents may be sent again. */
  until: instantSchema.nullable(),
  /** Meta's own words, where there are any. */
  detail: z.string().nullable(),
})
export type Overlay = z.infer<typeof overlaySchema>

/** How a number stands: what it may send, what is used, what is missing. One pure function of stored facts makes it. */
export const standingSchema = z.object({
  stage: z.enum(STAGES),
  overlays: z.array(overlaySchema),
  /** `startedAt` is null until the first channel is saved. `number` is the one in trial. */
  trial: z.object({
    startedAt: instantSchema.nullable(),
    endsAt: instantSchema.nullable(),
    phoneNumberId: phoneNumberIdSchema.nullable(),
    displayPhoneNumber: z.string().nullable(),
  }),
  /** Whether this is the one number of the larger trial. */
  isDesignated: z.boolean(),
  /** Whether an administrator picked that number; until then it is the first one, and another one may be picked. */
  isDesignationChosen: z.boolean(),
  /** The pools that count in this stage. */
  places: z.array(z.object({ pool: z.enum(POOLS), used: z.number().int(), limit: z.number().int() })),
  /** Meta's limit of new conversations in 24 hours, where the stage is `live`; `limit` null: unlimited. */
  metaLimit: z.object({ limit: z.number().int().nullable(), used: z.number().int() }).nullable(),
  missing: z.array(z.enum(MISSING)),
  /** Why setting up failed, for `failed`. */
  failure: z.object({ step: z.string(), key: z.string(), detail: z.string().nullable() }).nullable(),
})
export type Standing = z.infer<typeof standingSchema>

/**
 * Codes of sends that a limit refuses: `quota.<name>`; `details` of the error carries the `Standing`'s facts: `{ pool, used, limit,
 * endsAt, displayPhoneNumber }`, those that apply.
 */
export const QUOTA_REFUSALS = [
  'trial_answers',
  'trial_templates',
  'trial_expired',
  'trial_other_number',
  'verified_customers',
  'verified_templates',
  'verified_other_number',
  'rejected',
  'restricted',
  'banned',
  'verification_revoked',
  'setup_failed',
  'channel_off',
  'channel_removed',
] as const
export type QuotaRefusal = (typeof QUOTA_REFUSALS)[number]

/** What the composer shows before anybody writes: whether this conversation's number and contact may be sent anything. */
export const sendingSchema = z.object({
  /** Null when an answer would be accepted. */
  refusal: z.enum(QUOTA_REFUSALS).nullable(),
  /** The places that an answer here would take from; absent where the contact has one already or nothing is counted. */
  places: z.object({ pool: z.enum(POOLS), used: z.number().int(), limit: z.number().int() }).optional(),
  endsAt: instantSchema.nullable(),
})
export type Sending = z.infer<typeof sendingSchema>
