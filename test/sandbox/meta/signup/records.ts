import { newObjectId } from '../ids.ts'
import type { BusinessRecord, FacebookUser, WabaRecord } from '../state.ts'
import type { World } from '../world.ts'

/** A new business portfolio of a person, not yet verified. */
export function newBusiness(world: World, user: FacebookUser, name: string): BusinessRecord {
  const business: BusinessRecord = { id: newObjectId(), name, verificationStatus: 'not_verified' }
  world.state.businesses[business.id] = business
  user.businessIds.push(business.id)
  return business
}

/** A new WhatsApp Business account: Meta's review is pending, and nothing pays for it yet. */
export function newAccount(world: World, businessId: string, name: string): WabaRecord {
  const waba: WabaRecord = {
    id: newObjectId(),
    name,
    businessId,
    country: 'GB',
    currency: 'GBP',
    timezoneId: '58',
    accountReviewStatus: 'PENDING',
    hasPaymentMethod: false,
    subscriptions: [],
  }
  world.state.wabas[waba.id] = waba
  return waba
}
