import { z } from 'zod'
import { departmentIdSchema, phoneNumberIdSchema, portalIdSchema } from '../../../contract/index.ts'
import { DATA_CENTRE_NAMES } from '../platform/data-centres.ts'

const metaId = z.string().regex(/^\d{1,32}$/)

const channelSchema = z.strictObject({
  name: z.string().trim().min(1).max(120),
  departmentId: departmentIdSchema,
  /** A ticket closed less than this many days ago is opened again by a new message. */
  reopenDays: z.number().min(0).max(365).default(3),
  /** How long messages are gathered into one comment. */
  burstSeconds: z.number().min(0).max(60).default(10),
  /** Public comments reach the customer by Desk's own ways too. */
  publicComments: z.boolean().default(false),
})

const numberSchema = z.strictObject({
  phoneNumberId: phoneNumberIdSchema,
  wabaId: metaId,
  portfolioId: metaId,
  displayPhoneNumber: z.string().min(5).max(40),
  verifiedName: z.string().max(200).optional(),
  /** Access token of Meta for this number. */
  token: z.string().min(1).max(2_000),
  /** Meta's `name_status`. Without it the name counts as approved until Meta is asked. */
  nameStatus: z.string().max(40).optional(),
  channel: channelSchema,
})

/** What is known of a WhatsApp Business account. What is left out counts as granted until Meta is asked: the operator's word. */
const accountSchema = z.strictObject({
  wabaId: metaId,
  name: z.string().max(200).default(''),
  businessVerification: z.string().max(40).optional(),
  reviewStatus: z.string().max(40).optional(),
  payment: z.enum(['present', 'missing', 'unknown']).default('unknown'),
})

/** What connects an organisation: its portal, Desk's refresh token, its numbers. */
export const connectOrganisationSchema = z.strictObject({
  portalId: portalIdSchema,
  dataCentre: z.string().refine((name) => DATA_CENTRE_NAMES.includes(name), `one of ${DATA_CENTRE_NAMES.join(', ')}`),
  refreshToken: z.string().min(1).max(500),
  /** Concurrent API calls of the portal's edition: 5 to 25. */
  concurrency: z.number().int().min(1).max(100).default(5),
  numbers: z.array(numberSchema).max(50),
  accounts: z.array(accountSchema).max(50).default([]),
  /** When the trial began, epoch milliseconds; by default when the organisation's first channel was connected. */
  trialStartedAt: z.number().int().positive().optional(),
})
export type ConnectOrganisation = z.infer<typeof connectOrganisationSchema>

/** The install key is told here once; only its SHA-256 is kept. */
export const connectedOrganisationSchema = z.object({ orgId: z.string(), installKey: z.string() })
export type ConnectedOrganisation = z.infer<typeof connectedOrganisationSchema>
