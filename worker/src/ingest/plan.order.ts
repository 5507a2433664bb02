import { targetOf } from './content.model.ts'
import type { Item } from './ingest.types.ts'

/**
 * The events of a batch in the order in which they are planned: as they came, but what is about a message that only follows in the
 * batch comes right after that message.
 */
export function orderItems(items: readonly Item[]): readonly Item[] {
  const waiting = new Map<string, Item[]>()
  for (const { event } of items) {
    if (event.kind === 'message' && targetOf(event.content) === null) waiting.set(event.wamid, [])
  }
  const ordered: Item[] = []
  for (const item of items) {
    const { event } = item
    const target = event.kind === 'message' ? targetOf(event.content) : null
    const queue = target === null ? undefined : waiting.get(target)
    if (queue !== undefined) {
      queue.push(item)
      continue
    }
    ordered.push(item)
    if (event.kind !== 'message') continue
    ordered.push(...(waiting.get(event.wamid) ?? []))
    // From here on the message is there.
    waiting.delete(event.wamid)
  }
  return ordered
}
