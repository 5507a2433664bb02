import { newObjectId } from '../ids.ts'
import { formatted } from '../phones.ts'
import type { NumberRecord } from '../state.ts'
import type { World } from '../world.ts'
import { newAccount } from './records.ts'

/**
 * A number of the Business app joins the Cloud API and stays in the app: its own account, verified and connected without
 * code or registration. Undefined where the number is not in the Business app.
 */
export function shareBusinessApp(
  world: World,
  businessId: string,
  phone: string,
  sharesHistory: boolean,
): NumberRecord | undefined {
  const digits = phone.replace(/\D/g, '')
  const known = Object.values(world.state.numbers).find(
    (number) => number.digits === digits && number.isOnBizApp === true,
  )
  if (known !== undefined) {
    if (world.wabaOf(known).businessId !== businessId) return undefined
    Object.assign(known, { sharesHistory, onboardedAt: world.clock.now(), syncs: {} })
    return known
  }
  const line = world.state.lines[digits]
  if (line?.use !== 'business_app') return undefined
  const waba = newAccount(world, businessId, line.name)
  const number: NumberRecord = {
    id: newObjectId(),
    wabaId: waba.id,
    displayPhoneNumber: formatted(digits),
    digits,
    verifiedName: line.name,
    nameStatus: 'AVAILABLE_WITHOUT_REVIEW',
    qualityRating: 'GREEN',
    status: 'CONNECTED',
    codeVerificationStatus: 'VERIFIED',
    isRegistered: true,
    registrations: [],
    messagingLimit: 'TIER_250',
    profile: {},
    isOnBizApp: true,
    onboardedAt: world.clock.now(),
    syncs: {},
    sharesHistory,
  }
  world.state.numbers[number.id] = number
  return number
}
