/** Zoho's data centres as `dcType` names them; the sandbox plays all of them on one origin. */
const DATA_CENTRES = ['US', 'EU', 'IN', 'AU', 'JP', 'CN', 'CA', 'SA', 'UK'] as const

/**
 * What `POST /__sandbox/settings` may change while the double runs. `null` stands for "as the edition gives it" or
 * "no such restriction".
 */
export type DeskSettings = {
  edition: 'FREE' | 'EXPRESS' | 'PROFESSIONAL' | 'ENTERPRISE'
  /** Where Desk's portals live: `location` of the accounts server's answer, `dcType` of the widgets. */
  dataCentre: (typeof DATA_CENTRES)[number]
  /** The accounts server's pages cut the tie to the window that opened them (Cross-Origin-Opener-Policy). */
  isolatedAccounts: boolean
  /** Credits per day and portal. */
  creditsPerDay: number | null
  /** Calls of one portal that may run at the same time. */
  concurrency: number | null
  /** How long every REST call takes at least, so that calls overlap. */
  latencyMs: number
  /** How long a change stays invisible to `/search`. */
  searchLagMs: number
  /** Whether `GET /contacts/{id}/tickets` lags like the search. */
  contactTicketsLag: boolean
  /** Names of the custom fields that exist (`cf_…`); another one is refused. */
  customFields: string[]
  /** Values `channel` accepts; null: any text is kept and shown. */
  channels: string[] | null
  maxUploadBytes: number
  /** How the widget's proxy sends `postBody`. */
  proxyBody: 'json' | 'form'
  /** Whether the proxy replaces `{{name}}` in the body too. */
  proxyReplacesBody: boolean
  proxyTimeoutMs: number
  /** The widget's iframe gets an opaque origin: localStorage, IndexedDB and cookies throw. */
  blockThirdPartyStorage: boolean
  /** HTTP status of `{"error":"invalid_code"}` and its like at the token endpoint. */
  oauthErrorStatus: 200 | 400
  /** Redirect addresses of the OAuth client; null: any path on the Worker's origin. */
  redirectUris: string[] | null
  accessTokenTtlMs: number
  accessTokensPer10Min: number
  liveAccessTokens: number
  refreshTokensPerUser: number
  refreshTokensPerMinute: number
}

export function defaultSettings(): DeskSettings {
  return {
    edition: 'ENTERPRISE',
    dataCentre: 'US',
    isolatedAccounts: false,
    creditsPerDay: null,
    concurrency: null,
    latencyMs: 0,
    searchLagMs: 0,
    contactTicketsLag: false,
    customFields: [],
    channels: null,
    maxUploadBytes: 20 * 1024 * 1024,
    proxyBody: 'json',
    proxyReplacesBody: false,
    proxyTimeoutMs: 30_000,
    blockThirdPartyStorage: false,
    oauthErrorStatus: 200,
    redirectUris: null,
    accessTokenTtlMs: 3_600_000,
    accessTokensPer10Min: 10,
    liveAccessTokens: 10,
    refreshTokensPerUser: 20,
    refreshTokensPerMinute: 5,
  }
}

const CHOICES: Partial<Record<keyof DeskSettings, readonly unknown[]>> = {
  edition: ['FREE', 'EXPRESS', 'PROFESSIONAL', 'ENTERPRISE'],
  dataCentre: DATA_CENTRES,
  proxyBody: ['json', 'form'],
  oauthErrorStatus: [200, 400],
}
const NULLABLE_NUMBERS: readonly string[] = ['creditsPerDay', 'concurrency']
const NULLABLE_LISTS: readonly string[] = ['channels', 'redirectUris']

/** The settings with the changes in, throws a readable Error on an unknown name or a value of the wrong kind. */
export function changedSettings(current: DeskSettings, changes: unknown): DeskSettings {
  if (typeof changes !== 'object' || changes === null || Array.isArray(changes)) throw new Error('an object is needed')
  const defaults: Record<string, unknown> = defaultSettings()
  for (const [name, value] of Object.entries(changes)) {
    if (!(name in defaults)) throw new Error(`${name}: no such setting; there are ${Object.keys(defaults).join(', ')}`)
    if (!isAllowed(name, value, defaults[name])) throw new Error(`${name}: this value is not possible`)
  }
  return { ...current, ...changes }
}

function isAllowed(name: string, value: unknown, usual: unknown): boolean {
  const choices = Object.entries(CHOICES).find(([choice]) => choice === name)?.[1]
  if (choices !== undefined) return choices.includes(value)
  if (NULLABLE_NUMBERS.includes(name)) return value === null || isCount(value)
  if (NULLABLE_LISTS.includes(name)) return value === null || isTextList(value)
  if (Array.isArray(usual)) return isTextList(value)
  if (typeof usual === 'number') return isCount(value)
  return typeof value === typeof usual
}

function isCount(value: unknown): boolean {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0
}

function isTextList(value: unknown): boolean {
  return Array.isArray(value) && value.every((item) => typeof item === 'string')
}
