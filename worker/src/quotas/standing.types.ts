/** What Meta and we know of a WhatsApp Business account, in Meta's words. Null where nobody said. Times are epoch milliseconds. */
export type AccountFacts = {
  /** By the operator's word: what Meta was not asked about counts as granted. */
  isByOperator: boolean
  businessVerification: string | null
  /** Whether the business was seen verified before. */
  wasVerified: boolean
  reviewStatus: string | null
  reviewPendingSince: number | null
  /** When documents were last submitted, as an administrator corrected it. */
  reviewSubmittedAt: number | null
  rejectedAt: number | null
  restrictions: readonly Restriction[]
  isBanned: boolean
  payment: 'present' | 'missing' | 'unknown'
  failure: StepFailure | null
}

/** `until`: null for one without an end. */
export type Restriction = { type: string; until: number | null }

export type StepFailure = { step: string; key: string; detail: string | null }

/** Everything that decides how a number stands, as it is stored. */
export type StandingFacts = {
  phoneNumberId: string
  nameStatus: string | null
  platformStatus: string | null
  /** Meta's tier, of the number or its portfolio. */
  messagingLimit: string | null
  /** It once could send: registered with Meta, or shared with the Business app. */
  isSetUp: boolean
  failure: StepFailure | null
  /** Null: as if an operator's word stood for all of it. */
  account: AccountFacts | null
  trial: { startedAt: number | null; phoneNumberId: string | null; displayPhoneNumber: string | null }
  /** The one number of the larger trial; null where the organisation has no number that could be. */
  designatedNumber: string | null
  /** Picked by an administrator; else it is the first number by default. */
  isDesignationChosen: boolean
  channel: 'on' | 'off' | 'removed' | 'none'
}

/** Places taken in the organisation, and people that Meta's own limit counted in the last 24 hours. */
export type Usage = { templates: number; answers: number; customers: number; meta: number }
