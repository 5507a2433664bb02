import type { ReadonlySignal } from '@preact/signals'
import { batch, signal } from '@preact/signals'
import type { ConversationId, InboxList, TicketForm } from '../../../contract/index.ts'
import type { Caller } from '../api/client.ts'
import type { ApiFailure, ApiResult } from '../api/http.ts'
import { moreShape } from '../api/more-shapes.ts'
import type { InboxChannel, InboxItem, InboxQuestion } from './inbox.model.ts'
import { channelsSeen, searchOf, withFurther } from './inbox.model.ts'

export type TicketOrder = { subject: string; departmentId: string; assigneeId?: string }

export type Inbox = {
  readonly question: ReadonlySignal<InboxQuestion>
  /** Null before the first answer. */
  readonly items: ReadonlySignal<readonly InboxItem[] | null>
  readonly counts: ReadonlySignal<InboxList['counts']>
  readonly channels: ReadonlySignal<readonly InboxChannel[]>
  readonly hasMore: ReadonlySignal<boolean>
  readonly failure: ReadonlySignal<ApiFailure | null>
  ask(change: Partial<InboxQuestion>): void
  /** Reads the first page again; what is shown stays until the answer is there. */
  reload(): Promise<void>
  more(): Promise<void>
  ticketForm(id: ConversationId): Promise<ApiResult<TicketForm>>
  /** Orders a ticket; it is made in a moment. */
  makeTicket(id: ConversationId, order: TicketOrder): Promise<ApiResult<true>>
}

const list = moreShape('inboxList')
const form = moreShape('ticketForm')
const NONE: InboxList['counts'] = { all: 0, waiting: 0, no_ticket: 0, held: 0 }
const TYPING_MS = 250

export function createInbox(call: Caller): Inbox {
  const question = signal<InboxQuestion>({ filter: 'waiting', phoneNumberId: '', query: '' })
  const items = signal<readonly InboxItem[] | null>(null)
  const counts = signal(NONE)
  const channels = signal<readonly InboxChannel[]>([])
  const cursor = signal<string | null>(null)
  const hasMore = signal(false)
  const failure = signal<ApiFailure | null>(null)
  let round = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  async function read(from: string | null): Promise<void> {
    const mine = ++round
    const shown = from === null ? (items.peek()?.length ?? 0) : 0
    const answer = await call(list, `/api/inbox?${searchOf(question.peek(), from, shown)}`)
    if (mine !== round) return
    batch(() => {
      failure.value = answer.ok ? null : answer.error
      if (!answer.ok) return
      const { value } = answer
      items.value = from === null ? value.items : withFurther(items.peek() ?? [], value.items)
      counts.value = value.counts
      cursor.value = value.cursor
      hasMore.value = value.cursor !== null
      channels.value = channelsSeen(channels.peek(), value.items)
    })
  }

  return {
    question,
    items,
    counts,
    channels,
    hasMore,
    failure,
    ask(change) {
      clearTimeout(timer)
      const isTyping = change.query !== undefined
      batch(() => {
        question.value = { ...question.peek(), ...change }
        if (!isTyping) items.value = null
      })
      if (isTyping) timer = setTimeout(() => void read(null), TYPING_MS)
      else void read(null)
    },
    reload: () => read(null),
    async more() {
      if (cursor.peek() !== null) await read(cursor.peek())
    },
    ticketForm: (id) => call(form, `/api/conversations/${id}/ticket-form`),
    makeTicket: (id, body) => call((): true => true, `/api/conversations/${id}/ticket`, { method: 'POST', body }),
  }
}
