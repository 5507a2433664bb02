import { failureOf } from './error-codes.ts'
import type { Pricing, StatusName, WebhookEvent } from './events.ts'
import { readTimestamp } from './timestamp.ts'
import { statusSchema } from './webhook.schemas.ts'

const STATUSES: ReadonlySet<string> = new Set(['sent', 'delivered', 'read', 'played', 'failed'] satisfies StatusName[])

/** Statuses of the platform before the Cloud API: said to exist, and nothing follows from them. */
const LEGACY = new Set(['deleted', 'warning'])

/** One element of `statuses[]`. A status this version does not know is kept as an event of its own kind. */
export function readStatus(raw: unknown): WebhookEvent {
  const status = statusSchema.safeParse(raw).data
  if (status?.status === undefined) return { kind: 'unreadable', reason: 'The status has no readable value.' }
  const callback = status.biz_opaque_callback_data ?? null
  if (status.id === undefined && callback === null)
    return { kind: 'unreadable', reason: 'The status names no message.' }
  if (status.recipient_type === 'group') return { kind: 'ignored', reason: 'group_status' }
  if (LEGACY.has(status.status)) return { kind: 'ignored', reason: `legacy_status_${status.status}` }
  if (!isStatusName(status.status)) return { kind: 'event', field: `statuses.${status.status.slice(0, 40)}` }
  return {
    kind: 'status',
    wamid: status.id ?? null,
    callback,
    status: status.status,
    at: readTimestamp(status.timestamp),
    pricing: readPricing(status.pricing),
    failure: status.status === 'failed' ? failureOf(status.errors) : null,
  }
}

function isStatusName(status: string): status is StatusName {
  return STATUSES.has(status)
}

type RawPricing = NonNullable<ReturnType<typeof statusSchema.parse>['pricing']>

function readPricing(raw: RawPricing | undefined): Pricing | null {
  if (raw === undefined) return null
  const pricing = { billable: raw.billable, model: raw.pricing_model, type: raw.type, category: raw.category }
  return Object.values(pricing).every((value) => value === undefined) ? null : pricing
}
