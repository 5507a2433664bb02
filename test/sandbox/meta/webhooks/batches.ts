import { isJson } from '../state.ts'
import type { Delivery, Entry } from '../state.ts'
import { toWireJson } from './wire.ts'

/** Meta puts up to 1,000 updates and 3 MB into one body. */
export const UPDATES_PER_BODY = 1_000
const BYTES_PER_BODY = 3_000_000

/** Deliveries to one address, cut where a body would hold too much. */
export function groupForBatches(deliveries: readonly Delivery[]): [Delivery, ...Delivery[]][] {
  const groups: [Delivery, ...Delivery[]][] = []
  for (const sameAddress of Map.groupBy(deliveries, ({ appId, url }) => `${appId} ${url}`).values()) {
    let updates = 0
    let bytes = 0
    let group: [Delivery, ...Delivery[]] | undefined
    for (const delivery of sameAddress) {
      updates += updatesOf(delivery.entries)
      bytes += toWireJson(delivery.entries).length
      if (group === undefined || updates > UPDATES_PER_BODY || bytes > BYTES_PER_BODY) {
        updates = updatesOf(delivery.entries)
        bytes = toWireJson(delivery.entries).length
        group = [delivery]
        groups.push(group)
      } else group.push(delivery)
    }
  }
  return groups
}

/** One entry per account, its changes in the order of the deliveries. */
export function mergedEntries(deliveries: readonly Delivery[]): Entry[] {
  const byAccount = Map.groupBy(
    deliveries.flatMap(({ entries }) => entries),
    ({ id }) => id,
  )
  return [...byAccount].map(([id, parts]) => ({ id, changes: parts.flatMap(({ changes }) => changes) }))
}

/** Messages and statuses count one each; a change without either counts one. */
function updatesOf(entries: readonly Entry[]): number {
  const changes = entries.flatMap((entry) => entry.changes)
  return changes.reduce(
    (sum, { value }) => sum + Math.max(1, lengthOf(value, 'messages') + lengthOf(value, 'statuses')),
    0,
  )
}

function lengthOf(value: unknown, key: string): number {
  const list = isJson(value) ? value[key] : undefined
  return Array.isArray(list) ? list.length : 0
}
