import type { Facts, Item, Place, Plan } from './ingest.types.ts'
import type { NewIds, Outcome } from './plan.draft.ts'
import { Draft } from './plan.draft.ts'
import { planMessage } from './plan.messages.ts'
import type { Ground } from './plan.needs.ts'
import { orderItems } from './plan.order.ts'
import { planStatus } from './plan.statuses.ts'

/**
 * What one transaction writes for these events, in their order. Pure but for new ids. `seen` is the place up to which D1 holds this
 * lane already. Throws NotReadyError where a conversation is to be made for a number that has no channel yet.
 */
export function planBatch(items: readonly Item[], facts: Facts, ground: Ground, seen: Place, ids: NewIds): Plan {
  const draft = new Draft(ground, facts, ids)
  for (const item of orderItems(items)) {
    if (item.replayOf === null) count(draft, planEvent(draft, item))
    else planReplay(draft, item, item.replayOf)
  }
  return draft.finish(seen, items)
}

function count(draft: Draft, outcome: Outcome): void {
  draft.counts.received += 1
  draft.counts[outcome] += 1
}

/** A dead letter that is tried again was received and counted when it came. One that is gone by now has been replayed. */
function planReplay(draft: Draft, item: Item, letter: number): void {
  if (!draft.facts.letters.delete(letter)) return
  if (item.event.kind === 'unreadable') {
    draft.plan.failedLetters.push({ id: letter, reason: item.event.reason })
    return
  }
  const outcome = planEvent(draft, item)
  draft.plan.removedLetters.push(letter)
  draft.counts.dead -= 1
  draft.counts[outcome] += 1
}

function planEvent(draft: Draft, item: Item): Outcome {
  const { event } = item
  switch (event.kind) {
    case 'message':
      return planMessage(draft, item, event)
    case 'status':
      return planStatus(draft, item, event)
    case 'event':
      draft.keep(item, event.field)
      return 'stored'
    case 'ignored':
      // What another Meta app says of this number is nothing of this organisation's.
      if (event.reason !== 'other_app') draft.keep(item, `ignored.${event.reason}`)
      return 'ignored'
    case 'unreadable':
      draft.plan.letters.push({
        part: item.part,
        unit: item.unit,
        reason: event.reason,
        body: item.body(),
        receivedAt: item.receivedAt,
      })
      return 'dead'
  }
}
