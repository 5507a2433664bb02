import type { MessageKind } from '../../../contract/index.ts'

/** What Desk says about the conversation's ticket. `gone`: Desk knows no such ticket. `none`: there never was one. */
export type TicketFacts =
  | { kind: 'none' }
  | { kind: 'gone'; survivor: TicketState | null }
  | ({ kind: 'found'; survivor: TicketState | null } & TicketState)

export type TicketState = {
  id: string
  statusType: 'open' | 'on_hold' | 'closed'
  /** Epoch milliseconds; null when Desk does not say. */
  closedAt: number | null
  isSpam: boolean
  isTrashed: boolean
  isArchived: boolean
}

/** `ticket` is where the messages go; `reopens` sets its status to Open after the comment. */
export type TicketDecision =
  | { decision: 'created'; reason: 'first' | 'closed_long_ago' | 'trashed' | 'deleted' | 'archived' }
  | { decision: 'appended'; reason: 'open' | 'spam' | 'silent'; ticketId: string; reopens: false }
  | { decision: 'reopened'; reason: 'closed_recently' | 'on_hold'; ticketId: string; reopens: true }
  | { decision: 'followed'; reason: 'merged'; ticketId: string; reopens: boolean }

const DAY_MS = 86_400_000

/**
 * Which ticket a customer's message goes to. `now` is when the customer wrote, epoch milliseconds: a message that Desk gets late is
 * judged by its own time. A ticket in another department than the channel's is decided about like any other.
 */
export function decideTicket(facts: TicketFacts, reopenDays: number, now: number): TicketDecision {
  if (facts.kind === 'none') return { decision: 'created', reason: 'first' }
  const isLost = facts.kind === 'gone' || facts.isTrashed
  if (isLost && facts.survivor !== null) return follow(facts.survivor, reopenDays, now)
  if (facts.kind === 'gone') return { decision: 'created', reason: 'deleted' }
  return decideFound(facts, reopenDays, now)
}

function decideFound(ticket: TicketState, reopenDays: number, now: number): TicketDecision {
  const { id: ticketId } = ticket
  if (ticket.isTrashed) return { decision: 'created', reason: 'trashed' }
  if (ticket.isSpam) return { decision: 'appended', reason: 'spam', ticketId, reopens: false }
  if (ticket.isArchived) return { decision: 'created', reason: 'archived' }
  if (ticket.statusType === 'on_hold') return { decision: 'reopened', reason: 'on_hold', ticketId, reopens: true }
  if (ticket.statusType === 'open') return { decision: 'appended', reason: 'open', ticketId, reopens: false }
  const isRecent = ticket.closedAt === null || now - ticket.closedAt < reopenDays * DAY_MS
  if (!isRecent) return { decision: 'created', reason: 'closed_long_ago' }
  return { decision: 'reopened', reason: 'closed_recently', ticketId, reopens: true }
}

/** The ticket that swallowed the conversation's own one is judged by the same rules. */
function follow(survivor: TicketState, reopenDays: number, now: number): TicketDecision {
  const decision = decideFound(survivor, reopenDays, now)
  if (decision.decision === 'created') return decision
  return { decision: 'followed', reason: 'merged', ticketId: decision.ticketId, reopens: decision.reopens }
}

/** Kinds that are no request by themselves: they are recorded, but make no ticket and wake none up. */
export const SILENT_KINDS: ReadonlySet<string> = new Set([
  'reaction',
  'system',
  'edit',
  'revoke',
  'welcome_request',
  'unsupported',
  'unknown',
  'call_permission',
] satisfies MessageKind[])

type Sent = { direction: 'in' | 'out'; kind: string; isHidden: boolean }

/** Whether this message may make or reopen a ticket: only a customer's may, and only one that says something. */
export function isOpener({ direction, kind, isHidden }: Sent): boolean {
  return direction === 'in' && !isHidden && !SILENT_KINDS.has(kind)
}

/** Hidden rows are facts about other messages: edits and deletions get a line in the ticket, reactions none. */
export function isLine({ kind, isHidden }: Sent): boolean {
  return !isHidden || kind === 'edit' || kind === 'revoke'
}
