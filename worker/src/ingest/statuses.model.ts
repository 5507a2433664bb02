import type { MessageStatus } from '../../../contract/index.ts'

/** How Meta reports on a message of ours. */
type Reported = 'sent' | 'delivered' | 'read' | 'played' | 'failed'

/**
 * How far each status is. `failed` stands after `sent` and before `delivered`, so that the outcome does not depend on the order in
 * which reports arrive: what reached the phone has not failed.
 */
export const STATUS_RANKS: Readonly<Record<MessageStatus, number>> = {
  received: 0,
  queued: 0,
  sending: 1,
  unknown: 2,
  accepted: 3,
  sent: 4,
  failed: 5,
  delivered: 6,
  read: 7,
}

/** A voice message that was played has been read. */
export function statusOf(reported: Reported): MessageStatus {
  return reported === 'played' ? 'read' : reported
}

type Standing<Price, Failure> = {
  status: MessageStatus
  marks: Partial<Record<Reported, number | undefined>>
  pricing: Price | null
  failure: Failure | null
}

type Report<Price, Failure> = { status: Reported; at: number; pricing: Price | null; failure: Failure | null }

/**
 * A message after a report on it, or null when the report says nothing new. The status only rises, each time is kept, and a failure
 * after delivery is one more fact about a delivered message. The same kind of report counts again only when it is later than the one
 * before and raises the status: a second try failed too.
 */
export function rise<Price, Failure, Message extends Standing<Price, Failure>>(
  message: Message,
  report: Report<Price, Failure>,
): Message | null {
  const status = statusOf(report.status)
  const isHigher = STATUS_RANKS[status] > STATUS_RANKS[message.status]
  const known = message.marks[report.status]
  if (known !== undefined && (report.at <= known || !isHigher)) return null
  return {
    ...message,
    status: isHigher ? status : message.status,
    marks: { ...message.marks, [report.status]: report.at },
    pricing: report.pricing ?? message.pricing,
    failure: report.failure ?? message.failure,
  }
}
