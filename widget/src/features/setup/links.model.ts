/** Where Meta keeps business verification, payment and two-step verification. */
export const META_SETTINGS = 'https://business.facebook.com/settings'
export const META_SECURITY = 'https://business.facebook.com/settings/security'
export const META_WHATSAPP = 'https://business.facebook.com/wa/manage/phone-numbers/'
export const META_BILLING = 'https://business.facebook.com/billing_hub/payment_settings'
export const TERMS = 'https://www.whatsapp.com/legal/business-terms'
export const COMMERCE_POLICY = 'https://www.whatsapp.com/legal/commerce-policy'
export const NAME_GUIDELINES = 'https://www.facebook.com/business/help/757569725593362'

/** A mail address or a web address that the operator configured, as something to follow. */
export function supportHref(support: string | null): string | null {
  if (support === null) return null
  if (/^[^\s@:/]+@[^\s@]+$/.test(support)) return `mailto:${support}`
  return URL.canParse(support) && ['http:', 'https:', 'mailto:'].includes(new URL(support).protocol) ? support : null
}
