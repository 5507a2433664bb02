import type { AppRecord, BusinessRecord, MediaRecord, NumberRecord, TemplateRecord, WabaRecord } from '../state.ts'
import type { World } from '../world.ts'
import type { MediaStore } from '../media.ts'
import { GraphError } from './errors.ts'

/** An object of Graph: its kind follows from its id alone, as paths do not tell. */
export type Node =
  | { kind: 'phone'; wabaId: string; number: NumberRecord }
  | { kind: 'waba'; wabaId: string; waba: WabaRecord }
  | { kind: 'media'; wabaId: string; media: MediaRecord }
  | { kind: 'template'; wabaId: string; template: TemplateRecord }
  | { kind: 'business'; wabaId?: undefined; business: BusinessRecord }
  | { kind: 'app'; wabaId?: undefined; app: AppRecord }

/** Undefined when nothing has this id. */
export function nodeOf({ state }: World, media: MediaStore, id: string): Node | undefined {
  const number = state.numbers[id]
  if (number !== undefined) return { kind: 'phone', wabaId: number.wabaId, number }
  const waba = state.wabas[id]
  if (waba !== undefined) return { kind: 'waba', wabaId: id, waba }
  const template = state.templates[id]
  if (template !== undefined) return { kind: 'template', wabaId: template.wabaId, template }
  const business = state.businesses[id]
  if (business !== undefined) return { kind: 'business', business }
  const app = state.apps[id]
  if (app !== undefined) return { kind: 'app', app }
  const record = media.find(id)
  const owner = record === undefined ? undefined : state.numbers[record.phoneNumberId]
  if (record === undefined || owner === undefined) return undefined
  return { kind: 'media', wabaId: owner.wabaId, media: record }
}

/** Graph's answer for an id that nobody has, or that cannot do this. */
export function unsupported(method: string, id: string): GraphError {
  const message = `Unsupported ${method.toLowerCase()} request. Object with ID '${id}' does not exist, cannot be loaded due to missing permissions, or does not support this operation. Please read the Graph API documentation at https://developers.facebook.com/docs/graph-api`
  return new GraphError(100, undefined, { message, subcode: 33, type: 'GraphMethodException' })
}
