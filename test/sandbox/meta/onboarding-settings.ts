import { z } from 'zod'
import { DIALOG_STEPS } from './signup/events.ts'

/** Where setting up can be refused on purpose: the steps of Meta's dialog by Meta's names, then the calls of Graph. */
export const REFUSABLE_STEPS = [
  ...DIALOG_STEPS,
  'exchange',
  'debug_token',
  'subscribe',
  'add_number',
  'request_code',
  'verify_code',
  'register',
  'profile',
  'sync',
] as const
export type RefusableStep = (typeof REFUSABLE_STEPS)[number]

/** An error of Graph as it will be answered; `count`: how often, without it until taken away. */
const refusalSchema = z.strictObject({
  code: z.number().int(),
  subcode: z.number().int().optional(),
  message: z.string().optional(),
  details: z.string().optional(),
  count: z.number().int().positive().optional(),
})

const codeOfError = z.strictObject({ code: z.number().int(), subcode: z.number().int().nullable() })
const OPEN_ERRORS = ['numberInUse', 'numberLimit', 'tooManyCodes', 'twoStepOn', 'alreadyHere', 'notMigrating'] as const

/** How connecting an account goes where Meta varies or its documents are silent. */
export const onboardingSchema = z.strictObject({
  /** Refused on purpose, by step. */
  refuse: z.partialRecord(z.enum(REFUSABLE_STEPS), refusalSchema),
  /** `debug_token` leaves `target_ids` out of the management permission. */
  omitTargetIds: z.boolean(),
  /** What the person grants in the dialog; null: all that the app asks for. */
  grantedScopes: z.array(z.string()).nullable(),
  /** The dialog never posts its `WA_EMBEDDED_SIGNUP` event; the code still comes. */
  omitEvent: z.boolean(),
  /** The code comes before the event; at Meta either may be first. */
  codeFirst: z.boolean(),
  /** Origins that may open the dialog; null: that of the app's callback address. */
  allowedOrigins: z.array(z.string()).nullable(),
  /** Seconds that a token lives; 0: for ever, as a business's system user tokens do. */
  tokenLifeSeconds: z.number().int().min(0),
  /** Milliseconds between "finished" in the dialog and what the platform does then (PARTNER_ADDED). */
  partnerAddedDelayMs: z.number().int().min(0),
  /** New customers of the app in 7 days (10, or 200 after Meta's reviews); null: no limit. */
  newCustomersPerWeek: z.number().int().positive().nullable(),
  /** Numbers of a business before it is verified. */
  numbersUnverified: z.number().int().positive(),
  /** Codes that one number is sent within an hour. */
  codesPerHour: z.number().int().positive(),
  wrongCodes: z.number().int().positive(),
  /** Wrong PINs before 133008. */
  wrongPins: z.number().int().positive(),
  /** Milliseconds between two tries of a PIN (133009); 0: none. */
  pinIntervalMs: z.number().int().min(0),
  /** Registrations of one number in 72 hours before 133016. */
  registrations: z.number().int().positive(),
  /** Errors that Meta's documents do not settle; seen in the field. */
  errors: z.record(z.enum(OPEN_ERRORS), codeOfError),
})
export type Onboarding = z.infer<typeof onboardingSchema>

/** What a control call may change: any part, `errors` by its own parts. */
export const onboardingChange = onboardingSchema
  .extend({ errors: z.partialRecord(z.enum(OPEN_ERRORS), codeOfError) })
  .partial()

export const defaultOnboarding: Onboarding = {
  refuse: {},
  omitTargetIds: false,
  grantedScopes: null,
  omitEvent: false,
  codeFirst: false,
  allowedOrigins: null,
  tokenLifeSeconds: 0,
  partnerAddedDelayMs: 0,
  newCustomersPerWeek: null,
  numbersUnverified: 2,
  codesPerHour: 5,
  wrongCodes: 5,
  wrongPins: 5,
  pinIntervalMs: 0,
  registrations: 10,
  errors: {
    numberInUse: { code: 100, subcode: 2388002 },
    numberLimit: { code: 100, subcode: 2388103 },
    tooManyCodes: { code: 136024, subcode: 2388091 },
    twoStepOn: { code: 100, subcode: 2388093 },
    alreadyHere: { code: 100, subcode: 2388012 },
    notMigrating: { code: 100, subcode: 2494100 },
  },
}

/** The settings with some of them changed; what is not named stays. */
export function changedOnboarding(known: Onboarding, changes: z.infer<typeof onboardingChange>): Onboarding {
  return Object.assign({ ...known }, changes, { errors: { ...known.errors, ...changes.errors } })
}
