import { z } from 'zod'
import { channelListSchema } from './channels.ts'
import { departmentIdSchema, instantSchema, phoneNumberIdSchema, portalIdSchema } from './ids.ts'
import { PROFILE_LIMITS, VERTICALS } from './profile.ts'
import { standingSchema } from './stages.ts'

export const wabaIdSchema = z
  .string()
  .regex(/^\d{1,32}$/)
  .brand<'WabaId'>()
export type WabaId = z.infer<typeof wabaIdSchema>

/** What went wrong while setting up, in plain words `setup_failure.<key>`; `action` is the button. */
export const SETUP_FAILURES = [
  'cancelled',
  'popup_closed',
  'code_expired',
  'permission_missing',
  'wrong_account',
  'token_invalid',
  'app_secret_wrong',
  'account_taken',
  'number_taken',
  'number_in_use',
  'number_invalid',
  'number_banned',
  'name_refused',
  'too_many_codes',
  'code_wrong',
  'code_too_old',
  'too_many_tries',
  'pin_wrong',
  'pin_too_many',
  'too_many_registrations',
  'two_step_on',
  'not_verified',
  'name_pending',
  'payment_missing',
  'migration_refused',
  'history_too_late',
  'subscription_refused',
  'meta_limit',
  'number_limit',
  'meta_down',
  'desk_unavailable',
  'profile_refused',
  'other',
] as const
export type SetupFailureKey = (typeof SETUP_FAILURES)[number]

export const setupFailureSchema = z.object({
  step: z.enum(['facebook', 'profile', 'number', 'code', 'verify', 'register', 'subscribe', 'history']),
  key: z.enum(SETUP_FAILURES),
  who: z.enum(['admin', 'meta', 'old_provider', 'operator', 'nobody']),
  action: z.enum(['retry', 'reconnect', 'change_number', 'change_name', 'wait', 'enter_pin', 'open_meta', 'support']),
  metaCode: z.number().int().nullable(),
  /** Meta's own words, under "Details". */
  details: z.string().nullable(),
  /** When trying again makes sense. */
  retryAt: instantSchema.nullable(),
  at: instantSchema,
})
export type SetupFailure = z.infer<typeof setupFailureSchema>

/** A draft: the name goes to Meta with the number, the rest after the number is registered. */
export const profileDraftSchema = z.strictObject({
  displayName: z.string().trim().min(2).max(PROFILE_LIMITS.displayName),
  vertical: z.enum(VERTICALS),
  description: z.string().trim().max(PROFILE_LIMITS.description),
  about: z.string().trim().max(PROFILE_LIMITS.about).optional(),
  address: z.string().trim().max(PROFILE_LIMITS.address).optional(),
  email: z.email().max(PROFILE_LIMITS.email).optional(),
  websites: z
    .array(z.url({ protocol: /^https?$/ }).max(PROFILE_LIMITS.website))
    .max(PROFILE_LIMITS.websites)
    .optional(),
})
export type ProfileDraft = z.infer<typeof profileDraftSchema>

export const accountViewSchema = z.object({
  wabaId: wabaIdSchema,
  name: z.string(),
  businessId: z.string(),
  businessName: z.string().nullable(),
  how: z.enum(['embedded', 'hosted', 'own_app', 'operator']),
  /** Meta's words, lower case; contradictory lists, so any other may come. */
  businessVerification: z.string().nullable(),
  reviewStatus: z.string().nullable(),
  payment: z.enum(['present', 'missing', 'unknown']),
  draft: profileDraftSchema.nullable(),
  failure: setupFailureSchema.nullable(),
  /** Only where an own app brought the account: where its webhooks go. The verify token is shown to the administrator alone. */
  ownWebhook: z.object({ url: z.string(), verifyToken: z.string() }).optional(),
})
export type AccountView = z.infer<typeof accountViewSchema>

/** Where a number is on its way: the first step that is not done. */
export const NUMBER_STEPS = ['profile', 'verify', 'register', 'channel', 'done'] as const

export const numberViewSchema = z.object({
  phoneNumberId: phoneNumberIdSchema,
  wabaId: wabaIdSchema,
  displayPhoneNumber: z.string(),
  verifiedName: z.string().nullable(),
  /** APPROVED, AVAILABLE_WITHOUT_REVIEW, DECLINED, EXPIRED, PENDING_REVIEW, NONE, or what Meta will add. */
  nameStatus: z.string().nullable(),
  quality: z.string().nullable(),
  isVerified: z.boolean(),
  isRegistered: z.boolean(),
  /** A number of the Business app, used here too: it is neither verified nor registered by us. */
  isCoexistent: z.boolean(),
  step: z.enum(NUMBER_STEPS),
  /** The code that was last asked for. */
  code: z.object({ method: z.enum(['SMS', 'VOICE']), sentAt: instantSchema, resendAt: instantSchema }).nullable(),
  failure: setupFailureSchema.nullable(),
  standing: standingSchema,
})
export type NumberView = z.infer<typeof numberViewSchema>

