import { z } from 'zod'
import { instantSchema, portalIdSchema } from './ids.ts'
import { setupViewSchema } from './setup.ts'

/** Zoho's data centres by the names that Desk's `dcType` and the accounts servers use. */
export const dataCentreSchema = z.string().regex(/^[A-Z]{2}$/)

/** `proof`: who is this, nothing is kept. `connect`: Zoho Desk is connected to Kaiwa as this person, for good. */
export const signInPurposeSchema = z.enum(['proof', 'connect'])
export type SignInPurpose = z.infer<typeof signInPurposeSchema>

/** SHA-256 of the verifier, base64url without padding: only the page that made the verifier can use the code. */
export const challengeSchema = z.string().regex(/^[A-Za-z0-9_-]{43}$/)

/** What the sign-in window is opened with: `GET {worker}/admin/sign-in?…`. */
export const signInQuerySchema = z.object({
  challenge: challengeSchema,
  portalId: portalIdSchema,
  dataCentre: dataCentreSchema,
  purpose: signInPurposeSchema,
  /** Language of the window's pages. */
  locale: z.string().max(12).optional(),
  /** Origin of the page that opens the window. The code is posted to no other; without one the person copies it. */
  origin: z.string().max(200).optional(),
})
export type SignInQuery = z.infer<typeof signInQuerySchema>

/** What the sign-in window posts to the page that opened it. `code` is worth something for 60 s, and only with the verifier. */
export const signInMessageSchema = z.object({ source: z.literal('kaiwa.sign_in'), code: z.string() })

export const adminSessionBodySchema = z.strictObject({
  code: z.string().min(8).max(120),
  /** 43 to 128 characters of [A-Za-z0-9_-]. */
  verifier: z.string().regex(/^[A-Za-z0-9_-]{43,128}$/),
})

/** The administrator's proof: a token of 30 minutes for routes that change settings. */
export const adminSessionSchema = z.object({
  token: z.string(),
  expiresAt: instantSchema,
  administrator: z.object({ id: z.string(), name: z.string() }),
  portal: z.object({ id: portalIdSchema, name: z.string() }),
  now: instantSchema,
})
export type AdminSession = z.infer<typeof adminSessionSchema>

/**
 * Shown once. `isPlaced`: the Worker put it into the extension's configuration itself, nothing is to be pasted. A new key ends every
 * session of the organisation; `session` is the administrator's own from then on.
 */
export const installKeySchema = z.object({ installKey: z.string(), isPlaced: z.boolean(), session: adminSessionSchema })
export type InstallKey = z.infer<typeof installKeySchema>

/** Answer of disconnecting Desk, and of reading it again. */
export const deskAnswerSchema = setupViewSchema.pick({ desk: true })
export type DeskAnswer = z.infer<typeof deskAnswerSchema>

export const AUDIT_ACTORS = ['administrator', 'agent', 'operator', 'system'] as const
/** What is written down: `audit.<action>` in the translations, dots as underscores. */
export const AUDIT_ACTIONS = [
  'desk.connected',
  'desk.disconnected',
  'desk.revoked',
  'install_key.replaced',
  'account.connected',
  'account.claimed',
  'account.removed',
  'number.added',
  'number.verified',
  'number.registered',
  'number.designated',
  'number.repaired',
  'number.tested',
  'history.requested',
  'profile.saved',
  'channel.created',
  'channel.changed',
  'channel.switched_off',
  'channel.switched_on',
  'channel.removed',
  'stage.changed',
  'review.date_corrected',
  'alerts.changed',
  'conversation.started',
  'conversation.ticket_made',
  'message.sent_again',
  'message.settled',
  'message.cancelled',
  'dead_letter.replayed',
] as const
export type AuditAction = (typeof AUDIT_ACTIONS)[number]

export const auditEntrySchema = z.object({
  id: z.number().int(),
  at: instantSchema,
  actor: z.object({ kind: z.enum(AUDIT_ACTORS), name: z.string() }),
  action: z.enum(AUDIT_ACTIONS),
  /** What it was done to, in words a person knows: a channel's name, a number. */
  target: z.string().nullable(),
  /** Plain facts, as `from` and `to`. */
  details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
})
export type AuditEntry = z.infer<typeof auditEntrySchema>
export const auditListSchema = z.object({ items: z.array(auditEntrySchema), cursor: z.string().nullable() })
export type AuditList = z.infer<typeof auditListSchema>
export const auditQuerySchema = z.object({
  cursor: z.string().max(120).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})
