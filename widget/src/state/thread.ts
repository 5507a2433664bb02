import type { ReadonlySignal } from '@preact/signals'
import { batch, signal } from '@preact/signals'
import type { Changes, ConversationId, MessageId, MessagePage, MessageView } from '../../../contract/index.ts'
import type { Client } from '../api/client.ts'
import type { ApiFailure, ApiResult } from '../api/http.ts'
import { ok } from '../result.ts'
import type { ThreadState } from './thread.model.ts'
import { applyChanges, EMPTY_THREAD, fromPage, isGap, mergeMessages, withPage } from './thread.model.ts'

export type ThreadPhase = 'loading' | 'ready' | 'failed'

export type Placement = { opening: number; messageId: MessageId | null }

/** `late` ones stand between messages that were there before. */
export type ArrivalListener = (arrivals: MessageView[], late: MessageView[]) => void

export type Thread = {
  readonly state: ReadonlySignal<ThreadState>
  readonly phase: ReadonlySignal<ThreadPhase>
  readonly failure: ReadonlySignal<ApiFailure | null>
  readonly isLoadingOlder: ReadonlySignal<boolean>
  /** Why the last page could not be read; scrolling again or *Try again* asks once more. */
  readonly pageFailed: ReadonlySignal<boolean>
  /** Where the view begins, once per opening: at a message, or at the live end. */
  readonly placement: ReadonlySignal<Placement>
  /** Opens at the live end, or where a ticket of the conversation began. */
  open(id: ConversationId, ticketId?: string): Promise<void>
  loadOlder(): Promise<void>
  loadNewer(): Promise<void>
  /** Puts newer facts in. False: there is a gap, or more than one answer carries. */
  apply(changes: Changes): 'applied' | 'gap' | 'partial'
  put(message: MessageView): void
  /** Reads one message's facts again, such as the address of its file, which holds for some minutes only. */
  refresh(message: { id?: MessageId; change?: number }): Promise<void>
  /** When these facts came from the Worker, epoch milliseconds of its clock. */
  receivedAt(message: object): number
  /** Returns what ends the listening. */
  onArrivals(listener: ArrivalListener): () => void
}

type First = { state: ThreadState; messageId: MessageId | null }

const PAGE = 50

export function createThread(client: Pick<Client, 'messages' | 'changes'>, now: () => number): Thread {
  const state = signal<ThreadState>(EMPTY_THREAD)
  const phase = signal<ThreadPhase>('loading')
  const failure = signal<ApiFailure | null>(null)
  const isLoadingOlder = signal(false)
  const pageFailed = signal(false)
  const placement = signal<Placement>({ opening: 0, messageId: null })
  const listeners = new Set<ArrivalListener>()
  let conversation: ConversationId | undefined
  let isLoadingNewer = false
  /** Counts openings: an answer that belongs to an earlier one is dropped. */
  let run = 0

  const received = new WeakMap<object, number>()

  function note(messages: MessageView[]): MessageView[] {
    for (const message of messages) received.set(message, now())
    return messages
  }

  /** At an older ticket the page before it comes along, so that its first message has its neighbours. */
  async function readFirst(id: ConversationId, ticketId: string | undefined): Promise<ApiResult<First>> {
    const page = await client.messages(id, ticketId === undefined ? { limit: PAGE } : { ticketId, limit: PAGE })
    if (!page.ok) return page
    note(page.value.items)
    const first = fromPage(page.value)
    if (ticketId === undefined) return ok({ state: first, messageId: null })
    const messageId = first.messages[0]?.id ?? null
    if (first.before === null) return ok({ state: first, messageId })
    const older = await client.messages(id, { before: first.before, limit: PAGE })
    if (older.ok) note(older.value.items)
    return older.ok ? ok({ state: withPage(first, older.value, 'older'), messageId }) : older
  }

  async function further(end: 'older' | 'newer', cursor: string): Promise<MessagePage | undefined> {
    const id = conversation
    const mine = run
    if (id === undefined) return undefined
    const answer = await client.messages(
      id,
      end === 'older' ? { before: cursor, limit: PAGE } : { after: cursor, limit: PAGE },
    )
    if (mine !== run) return undefined
    pageFailed.value = !answer.ok
    if (answer.ok) note(answer.value.items)
    return answer.ok ? answer.value : undefined
  }

  return {
    state,
    phase,
    failure,
    isLoadingOlder,
    pageFailed,
    placement,
    async open(id, ticketId) {
      const mine = ++run
      const isOther = conversation !== id || phase.peek() === 'failed'
      conversation = id
      batch(() => {
        pageFailed.value = false
        failure.value = null
        if (!isOther) return
        state.value = EMPTY_THREAD
        phase.value = 'loading'
      })
      const answer = await readFirst(id, ticketId)
      if (mine !== run) return
      batch(() => {
        if (answer.ok) {
          state.value = answer.value.state
          placement.value = { opening: mine, messageId: answer.value.messageId }
        } else failure.value = answer.error
        phase.value = answer.ok ? 'ready' : 'failed'
      })
    },
    async loadOlder() {
      const { before } = state.peek()
      if (before === null || isLoadingOlder.peek()) return
      isLoadingOlder.value = true
      const older = await further('older', before)
      batch(() => {
        if (older !== undefined) state.value = withPage(state.peek(), older, 'older')
        isLoadingOlder.value = false
      })
    },
    async loadNewer() {
      const { after } = state.peek()
      if (after === null || isLoadingNewer) return
      isLoadingNewer = true
      const newer = await further('newer', after)
      if (newer !== undefined) state.value = withPage(state.peek(), newer, 'newer')
      isLoadingNewer = false
    },
    apply(changes) {
      if (changes.isPartial) return 'partial'
      if (isGap(state.peek(), changes)) return 'gap'
      note(changes.messages)
      const { state: applied, arrivals, late } = applyChanges(state.peek(), changes)
      state.value = applied
      if (arrivals.length + late.length > 0) for (const listener of listeners) listener(arrivals, late)
      return 'applied'
    },
    put(message) {
      const held = state.peek()
      // What we sent while an older stretch is open stands at the live end, which is not here.
      if (held.after !== null && !held.messages.some(({ id }) => id === message.id)) return
      state.value = { ...held, messages: mergeMessages(held.messages, [message]) }
    },
    receivedAt: (message) => received.get(message) ?? now(),
    async refresh(message) {
      const id = conversation
      if (id === undefined || message.change === undefined) return
      const answer = await client.changes(id, message.change - 1)
      if (!answer.ok || conversation !== id) return
      const fresh = note(answer.value.messages.filter((one) => one.id === message.id))
      state.value = { ...state.peek(), messages: mergeMessages(state.peek().messages, fresh) }
    },
    onArrivals(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
