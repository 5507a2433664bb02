/** One call to a platform and its answer. */
export type Exchange = {
  platform: 'desk' | 'meta'
  method: string
  path: string
  query: Readonly<Record<string, string>>
  /** Names in lower case. Without it nothing is said about headers. */
  headers?: Readonly<Record<string, string>>
  requestBody: unknown
  /** 0: the answer was lost. */
  status: number
  answer: unknown
}

/** Whose fault a problem may be: a refused request may be wrong, one that was accepted may not. */
export type Scope = {
  /** Also check requests that the platform refused, because the product must never send such a one. */
  refusedRequests?: boolean
}

/** An entry of `GET /__sandbox/journal`. */
export type JournalEntry = {
  method: string
  path: string
  query: Record<string, string>
  headers: Record<string, string>
  body: unknown
  status: number
  answer: unknown
}
