import type { Config } from './env.ts'

/**
 * Zoho's data centres: a fixed table, never taken from an answer's URL. Hosts of SG and AE accounts are unconfirmed and
 * therefore absent.
 */
const DATA_CENTRES: Record<string, { desk: string; accounts: string; region: string }> = {
  US: { desk: 'https://desk.zoho.com', accounts: 'https://accounts.zoho.com', region: 'enam' },
  EU: { desk: 'https://desk.zoho.eu', accounts: 'https://accounts.zoho.eu', region: 'eu' },
  IN: { desk: 'https://desk.zoho.in', accounts: 'https://accounts.zoho.in', region: 'apac' },
  AU: { desk: 'https://desk.zoho.com.au', accounts: 'https://accounts.zoho.com.au', region: 'oc' },
  JP: { desk: 'https://desk.zoho.jp', accounts: 'https://accounts.zoho.jp', region: 'apac' },
  CN: { desk: 'https://desk.zoho.com.cn', accounts: 'https://accounts.zoho.com.cn', region: 'apac' },
  CA: { desk: 'https://desk.zohocloud.ca', accounts: 'https://accounts.zohocloud.ca', region: 'enam' },
  SA: { desk: 'https://desk.zoho.sa', accounts: 'https://accounts.zoho.sa', region: 'me' },
  UK: { desk: 'https://desk.zoho.uk', accounts: 'https://accounts.zoho.uk', region: 'weur' },
}

export const DATA_CENTRE_NAMES = Object.keys(DATA_CENTRES)

/** Where a data centre's Desk and accounts server are. Throws for an unknown name. */
export function dataCentre(
  name: string,
  config: Pick<Config, 'PLATFORM_ORIGINS'>,
): { desk: string; accounts: string; region: string } {
  const known = DATA_CENTRES[name]
  if (known === undefined) throw new Error(`Unknown data centre ${name}; known are ${DATA_CENTRE_NAMES.join(', ')}.`)
  return config.PLATFORM_ORIGINS === undefined ? known : { ...known, ...config.PLATFORM_ORIGINS }
}

export function graphOrigin(config: Pick<Config, 'PLATFORM_ORIGINS'>): string {
  return config.PLATFORM_ORIGINS?.graph ?? 'https://graph.facebook.com'
}
