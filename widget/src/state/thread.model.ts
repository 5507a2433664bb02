import type { Changes, MessagePage, MessageView, TicketDecision } from '../../../contract/index.ts'

/** The part of a conversation that the pane holds. Messages stand in the order of `position`, oldest first. */
export type ThreadState = {
  messages: readonly MessageView[]
  decisions: readonly TicketDecision[]
  /** Cursor of older messages; null at the beginning. */
  before: string | null
  /** Cursor of newer messages; null at the live end. */
  after: string | null
  change: number
}

export const EMPTY_THREAD: ThreadState = { messages: [], decisions: [], before: null, after: null, change: 0 }

/** The later state of a message wins; the same state twice changes nothing. */
export function mergeMessages(held: readonly MessageView[], incoming: readonly MessageView[]): readonly MessageView[] {
  const byId = new Map(held.map((message) => [message.id, message]))
  let isChanged = false
  for (const message of incoming) {
    const known = byId.get(message.id)
    // Equal change: the same facts, but perhaps a fresher address of its file.
    if (known !== undefined && known.change > message.change) continue
    byId.set(message.id, message)
    isChanged = true
  }
  if (!isChanged) return held
  return [...byId.values()].toSorted((a, b) => (a.position < b.position ? -1 : a.position > b.position ? 1 : 0))
}

const decisionKey = (one: TicketDecision): string => `${one.at}|${one.decision}|${one.ticketId}`

export function mergeDecisions(
  held: readonly TicketDecision[],
  incoming: readonly TicketDecision[],
): readonly TicketDecision[] {
  const byKey = new Map(held.map((one) => [decisionKey(one), one]))
  const size = byKey.size
  for (const one of incoming) byKey.set(decisionKey(one), one)
  if (byKey.size === size) return held
  return [...byKey.values()].toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
}

export function fromPage(page: MessagePage): ThreadState {
  return {
    messages: mergeMessages([], page.items),
    decisions: mergeDecisions([], page.decisions),
    before: page.before,
    after: page.after,
    change: page.change,
  }
}

/**
 * Adds a page at one end. `change` stays: the page may be newer than what is held, but what changed meanwhile between the
 * held messages has not been seen yet.
 */
export function withPage(state: ThreadState, page: MessagePage, end: 'older' | 'newer'): ThreadState {
  return {
    ...state,
    messages: mergeMessages(state.messages, page.items),
    decisions: mergeDecisions(state.decisions, page.decisions),
    ...(end === 'older' ? { before: page.before } : { after: page.after }),
  }
}

/** Whether a message belongs to the held stretch: one outside it would stand there without its neighbours. */
function isInside(state: ThreadState, message: MessageView): boolean {
  const first = state.messages.at(0)
  const last = state.messages.at(-1)
  if (first === undefined || last === undefined) return true
  if (state.before !== null && message.position < first.position) return false
  return state.after === null || message.position <= last.position
}

/** A gap: these changes start after what we hold, so some are missing and must be asked for. */
export const isGap = (state: ThreadState, changes: Changes): boolean => changes.since > state.change

export type Applied = {
  state: ThreadState
  /** Messages of the customer that nobody has seen here yet, after all that were held. */
  arrivals: MessageView[]
  /** Such messages that belong between those that were held: WhatsApp handed them over late. */
  late: MessageView[]
}

/** Applies what changed. Must not be called on a gap or on a partial answer. */
export function applyChanges(state: ThreadState, changes: Changes): Applied {
  const known = new Set(state.messages.map((message) => message.id))
  const newest = state.messages.at(-1)?.position ?? ''
  const unseen = changes.messages.filter(({ id, direction }) => direction === 'in' && !known.has(id))
  const inside = changes.messages.filter((message) => known.has(message.id) || isInside(state, message))
  return {
    state: {
      ...state,
      messages: mergeMessages(state.messages, inside),
      decisions: mergeDecisions(state.decisions, changes.decisions),
      change: Math.max(state.change, changes.change),
    },
    arrivals: unseen.filter(({ position }) => position > newest),
    late: unseen.filter((message) => message.position <= newest && isInside(state, message)),
  }
}
