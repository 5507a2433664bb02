import { z } from 'zod'
import { profileDraftSchema, setupFailureSchema } from '../../../contract/index.ts'

/** A JSON column: null stays null, and what no version of ours wrote reads as null. */
const json = <Schema extends z.ZodType>(schema: Schema) =>
  z
    .string()
    .nullable()
    .transform((text): unknown => (text === null ? null : JSON.parse(text)))
    .pipe(schema.nullable().catch(null))

export const accountRowSchema = z
  .object({
    waba_id: z.string(),
    name: z.string(),
    business_id: z.string(),
    business_name: z.string().nullable(),
    how: z.enum(['embedded', 'hosted', 'own_app', 'operator']),
    app_path: z.string(),
    token: z.string(),
    token_expires_at: z.number().nullable(),
    business_verification: z.string().nullable(),
    review_status: z.string().nullable(),
    payment: z.enum(['present', 'missing', 'unknown']),
    profile_draft: json(profileDraftSchema),
    failure: json(setupFailureSchema),
    connected_at: z.number(),
    checked_at: z.number().nullable(),
  })
  .transform((row) => ({
    wabaId: row.waba_id,
    name: row.name,
    businessId: row.business_id,
    businessName: row.business_name,
    how: row.how,
    appPath: row.app_path,
    /** Sealed. */
    token: row.token,
    tokenExpiresAt: row.token_expires_at,
    businessVerification: row.business_verification,
    reviewStatus: row.review_status,
    payment: row.payment,
    draft: row.profile_draft,
    failure: row.failure,
    connectedAt: row.connected_at,
    checkedAt: row.checked_at,
  }))
export type AccountRow = z.output<typeof accountRowSchema>

export const numberRowSchema = z
  .object({
    phone_number_id: z.string(),
    waba_id: z.string(),
    display_phone_number: z.string(),
    verified_name: z.string().nullable(),
    name_status: z.string().nullable(),
    quality: z.string().nullable(),
    code_status: z.string().nullable(),
    platform_status: z.string().nullable(),
    is_coexistent: z.number(),
    pin: z.string().nullable(),
    verified_at: z.number().nullable(),
    registered_at: z.number().nullable(),
    profile_applied_at: z.number().nullable(),
    code_method: z.enum(['SMS', 'VOICE']).nullable().catch(null),
    code_sent_at: z.number().nullable(),
    failure: json(setupFailureSchema),
    connected_at: z.number(),
    has_channel: z.number(),
  })
  .transform((row) => ({
    phoneNumberId: row.phone_number_id,
    wabaId: row.waba_id,
    displayPhoneNumber: row.display_phone_number,
    verifiedName: row.verified_name,
    nameStatus: row.name_status,
    quality: row.quality,
    isVerified: row.code_status?.toLowerCase() === 'verified',
    /** Numbers that the operator connected came with their channel, and Meta was not asked yet. */
    isRegistered: row.registered_at !== null || (row.platform_status === null && row.has_channel !== 0),
    isCoexistent: row.is_coexistent !== 0,
    /** Sealed; null while Kaiwa knows none. */
    pin: row.pin,
    profileAppliedAt: row.profile_applied_at,
    code:
      row.code_method === null || row.code_sent_at === null
        ? null
        : { method: row.code_method, sentAt: row.code_sent_at },
    failure: row.failure,
    connectedAt: row.connected_at,
    hasChannel: row.has_channel !== 0,
  }))
export type NumberRow = z.output<typeof numberRowSchema>
