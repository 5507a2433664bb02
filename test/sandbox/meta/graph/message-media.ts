import type { Deps } from '../deps.ts'
import { isJson } from '../state.ts'
import type { MediaRecord, NumberRecord } from '../state.ts'
import { GraphError } from './errors.ts'
import type { Fetched } from './links.ts'
import { isMediaKind, sendProblem } from './media-rules.ts'

/** The file of a message: held here, or to be fetched from `link`. */
export type Attached = { record?: MediaRecord; problem?: string; link?: string }

/** Finds the file a media message names. An id that this number does not have is refused at once (131009). */
export function attachMedia({ media }: Deps, number: NumberRecord, type: string, object: unknown): Attached {
  if (!isMediaKind(type) || !isJson(object)) return {}
  if (typeof object['link'] === 'string') return { link: object['link'] }
  const record = media.find(String(object['id']))
  const bytes = record === undefined ? undefined : media.bytesOf(record.id)
  if (record === undefined || bytes === undefined || record.phoneNumberId !== number.id) {
    throw new GraphError(131009, `Param ${type}['id'] is not a valid media id: ${String(object['id'])}`)
  }
  const problem = mediaProblemOf(type, object, { bytes, mimeType: record.mimeType })
  return problem === undefined ? { record } : { record, problem }
}

/** Why this file cannot go out as this message; undefined when it can. */
export function mediaProblemOf(type: string, object: unknown, file: Fetched | undefined): string | undefined {
  if (!isMediaKind(type)) return undefined
  if (file === undefined) return 'Unable to download the media sent with the link'
  return sendProblem(type, file.mimeType, file.bytes, isJson(object) && object['voice'] === true)
}
