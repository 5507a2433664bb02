import { invalidData } from '../errors.ts'
import type { DeskSettings } from '../settings.ts'

/** Throws INVALID_DATA when a custom field does not exist in the organisation. */
export function checkCustomFields(cf: Record<string, unknown> | undefined, settings: DeskSettings): void {
  const unknown = Object.keys(cf ?? {}).filter((name) => !settings.customFields.includes(name))
  if (unknown.length > 0) {
    throw invalidData(unknown.map((name) => ({ fieldName: `/cf/${name}`, errorType: 'invalid' })))
  }
}
