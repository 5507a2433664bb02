/** One request a platform double received. `at` is ISO 8601 in real time; `ms` is how long the answer took. */
export type JournalEntry = {
  at: string
  method: string
  path: string
  query: Record<string, string>
  headers: Record<string, string>
  body: unknown
  status: number
  answer: unknown
  ms: number
}

const SECRET_HEADERS = new Set(['authorization', 'cookie', 'x-hub-signature-256', 'hash'])
const SECRET_FIELDS = ['access_token', 'client_secret', 'code', 'fb_exchange_token', 'refresh_token', 'token']
const KEPT_ENTRIES = 20_000

/** Keeps the newest requests in memory; secrets are masked before they are kept. */
export class Journal {
  #entries: JournalEntry[] = []

  record(entry: JournalEntry): void {
    this.#entries.push({
      ...entry,
      query: maskQuery(entry.query),
      headers: maskHeaders(entry.headers),
      body: maskBody(entry.body),
      answer: maskBody(entry.answer),
    })
    if (this.#entries.length > KEPT_ENTRIES) this.#entries.splice(0, this.#entries.length - KEPT_ENTRIES)
  }

  list(): JournalEntry[] {
    return this.#entries
  }

  clear(): void {
    this.#entries = []
  }
}

function maskHeaders(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      SECRET_HEADERS.has(name.toLowerCase()) ? masked(value) : value,
    ]),
  )
}

function maskQuery(query: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(query).map(([name, value]) => [name, SECRET_FIELDS.includes(name) ? masked(value) : value]),
  )
}

/** Secrets of a token exchange: in a form body, or in the fields of a JSON object. */
function maskBody(body: unknown): unknown {
  if (typeof body === 'string') {
    const fields = new RegExp(`(^|&)(${SECRET_FIELDS.join('|')})=([^&]*)`, 'g')
    return body.replace(
      fields,
      (_whole, start: string, name: string, value: string) => `${start}${name}=${masked(value)}`,
    )
  }
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return body
  const isSecret = (name: string, value: unknown): value is string =>
    SECRET_FIELDS.includes(name) && typeof value === 'string'
  const entries = Object.entries(body)
  if (!entries.some(([name, value]) => isSecret(name, value))) return body
  return Object.fromEntries(entries.map(([name, value]) => [name, isSecret(name, value) ? masked(value) : value]))
}

/** The beginning, so that two can be told apart, and the length. */
function masked(value: string): string {
  return `${value.slice(0, Math.min(12, Math.floor(value.length / 3)))}…(${value.length})`
}
