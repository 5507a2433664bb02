/** Endings of Desk's host by data centre; the longer ones first. */
const ENDINGS: [ending: string, dataCentre: string][] = [
  ['.zoho.com.au', 'AU'],
  ['.zoho.com.cn', 'CN'],
  ['.zohocloud.ca', 'CA'],
  ['.zoho.com', 'US'],
  ['.zoho.eu', 'EU'],
  ['.zoho.in', 'IN'],
  ['.zoho.jp', 'JP'],
  ['.zoho.sa', 'SA'],
  ['.zoho.uk', 'UK'],
]

function hostOf(url: unknown): string {
  return typeof url === 'string' && URL.canParse(url) ? new URL(url).hostname : ''
}

/**
 * The data centre of the portal, from `App.meta`. The address of Desk says it for certain; `dcType` is not known to name the younger
 * ones.
 */
export function dataCentreOf({ deskDomainUrl, dcType }: Readonly<Record<string, unknown>>): string {
  const host = hostOf(deskDomainUrl)
  const known = ENDINGS.find(([ending]) => host.endsWith(ending))?.[1]
  if (known !== undefined) return known
  return typeof dcType === 'string' && /^[A-Z]{2}$/.test(dcType) ? dcType : 'US'
}
