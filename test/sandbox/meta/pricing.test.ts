import { expect, it } from 'vitest'
import { pricingOf } from './pricing.ts'

const before = Date.parse('2026-09-30T23:59:59Z') / 1000
const after = before + 1
const from = '2026-10-01T00:00:00Z'

it.each([
  ['an answer before the change', { isWindowOpen: true, at: before }, [false, 'free_customer_service', 'service']],
  ['an answer after the change', { isWindowOpen: true, at: after }, [true, 'regular', 'service']],
  [
    'an answer where the change never comes',
    { isWindowOpen: true, at: after, serviceChargeFrom: null },
    [false, 'free_customer_service', 'service'],
  ],
  [
    'a utility template inside the window, before',
    { category: 'utility', isWindowOpen: true, at: before },
    [false, 'free_customer_service', 'utility'],
  ],
  [
    'a utility template inside the window, after',
    { category: 'utility', isWindowOpen: true, at: after },
    [true, 'regular', 'utility'],
  ],
  [
    'a utility template outside the window, before',
    { category: 'utility', isWindowOpen: false, at: before },
    [true, 'regular', 'utility'],
  ],
  [
    'a marketing template inside the window',
    { category: 'marketing', isWindowOpen: true, at: before },
    [true, 'regular', 'marketing'],
  ],
  [
    'anything after an ad',
    { category: 'marketing', isWindowOpen: false, at: after, isFreeEntry: true },
    [false, 'free_entry_point', 'referral_conversion'],
  ],
])('prices %s', (_what, facts, [billable, type, category]) => {
  const pricing = pricingOf({ isFreeEntry: false, serviceChargeFrom: from, ...facts })
  expect(pricing).toEqual({ billable, type, category, pricing_model: 'PMP' })
})
