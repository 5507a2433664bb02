import { z } from 'zod'
import type { Deps } from '../deps.ts'
import { InputError } from '../inbound/customers.ts'
import type { BusinessRecord, Json, NumberRecord, WabaRecord } from '../state.ts'
import { decideName, decideNumber } from './number-decisions.ts'

/** Restrictions of "account_update" that the double also enforces or at least tells. */
export const RESTRICTIONS = [
  'RESTRICTED_ADD_PHONE_NUMBER_ACTION',
  'RESTRICTED_BIZ_INITIATED_MESSAGING',
  'RESTRICTED_CUSTOMER_INITIATED_MESSAGING',
] as const

export const TIERS = ['TIER_250', 'TIER_2K', 'TIER_10K', 'TIER_100K', 'TIER_UNLIMITED'] as const

const DECISIONS = ['APPROVED', 'REJECTED', 'PENDING', 'DEFERRED'] as const

/** What is decided at Meta, or by the people whose account it is. */
export const decisionSchema = z.discriminatedUnion('do', [
  z.strictObject({
    do: z.literal('business'),
    businessId: z.string(),
    status: z.enum(['verified', 'pending', 'rejected', 'revoked', 'not_verified']),
  }),
  z.strictObject({ do: z.literal('review'), wabaId: z.string(), decision: z.enum(DECISIONS) }),
  z.strictObject({
    do: z.literal('name'),
    phoneNumberId: z.string(),
    decision: z.enum(DECISIONS),
    reason: z.string().optional(),
  }),
  z.strictObject({ do: z.literal('payment'), wabaId: z.string(), isPresent: z.boolean() }),
  z.strictObject({ do: z.literal('limit'), businessId: z.string(), tier: z.enum(TIERS) }),
  z.strictObject({ do: z.literal('quality'), phoneNumberId: z.string(), rating: z.enum(['GREEN', 'YELLOW', 'RED']) }),
  z.strictObject({
    do: z.literal('ban'),
    wabaId: z.string(),
    state: z.enum(['DISABLE', 'SCHEDULE_FOR_DISABLE', 'REINSTATE']),
  }),
  z.strictObject({
    do: z.literal('restrict'),
    wabaId: z.string(),
    /** None: what was taken away is given back. */
    types: z.array(z.enum(RESTRICTIONS)),
    hours: z.number().positive().default(24),
  }),
  z.strictObject({ do: z.literal('violation'), wabaId: z.string(), type: z.string() }),
  z.strictObject({ do: z.literal('removeApp'), wabaId: z.string() }),
  z.strictObject({
    do: z.literal('numberStatus'),
    phoneNumberId: z.string(),
    status: z.enum(['CONNECTED', 'DISCONNECTED', 'FLAGGED', 'RESTRICTED', 'BANNED']),
  }),
  z.strictObject({ do: z.literal('offboard'), phoneNumberId: z.string(), reason: z.string() }),
  /** The two-step PIN, as its owner turns it on or off in WhatsApp Manager. */
  z.strictObject({ do: z.literal('twoStep'), phoneNumberId: z.string(), pin: z.string().nullable() }),
  /** The number's public "about", as its owner writes it in WhatsApp Manager. */
  z.strictObject({ do: z.literal('about'), phoneNumberId: z.string(), text: z.string().min(1).max(139) }),
  /** The person deletes the account in Messenger or the Business app: the number is free. */
  z.strictObject({ do: z.literal('freeLine'), digits: z.string() }),
])
export type Decision = z.infer<typeof decisionSchema>

/** Turns a decision into facts and sends the webhook that the platform has for it. Throws InputError for what is not there. */
export function decide(deps: Deps, decision: Decision): object {
  const result = carryOut(deps, decision)
  deps.player.resume()
  deps.world.touch()
  return result
}

function carryOut(deps: Deps, decision: Decision): object {
  switch (decision.do) {
    case 'business':
      return decideVerification(deps, businessOf(deps, decision.businessId), decision.status)
    case 'limit':
      return decideLimit(deps, businessOf(deps, decision.businessId), decision.tier)
    case 'name':
      return decideName(deps, numberOf(deps, decision.phoneNumberId), decision)
    case 'quality':
    case 'numberStatus':
    case 'offboard':
    case 'twoStep':
    case 'about':
      return decideNumber(deps, numberOf(deps, decision.phoneNumberId), decision)
    case 'freeLine':
      if (deps.world.state.lines[decision.digits] === undefined) throw new InputError('nobody uses this number')
      delete deps.world.state.lines[decision.digits]
      return { digits: decision.digits }
    default:
      return decideAccount(deps, accountOf(deps, decision.wabaId), decision)
  }
}

type AccountDecision = Extract<Decision, { wabaId: string }>

