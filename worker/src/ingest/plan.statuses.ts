import type { StatusUpdate } from '../whatsapp/events.ts'
import type { Item, KnownMessage } from './ingest.types.ts'
import type { Draft, Outcome } from './plan.draft.ts'
import { seqOf } from './plan.needs.ts'
import { rise } from './statuses.model.ts'

const DAY_MS = 86_400_000

/** Webhooks come up to 7 days late, and so may the answer that says which message this is. */
const WAITING_MS = 8 * DAY_MS

/** Standings in which we do not know whether the message went out; a report settles it, and the ticket has to be told. */
const UNSETTLED: ReadonlySet<KnownMessage['status']> = new Set(['queued', 'sending', 'unknown'])

/** A report on a message of ours: found by what we sent along, else by its wamid, else it waits. */
export function planStatus(draft: Draft, item: Item, update: StatusUpdate): Outcome {
  const at = update.at ?? item.receivedAt
  const message = find(draft, update)
  if (message === null) return wait(draft, item, update, at)
  if (message.direction !== 'out') return 'ignored'
  const isOtherTry = message.wamid !== null && update.wamid !== null && message.wamid !== update.wamid
  // An earlier try of the message failed; the one that counts now is another.
  if (isOtherTry && update.status === 'failed') return 'ignored'
  const risen = rise(message, { status: update.status, at, pricing: update.pricing, failure: update.failure })
  const isNamed = message.wamid === null && isFree(draft, update.wamid)
  if (risen === null && !isNamed) return 'duplicate'
  const after = { ...(risen ?? message), wamid: isNamed ? update.wamid : message.wamid }
  draft.changeStatus(message, after)
  if (isNamed && message.seq !== null && update.wamid !== null) {
    draft.plan.settled.push({ seq: message.seq, wamid: update.wamid })
  }
  draft.touch(message.conversationId, 'status')
  if (UNSETTLED.has(message.status) && !UNSETTLED.has(after.status)) draft.addWork(message.conversationId)
  return 'stored'
}

function find(draft: Draft, update: StatusUpdate): KnownMessage | null {
  const seq = seqOf(update, draft.ground)
  const named = seq === null ? undefined : draft.facts.messages.get(seq)
  if (named?.direction === 'out') return named
  return update.wamid === null ? null : draft.message(update.wamid)
}

function isFree(draft: Draft, wamid: string | null): boolean {
  return wamid !== null && draft.message(wamid) === null
}

/** The message it is about is not known yet: sent by somebody else, or its answer is still on the way to D1. */
function wait(draft: Draft, item: Item, update: StatusUpdate, at: number): Outcome {
  if (update.wamid === null) return 'ignored'
  const key = `${update.wamid} ${update.status}`
  if (draft.facts.waiting.has(key)) return 'duplicate'
  draft.facts.waiting.add(key)
  draft.plan.waiting.push({
    wamid: update.wamid,
    status: update.status,
    at,
    body: JSON.stringify({ pricing: update.pricing, failure: update.failure }),
    expiresAt: item.receivedAt + WAITING_MS,
  })
  return 'stored'
}