/** Everything the settings pane begins with. */
export const setupViewSchema = z.object({
  desk: z.object({
    state: z.enum(['connected', 'revoked', 'disconnected']),
    portalId: portalIdSchema,
    portalName: z.string().nullable(),
    dataCentre: z.string(),
    edition: z.string().nullable(),
    connectedBy: z.string().nullable(),
    departments: z.array(z.object({ id: departmentIdSchema, name: z.string() })),
    /** When a panel last opened a session with the install key; null: never since it was made. */
    keyUsedAt: instantSchema.nullable(),
    isKeyPlaced: z.boolean(),
  }),
  accounts: z.array(accountViewSchema),
  numbers: z.array(numberViewSchema),
  channels: channelListSchema,
  /** Ways to connect that this installation offers. */
  ways: z.object({ embedded: z.boolean(), hosted: z.string().nullable(), ownApp: z.boolean() }),
  /** Mail or web address of whoever runs this Kaiwa, for "Click here for assistance". */
  support: z.string().nullable(),
  now: instantSchema,
})
export type SetupView = z.infer<typeof setupViewSchema>

/** `coexistence`: a number that stays in the Business app. `url` opens once, within 5 minutes. */
export const openFacebookBodySchema = z.strictObject({ coexistence: z.boolean().default(false) })
export const facebookWindowSchema = z.object({ attemptId: z.string(), url: z.string(), expiresAt: instantSchema })
export type FacebookWindow = z.infer<typeof facebookWindowSchema>

export const facebookAttemptSchema = z.object({
  attemptId: z.string(),
  state: z.enum(['open', 'working', 'done', 'cancelled', 'failed']),
  /** Where the person left Meta's dialog, in Meta's words, for `cancelled`. */
  leftAt: z.string().nullable(),
  failure: setupFailureSchema.nullable(),
  wabaId: wabaIdSchema.nullable(),
  phoneNumberId: phoneNumberIdSchema.nullable(),
})
export type FacebookAttempt = z.infer<typeof facebookAttemptSchema>

/** What the window of the Worker posts to the pane that opened it; a hint to ask, nothing more. */
export const facebookMessageSchema = z.object({ source: z.literal('kaiwa.facebook'), attemptId: z.string() })

export const ownAppBodySchema = z.strictObject({
  appId: z.string().regex(/^\d{1,32}$/),
  appSecret: z.string().trim().min(8).max(200),
  token: z.string().trim().min(8).max(2_000),
  wabaId: wabaIdSchema,
})

export const claimBodySchema = z.strictObject({ wabaId: wabaIdSchema, method: z.enum(['SMS', 'VOICE']).default('SMS') })
/**
 * `aboutText` null: Meta sent a code to the number. Else the number is verified, to which Meta sends none: this text has to stand in the
 * number's profile ("About", in WhatsApp Manager) while the six digits in it are confirmed.
 */
export const claimAnswerSchema = z.object({
  displayPhoneNumber: z.string(),
  resendAt: instantSchema,
  aboutText: z.string().nullable(),
})
export const sixDigitsSchema = z.string().regex(/^\d{6}$/)
export const confirmClaimBodySchema = z.strictObject({ wabaId: wabaIdSchema, code: sixDigitsSchema })

/** `migrate`: the number comes from another provider. The same number of the same account twice is one number. */
export const addNumberBodySchema = z.strictObject({
  countryCode: z.string().regex(/^\d{1,3}$/),
  phoneNumber: z.string().trim().min(4).max(24),
  migrate: z.boolean().default(false),
})
export const requestCodeBodySchema = z.strictObject({
  method: z.enum(['SMS', 'VOICE']),
  /** Language of the text or call, as en_US. */
  language: z.string().regex(/^[a-z]{2}(_[A-Z]{2})?$/),
})
export const verifyCodeBodySchema = z.strictObject({ code: sixDigitsSchema })
/** `pin` only where the number has one already; otherwise Kaiwa makes one and keeps it encrypted. */
export const registerBodySchema = z.strictObject({ pin: sixDigitsSchema.optional() })
/** The day documents were last sent to Meta, where an administrator knows better than our first sight of it. */
export const correctReviewBodySchema = z.strictObject({ submittedAt: instantSchema })