function decideAccount(deps: Deps, waba: WabaRecord, decision: AccountDecision): object {
  const update = (value: Json): void => void deps.outbox.emit({ wabaId: waba.id, field: 'account_update', value })
  switch (decision.do) {
    case 'review':
      waba.accountReviewStatus = decision.decision
      deps.outbox.emit({ wabaId: waba.id, field: 'account_review_update', value: { decision: decision.decision } })
      break
    case 'payment':
      // Meta has no webhook for it: who wants to know asks.
      waba.hasPaymentMethod = decision.isPresent
      break
    case 'ban':
      waba.isBanned = decision.state === 'DISABLE'
      update({ event: 'DISABLED_UPDATE', ban_info: { waba_ban_state: decision.state, waba_ban_date: banDate(deps) } })
      break
    case 'restrict': {
      const expiration = deps.world.nowSeconds() + Math.round(decision.hours * 3_600)
      waba.restrictions = decision.types.map((type) => ({ type, until: expiration }))
      const info = decision.types.map((type) => ({ restriction_type: type, expiration }))
      update({ event: 'ACCOUNT_RESTRICTION', restriction_info: info })
      break
    }
    case 'violation':
      update({ event: 'ACCOUNT_VIOLATION', violation_info: { violation_type: decision.type } })
      break
    case 'removeApp':
      removeApps(deps, waba)
  }
  return waba
}

/** The customer takes the account away from every app: tokens lose it, and each app hears PARTNER_REMOVED. */
function removeApps({ world, outbox }: Deps, waba: WabaRecord): void {
  const value = { event: 'PARTNER_REMOVED', waba_info: { waba_id: waba.id, owner_business_id: waba.businessId } }
  const appIds = new Set(waba.subscriptions.map(({ appId }) => appId))
  for (const token of world.state.tokens) {
    if (!token.wabaIds.includes(waba.id)) continue
    appIds.add(token.appId)
    token.wabaIds = token.wabaIds.filter((id) => id !== waba.id)
    if (token.wabaIds.length === 0 && token.isSystemUser !== true) token.isRevoked = true
  }
  waba.subscriptions = []
  for (const appId of appIds) outbox.emitToApp(appId, waba.businessId, 'account_update', value)
}

const CERTIFICATION: Record<string, string> = {
  verified: 'APPROVED',
  pending: 'PENDING',
  rejected: 'FAILED',
  revoked: 'REVOKED',
}

/** Verification is told to partners as a certification; that it was never asked for is told to nobody. */
function decideVerification(deps: Deps, business: BusinessRecord, status: string): object {
  business.verificationStatus = status
  const certification = CERTIFICATION[status]
  if (certification === undefined) return business
  const value = {
    event: 'PARTNER_CLIENT_CERTIFICATION_STATUS_UPDATE',
    partner_client_certification_info: {
      client_business_id: business.id,
      status: certification,
      rejection_reasons: certification === 'FAILED' ? ['LEGAL NAME NOT FOUND IN DOCUMENTS'] : ['NONE'],
    },
  }
  const appIds = accountsOf(deps, business).flatMap(({ subscriptions }) => subscriptions.map(({ appId }) => appId))
  for (const appId of new Set(appIds)) deps.outbox.emitToApp(appId, business.id, 'account_update', value)
  return business
}

/** The limit belongs to the business portfolio: all its numbers have it, each account is told. */
function decideLimit(deps: Deps, business: BusinessRecord, tier: string): object {
  for (const waba of accountsOf(deps, business)) {
    const numbers = Object.values(deps.world.state.numbers).filter(({ wabaId }) => wabaId === waba.id)
    for (const number of numbers) {
      number.messagingLimit = tier
      const value = {
        display_phone_number: number.digits,
        event: tier === 'TIER_UNLIMITED' ? 'THROUGHPUT_UPGRADE' : 'ONBOARDING',
        max_daily_conversations_per_business: tier,
      }
      deps.outbox.emit({ wabaId: waba.id, phoneNumberId: number.id, field: 'phone_number_quality_update', value })
    }
    const room = tier === 'TIER_250' ? { max_phone_numbers_per_business: 2 } : { max_phone_numbers_per_waba: 25 }
    const value = { max_daily_conversations_per_business: tier, ...room }
    deps.outbox.emit({ wabaId: waba.id, field: 'business_capability_update', value })
  }
  return business
}

function accountsOf({ world }: Deps, business: BusinessRecord): WabaRecord[] {
  return Object.values(world.state.wabas).filter(({ businessId }) => businessId === business.id)
}

function banDate({ world }: Deps): string {
  return new Date(world.clock.now()).toLocaleDateString('en-US', { dateStyle: 'long', timeZone: 'UTC' })
}

function businessOf({ world }: Deps, id: string): BusinessRecord {
  return found(world.state.businesses[id], 'business', id)
}

function accountOf({ world }: Deps, id: string): WabaRecord {
  return found(world.state.wabas[id], 'account', id)
}

function numberOf({ world }: Deps, id: string): NumberRecord {
  return found(world.state.numbers[id], 'number', id)
}

function found<Kind>(record: Kind | undefined, what: string, id: string): Kind {
  if (record === undefined) throw new InputError(`there is no ${what} ${id}`)
  return record
}
