import type { ApiFailure } from '../api/http.ts'
import type { OutboxEntry } from '../api/shapes.ts'

/**
 * What to do with an intent whose call failed.
 * `wait`: try the same intent again; the Worker knows its client id, so a call that did arrive is not sent twice.
 * `refuse`: it can never go as it is; `refuse_all`: nor can any other of this conversation for now.
 */
export type OutboxStep = { step: 'wait'; delayMs: number } | { step: 'refuse' } | { step: 'refuse_all' }

const LONGEST_WAIT_MS = 30_000
const FIRST_WAIT_MS = 1_000

/** Refusals that concern one text only; every other refusal concerns the conversation or the person. */
const OF_ONE_TEXT = /^(messages\.(text_|quote_|client_id_)|request\.)/

function isPassing({ kind, status }: ApiFailure): boolean {
  // 0: Desk's proxy did not open a session just now.
  return kind !== 'http' || status === 0 || status === 429 || status === 408 || status >= 500
}

export function afterFailure(failure: ApiFailure, attempt: number): OutboxStep {
  if (!isPassing(failure)) return OF_ONE_TEXT.test(failure.code) ? { step: 'refuse' } : { step: 'refuse_all' }
  const delayMs = failure.retryAfterMs ?? Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** attempt)
  return { step: 'wait', delayMs }
}

/** Splits what comes back into the box from what stays waiting. */
export function refused(
  entries: readonly OutboxEntry[],
  entry: OutboxEntry,
  step: 'refuse' | 'refuse_all',
): { back: OutboxEntry[]; stay: OutboxEntry[] } {
  const isBack = (one: OutboxEntry): boolean =>
    one.clientId === entry.clientId || (step === 'refuse_all' && one.conversationId === entry.conversationId)
  return { back: entries.filter(isBack), stay: entries.filter((one) => !isBack(one)) }
}

/** What two tabs hold together, oldest intent first. */
export function mergeOutboxes(a: readonly OutboxEntry[], b: readonly OutboxEntry[]): OutboxEntry[] {
  const byId = new Map([...a, ...b].map((entry) => [entry.clientId, entry]))
  return [...byId.values()].toSorted((x, y) => x.createdAt - y.createdAt)
}
