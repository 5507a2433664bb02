import type { Deps } from '../deps.ts'
import { asText, isJson } from '../state.ts'
import type { Customer, Json, NumberRecord } from '../state.ts'
import { CONTROL_KEYS } from './schema.ts'
import type { InboundInput } from './schema.ts'
import { sampleOf } from './samples.ts'

/** The parts of an inbound message beyond from, id, timestamp and type, with what the caller left out filled in. */
export function contentOf(
  deps: Deps,
  input: InboundInput,
  type: string,
  customer: Customer,
  number: NumberRecord,
): Json {
  const given: Json = Object.fromEntries(Object.entries(input).filter(([key]) => !CONTROL_KEYS.has(key)))
  const complete = COMPLETIONS[type]
  if (complete !== undefined) Object.assign(given, complete(given))
  if (sampleOf(type) !== undefined) given[type] = mediaObject(deps, type, given[type], number)
  if (given['context'] !== undefined) given['context'] = contextOf(deps, given['context'], customer, number)
  return given
}

/** Short forms that tests and the phone may use. */
const COMPLETIONS: Record<string, (given: Json) => Json> = {
  text: ({ text }) => (typeof text === 'string' ? { text: { body: text } } : {}),
  unsupported: ({ errors }) =>
    errors === undefined
      ? {
          errors: [
            {
              code: 131051,
              title: 'Message type unknown',
              message: 'Message type unknown',
              error_data: { details: 'Message type is currently not supported.' },
            },
          ],
        }
      : {},
  revoke: ({ revoke }) => (typeof revoke === 'string' ? { revoke: { original_message_id: revoke } } : {}),
}

/**
 * A media object: without an id a file is made, from `data` (base64) with `mime_type`, else a sample. An id the double
 * knows is completed; any other id goes out as it is.
 */
function mediaObject({ media }: Deps, type: string, value: unknown, number: NumberRecord): Json {
  const object = isJson(value) ? value : {}
  const { data, sample: _sample, ...rest } = object
  if (typeof object['id'] === 'string') {
    const known = media.find(object['id'])
    return known === undefined ? object : { ...media.inboundObject(known), ...rest }
  }
  const sample = sampleOf(type)
  const mimeType = asText(object['mime_type'] ?? sample?.mimeType, 'application/octet-stream')
  const bytes =
    typeof data === 'string' ? Uint8Array.from(Buffer.from(data, 'base64')) : (sample?.bytes ?? new Uint8Array())
  const filename = typeof object['filename'] === 'string' ? object['filename'] : sample?.filename
  const record = media.add({
    phoneNumberId: number.id,
    bytes,
    mimeType,
    origin: 'webhook',
    ...(filename === undefined ? {} : { filename }),
  })
  return {
    ...(type === 'document' && filename !== undefined ? { filename } : {}),
    ...(type === 'voice' ? { voice: true } : {}),
    ...(type === 'sticker' ? { animated: false } : {}),
    ...rest,
    ...media.inboundObject(record),
  }
}

/** `context` names who wrote the quoted message; forwarded ones have no id. */
function contextOf({ world }: Deps, value: unknown, customer: Customer, number: NumberRecord): unknown {
  const context: unknown = typeof value === 'string' ? { id: value } : value
  if (!isJson(context) || typeof context['id'] !== 'string' || context['from'] !== undefined) return context
  const isOwn = world.message(context['id'])?.direction === 'in'
  const from = isOwn ? customer.waId : number.digits
  return from === undefined ? context : { from, ...context }
}
