import type { Json } from './state.ts'

/** What decides the price of one message. `category` is the template's, in small letters; none for a free-form one. */
export type PricingFacts = {
  category?: string
  isWindowOpen: boolean
  isFreeEntry: boolean
  /** Unix seconds. */
  at: number
  /** ISO 8601; from then on answers inside the window cost. Null: never. */
  serviceChargeFrom: string | null
}

/** The `pricing` object of a status: per-message pricing (PMP), as section 5 of the reference describes it. */
export function pricingOf({
  category = 'service',
  isWindowOpen,
  isFreeEntry,
  at,
  serviceChargeFrom,
}: PricingFacts): Json {
  if (isFreeEntry) return price(false, 'free_entry_point', 'referral_conversion')
  const isCharged = serviceChargeFrom !== null && at * 1000 >= Date.parse(serviceChargeFrom)
  const isWindowKind = category === 'service' || (category === 'utility' && isWindowOpen)
  return isWindowKind && !isCharged ? price(false, 'free_customer_service', category) : price(true, 'regular', category)
}

function price(billable: boolean, type: string, category: string): Json {
  return { billable, pricing_model: 'PMP', type, category }
}
