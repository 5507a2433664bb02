import { objectNames } from '../platform/scope.ts'
import type { WebhookChange } from '../whatsapp/webhook-body.ts'
import { changesOf, parseWebhookBody, unitsOf } from '../whatsapp/webhook-body.ts'

/** What one lane gets of a body. */
export type LanePart = { lane: string; units: number; text: string }

/**
 * A signed body, split by lane: the number's, the account's where a change names no number, `unrouted` where it names neither or is no
 * JSON. A body for one lane goes there as it came.
 */
export function splitBody(text: string): LanePart[] {
  const changes = changesOf(parseWebhookBody(text))
  const groups = Map.groupBy(changes, laneOf)
  try {
    return [...groups].map(([lane, group]) => ({
      lane,
      units: unitsOf(group).length,
      text: groups.size === 1 ? text : write(group),
    }))
  } catch {
    // JSON nested so deeply that it can be read and not written again.
    return [{ lane: objectNames.lane.unrouted, units: 1, text }]
  }
}

function laneOf({ phoneNumberId, wabaId }: WebhookChange): string {
  if (phoneNumberId !== null) return objectNames.lane.number(phoneNumberId)
  return wabaId === null ? objectNames.lane.unrouted : objectNames.lane.account(wabaId)
}

function write(changes: readonly WebhookChange[]): string {
  const entries = changes.map(({ entry, raw }) => ({ ...entry, changes: raw === undefined ? [] : [raw] }))
  return JSON.stringify({ object: 'whatsapp_business_account', entry: entries })
}
