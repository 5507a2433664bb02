import { bareType } from './media-rules.ts'

const CACHE_MS = 10 * 60_000
const ANSWER_WITHIN_MS = 10_000

export type Fetched = { bytes: Uint8Array; mimeType: string }

/** Files that messages name by `link`. Meta keeps what it fetched for 10 minutes. */
export class LinkFetcher {
  readonly #cache = new Map<string, { at: number; result: Promise<Fetched | undefined> }>()
  readonly #now: () => number

  constructor(now: () => number) {
    this.#now = now
  }

  /** Undefined when the file cannot be had. */
  fetch(link: string): Promise<Fetched | undefined> {
    const known = this.#cache.get(link)
    if (known !== undefined && this.#now() < known.at + CACHE_MS) return known.result
    const result = download(link)
    this.#cache.set(link, { at: this.#now(), result })
    return result
  }
}

async function download(link: string): Promise<Fetched | undefined> {
  try {
    const response = await fetch(link, { signal: AbortSignal.timeout(ANSWER_WITHIN_MS) })
    if (!response.ok) return undefined
    const mimeType = bareType(response.headers.get('content-type') ?? 'application/octet-stream')
    return { bytes: new Uint8Array(await response.arrayBuffer()), mimeType }
  } catch {
    return undefined
  }
}
