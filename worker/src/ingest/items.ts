import { normaliseUnit } from '../whatsapp/normalise.ts'
import type { WebhookEvent } from '../whatsapp/events.ts'
import type { WebhookUnit } from '../whatsapp/webhook-body.ts'
import { bodyOfUnit, changesOf, parseWebhookBody, unitsOf } from '../whatsapp/webhook-body.ts'
import type { Item, Owner, StoredPart } from './ingest.types.ts'

/** More units than that have no place of their own; no real body holds a thousandth of it. */
const MAX_UNITS = 2_000_000

/**
 * Meta puts at most 1,000 updates into one body. A lane counts its parts on from the milliseconds at which it began, so that their
 * places stay whole numbers of JavaScript until 2039.
 */
const PLACES_OF_A_PART = 4_096

/**
 * The events of a part, in order. Never throws: whatever cannot be read is an event that says so. A part signed by
 * another Meta app than the one the number is connected through says nothing we may believe.
 */
export function readItems(part: StoredPart, text: string, owner: Owner, isNumberLane: boolean): Item[] {
  const { replayOf } = part
  // The number has another owner by now, whose dead letters are others.
  if (replayOf !== null && replayOf.orgId !== owner.orgId) return []
  const units = unitsOf(changesOf(parseWebhookBody(text))).slice(0, MAX_UNITS)
  const isForeign = replayOf === null && part.appPath !== owner.appPath
  return units.map((unit, index) => ({
    part: part.id,
    unit: index,
    receivedAt: part.receivedAt,
    position: part.id * PLACES_OF_A_PART + Math.min(unit.position, PLACES_OF_A_PART - 1),
    event: isForeign ? { kind: 'ignored', reason: 'other_app' } : readEvent(unit, isNumberLane),
    field: unit.change.field,
    wabaId: unit.change.wabaId,
    body: () => stringify(bodyOfUnit(unit)),
    replayOf: replayOf?.letter ?? null,
  }))
}

function readEvent(unit: WebhookUnit, isNumberLane: boolean): WebhookEvent {
  const isOfNumber = unit.kind === 'message' || unit.kind === 'status'
  if (isOfNumber && !isNumberLane) return { kind: 'unreadable', reason: 'It names no business number.' }
  try {
    return normaliseUnit(unit)
  } catch (error) {
    return { kind: 'unreadable', reason: `It cannot be read: ${error instanceof Error ? error.name : 'unknown'}` }
  }
}

/** JSON that is nested too deeply to be written again is kept as a remark. */
function stringify(body: unknown): string {
  try {
    return JSON.stringify(body)
  } catch {
    return '{"kaiwa":"too deeply nested to be kept"}'
  }
}
