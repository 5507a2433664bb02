type Json = Record<string, unknown>

/** One `changes[]` element of a webhook body, or what stands where one should be. */
export type WebhookChange = {
  /** The WhatsApp Business account it is about, where it names one. */
  wabaId: string | null
  /** The business number it is about, where it names one. */
  phoneNumberId: string | null
  field: string
  value: Json
  /** Null, or why nothing can be read out of it; `field` is then empty. */
  trouble: string | null
  /** The entry without its changes, and the change as it came. */
  entry: Json
  raw: unknown
}

/** The smallest thing that is counted: a message, a status, any other change, or something unreadable. */
export type WebhookUnit = {
  kind: 'message' | 'status' | 'event' | 'unreadable'
  change: WebhookChange
  raw: unknown
  /** Place among the messages of the body. */
  position: number
  reason: string
}

const ID = /^\d{1,32}$/
const LONG_INTEGER = /[:,[]\s*-?\d{16,}/

/**
 * The JSON of a body, or undefined where it is none. Integers beyond what a JavaScript number holds (template ids are
 * numbers in Meta's bodies) become texts instead of other numbers.
 */
export function parseWebhookBody(text: string): unknown {
  try {
    if (!LONG_INTEGER.test(text)) return JSON.parse(text)
    return JSON.parse(text, (_key: string, value: unknown, context?: { source?: string }) => {
      const isCut = typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value)
      return isCut && context?.source !== undefined ? context.source : value
    })
  } catch {
    return undefined
  }
}

/** Every change of a body, and every place where one is missing, in order. Never empty and never throws. */
export function changesOf(body: unknown): WebhookChange[] {
  if (!isJson(body)) return [broken({}, body, 'The body is no JSON object.')]
  const { entry: entries } = body
  if (!Array.isArray(entries) || entries.length === 0) return [broken({}, body, 'The body has no entry.')]
  return entries.flatMap((entry: unknown) =>
    isJson(entry) ? changesOfEntry(entry) : [broken({}, entry, 'The entry is no object.')],
  )
}

function changesOfEntry(entry: Json): WebhookChange[] {
  const { changes, ...rest } = entry
  if (!Array.isArray(changes) || changes.length === 0) return [broken(rest, undefined, 'The entry has no change.')]
  return changes.map((change: unknown) => readChange(rest, change))
}

function readChange(entry: Json, raw: unknown): WebhookChange {
  if (!isJson(raw)) return broken(entry, raw, 'The change is no object.')
  const { field, value } = raw
  if (typeof field !== 'string' || field === '') return broken(entry, raw, 'The change names no field.')
  if (!isJson(value)) return broken(entry, raw, `The value of ${field.slice(0, 60)} is no object.`)
  const metadata = isJson(value.metadata) ? value.metadata : {}
  // Partner events come under the partner's own account: waba_info names the customer's.
  const named = isJson(value.waba_info) ? toId(value.waba_info.waba_id) : null
  return {
    wabaId: named ?? toId(entry.id),
    phoneNumberId: toId(metadata.phone_number_id),
    field,
    value,
    trouble: null,
    entry,
    raw,
  }
}

function broken(entry: Json, raw: unknown, trouble: string): WebhookChange {
  return { wabaId: toId(entry.id), phoneNumberId: null, field: '', value: {}, trouble, entry, raw }
}

/** Every unit of the changes, messages before statuses, so that a status never overtakes its own message. */
export function unitsOf(changes: readonly WebhookChange[]): WebhookUnit[] {
  const units: WebhookUnit[] = []
  let position = 0
  for (const change of changes) {
    for (const unit of unitsOfChange(change)) {
      units.push({ ...unit, position })
      if (unit.kind === 'message') position += 1
    }
  }
  return units
}

function unitsOfChange(change: WebhookChange): WebhookUnit[] {
  const unit = (kind: WebhookUnit['kind'], raw: unknown, reason = ''): WebhookUnit => ({
    kind,
    change,
    raw,
    reason,
    position: 0,
  })
  if (change.trouble !== null) return [unit('unreadable', change.raw, change.trouble)]
  if (change.field !== 'messages') return [unit('event', change.raw)]
  const { messages, statuses } = change.value
  const units: WebhookUnit[] = []
  for (const [name, kind, list] of [
    ['messages', 'message', messages] as const,
    ['statuses', 'status', statuses] as const,
  ]) {
    if (Array.isArray(list)) units.push(...list.map((raw: unknown) => unit(kind, raw)))
    else if (list !== undefined && list !== null) {
      units.push(unit('unreadable', { field: change.field, value: { [name]: list } }, `${name} is no list.`))
    }
  }
  // Nothing but errors, or something this version does not know: kept as an event.
  return units.length === 0 ? [unit('event', change.raw)] : units
}

/** A body that holds this unit alone, for a dead letter: it can be read by a person and drained again. */
export function bodyOfUnit(unit: WebhookUnit): unknown {
  const { entry, value, field } = unit.change
  const list = unit.kind === 'message' ? 'messages' : 'statuses'
  const isListed = unit.kind === 'message' || unit.kind === 'status'
  const { messages: _messages, statuses: _statuses, ...rest } = value
  const change = isListed ? { field, value: { ...rest, [list]: [unit.raw] } } : unit.raw
  return { object: 'whatsapp_business_account', entry: [{ ...entry, changes: change === undefined ? [] : [change] }] }
}

function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function toId(value: unknown): string | null {
  const text = typeof value === 'number' ? String(value) : value
  return typeof text === 'string' && ID.test(text) ? text : null
}
