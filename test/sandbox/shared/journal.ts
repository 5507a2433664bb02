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
const KEPT_ENTRIES = 20_000

/** Keeps the newest requests in memory; secrets are masked before they are kept. */
export class Journal {
  #entries: JournalEntry[] = []

  record(entry: JournalEntry): void {
    this.#entries.push({ ...entry, headers: maskHeaders(entry.headers) })
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
      SECRET_HEADERS.has(name.toLowerCase()) ? `${value.slice(0, 12)}…(${value.length})` : value,
    ]),
  )
}
