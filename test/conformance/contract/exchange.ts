import { z } from 'zod'

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

/** How much of an exchange is checked: unless told, the answer, and the request where it was accepted. */
export type Scope = {
  /** Also check requests that the platform refused, because the product must never send such a one. */
  refusedRequests?: boolean
  /** Leave the answers out, where faults that a test asked for made them up. */
  ignoreAnswers?: boolean
}

/** An entry of `GET /__sandbox/journal`. */
export const journalEntrySchema = z.object({
  method: z.string(),
  path: z.string(),
  query: z.record(z.string(), z.string()),
  headers: z.record(z.string(), z.string()),
  body: z.unknown(),
  status: z.number(),
  answer: z.unknown(),
})

export type JournalEntry = z.infer<typeof journalEntrySchema>
