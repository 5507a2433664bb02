import type { MessageView, TicketDecision } from '../../../../contract/index.ts'
import type { OutboxEntry } from '../../state/outbox.ts'

/** A message as a row shows it: one of the Worker's, or one still on its way there. */
export type ShownMessage = Omit<MessageView, 'id' | 'seq' | 'change' | 'position'> &
  Partial<Pick<MessageView, 'id' | 'change'>>

export type Row =
  | { kind: 'day'; key: string; at: string }
  | { kind: 'message'; key: string; message: ShownMessage; isFirstOfGroup: boolean; isLastOfGroup: boolean }
  | { kind: 'line'; key: string; message: ShownMessage }
  | { kind: 'decision'; key: string; decision: TicketDecision }

export type RowFacts = {
  messages: readonly MessageView[]
  decisions: readonly TicketDecision[]
  waiting: readonly OutboxEntry[]
  /** More messages exist before the first one held. */
  hasOlder: boolean
  /** More messages exist after the last one held: what waits to be sent is not shown between. */
  hasNewer: boolean
  /** Who writes here: the sent bubble must look the same before and after the Worker took it. */
  me: { id: string; name: string } | null
  dayKey: (at: string) => string
}

const GROUP_MS = 3 * 60_000

/** The key a row keeps for its whole life: the intent's id for our own messages, so that a sent bubble is the same bubble. */
export function rowKey(message: Pick<ShownMessage, 'clientId' | 'id'>): string {
  return message.clientId === undefined ? (message.id ?? '') : `c:${message.clientId}`
}

/** An intent to send, as a bubble. */
export function shownWaiting(entry: OutboxEntry, me: RowFacts['me']): ShownMessage {
  return {
    ...(me === null ? {} : { agent: me }),
    clientId: entry.clientId,
    direction: 'out',
    kind: 'text',
    summary: entry.text,
    status: 'queued',
    sentAt: new Date(entry.createdAt).toISOString(),
    content: { kind: 'text', text: entry.text },
    isInTicket: true,
  }
}

const LINE_KINDS = new Set(['system', 'welcome_request', 'call_permission', 'reaction', 'edit', 'revoke'])

/** What an act on another message points at; it is shown there, and as a line of its own only while that one is unknown. */
function targetOf(message: ShownMessage): string | null {
  const { content } = message
  return content.kind === 'reaction' || content.kind === 'edit' || content.kind === 'revoke'
    ? content.targetWamid
    : null
}

const isSameSpeaker = (a: ShownMessage, b: ShownMessage): boolean =>
  a.direction === b.direction && a.agent?.id === b.agent?.id

function isOneGroup(a: Row | undefined, b: ShownMessage): boolean {
  if (a?.kind !== 'message' || !isSameSpeaker(a.message, b)) return false
  return Math.abs(Date.parse(b.sentAt) - Date.parse(a.message.sentAt)) <= GROUP_MS
}

function visible(facts: RowFacts): ShownMessage[] {
  const wamids = new Set(facts.messages.map((message) => message.wamid))
  const sent = new Set(facts.messages.map((message) => message.clientId))
  const shown: ShownMessage[] = facts.messages.filter((message) => {
    const target = targetOf(message)
    return target === null || !wamids.has(target)
  })
  if (facts.hasNewer) return shown
  return [
    ...shown,
    ...facts.waiting.filter((entry) => !sent.has(entry.clientId)).map((entry) => shownWaiting(entry, facts.me)),
  ]
}

/**
 * While older messages exist the oldest held one stays back, with all that stands before it: its day and its group depend on a
 * message that is not here, and a row that changes its height when that one comes would move what is being read.
 */
function withoutOldest(rows: readonly Row[]): Row[] {
  return rows.slice(rows.findIndex((row) => row.kind === 'message' || row.kind === 'line') + 1)
}

/** Days, groups, ticket decisions and messages in one list, each row with a key that never changes. */
export function buildRows(facts: RowFacts): Row[] {
  const rows: Row[] = []
  const messages = visible(facts)
  const last = messages.at(-1)?.sentAt
  const decisions = facts.decisions.filter(({ at }) => !facts.hasNewer || last === undefined || at <= last)
  let day = ''
  let next = 0

  function startDay(at: string): void {
    const key = facts.dayKey(at)
    if (key <= day) return
    day = key
    rows.push({ kind: 'day', key: `day:${key}`, at })
  }

  function pushDecisions(until: string | undefined): void {
    for (; next < decisions.length; next++) {
      const decision = decisions[next]
      if (decision === undefined || (until !== undefined && decision.at >= until)) return
      startDay(decision.at)
      rows.push({ kind: 'decision', key: `d:${decision.at}:${decision.decision}:${decision.ticketId}`, decision })
    }
  }

  for (const message of messages) {
    pushDecisions(message.sentAt)
    startDay(message.sentAt)
    const key = rowKey(message)
    if (LINE_KINDS.has(message.content.kind)) {
      rows.push({ kind: 'line', key, message })
      continue
    }
    const before = rows.at(-1)
    const isFirstOfGroup = !isOneGroup(before, message)
    if (!isFirstOfGroup && before?.kind === 'message') before.isLastOfGroup = false
    rows.push({ kind: 'message', key, message, isFirstOfGroup, isLastOfGroup: true })
  }
  pushDecisions(undefined)
  return facts.hasOlder ? withoutOldest(rows) : rows
}
