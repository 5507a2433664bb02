import { z } from 'zod'
import { setupFailureSchema } from '../../../contract/index.ts'
import type { Restriction, StandingFacts, StepFailure } from './standing.types.ts'

const word = z.string().nullable()
const time = z.number().nullable()

const accountSchema = z.object({
  how: z.string(),
  businessVerification: word,
  wasVerified: z.number(),
  reviewStatus: word,
  reviewPendingSince: time,
  reviewSubmittedAt: time,
  rejectedAt: time,
  restriction: word,
  restrictedUntil: time,
  isBanned: z.number(),
  payment: z.enum(['present', 'missing', 'unknown']).catch('unknown'),
  failure: word,
})

const factsSchema = z.object({
  phoneNumberId: z.string(),
  nameStatus: word,
  platformStatus: word,
  numberLimit: word,
  accountLimit: word,
  isCoexistent: z.number(),
  registeredAt: time,
  failure: word,
  account: accountSchema.nullable(),
  trialStartedAt: time,
  trialNumber: word,
  trialDisplay: word,
  designatedNumber: word,
  isChosen: z.number(),
  channel: z.enum(['on', 'off', 'removed', 'none']),
})

/** Reads what `STANDING` of the repository selects. */
export function readStandingFacts(text: string): StandingFacts {
  const json: unknown = JSON.parse(text)
  const { account, ...row } = factsSchema.parse(json)
  const isByOperator = account?.how === 'operator'
  return {
    phoneNumberId: row.phoneNumberId,
    nameStatus: row.nameStatus,
    platformStatus: row.platformStatus,
    messagingLimit: row.numberLimit ?? row.accountLimit,
    isSetUp: account === null || isByOperator || row.registeredAt !== null || row.isCoexistent === 1,
    failure: failureOf(row.failure),
    account:
      account === null
        ? null
        : {
            isByOperator,
            businessVerification: account.businessVerification,
            wasVerified: account.wasVerified === 1,
            reviewStatus: account.reviewStatus,
            reviewPendingSince: account.reviewPendingSince,
            reviewSubmittedAt: account.reviewSubmittedAt,
            rejectedAt: account.rejectedAt,
            restrictions: restrictionsOf(account.restriction, account.reviewStatus, account.restrictedUntil),
            isBanned: account.isBanned === 1,
            payment: account.payment,
            failure: failureOf(account.failure),
          },
    trial: { startedAt: row.trialStartedAt, phoneNumberId: row.trialNumber, displayPhoneNumber: row.trialDisplay },
    designatedNumber: row.designatedNumber,
    isDesignationChosen: row.isChosen === 1,
    channel: row.channel,
  }
}

function failureOf(text: string | null): StepFailure | null {
  if (text === null) return null
  const parsed = setupFailureSchema.safeParse(jsonOf(text))
  if (!parsed.success) return { step: 'number', key: 'other', detail: text }
  const { step, key, details } = parsed.data
  return { step, key, detail: details }
}

const restrictionSchema = z.object({
  restriction_type: z.string(),
  expiration: z.union([z.number(), z.string()]).nullish(),
})
const restrictionsSchema = z.union([
  z.array(restrictionSchema),
  restrictionSchema.transform((one) => [one]),
  z.object({ restriction_info: z.array(restrictionSchema) }).transform((update) => update.restriction_info),
])

/** Meta's `restriction_info`. One that cannot be read holds for everything; a review that ended in RESTRICTED is one too. */
function restrictionsOf(text: string | null, reviewStatus: string | null, until: number | null): Restriction[] {
  const ofReview = reviewStatus?.toLowerCase() === 'restricted' ? [{ type: 'ACCOUNT_REVIEW', until }] : []
  if (text === null) return ofReview
  const parsed = restrictionsSchema.safeParse(jsonOf(text))
  if (!parsed.success) return [...ofReview, { type: 'UNKNOWN', until }]
  return [
    ...ofReview,
    ...parsed.data.map(({ restriction_type: type, expiration }) => ({ type, until: expiryOf(expiration) ?? until })),
  ]
}

/** Meta writes times as seconds; a text may be seconds or a date. */
function expiryOf(expiration: number | string | null | undefined): number | null {
  if (expiration === null || expiration === undefined || expiration === '') return null
  const seconds = Number(expiration)
  const at = Number.isFinite(seconds) ? seconds * 1_000 : Date.parse(String(expiration))
  return Number.isFinite(at) ? at : null
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
