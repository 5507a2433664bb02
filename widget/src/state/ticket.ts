import type { ReadonlySignal } from '@preact/signals'
import { signal } from '@preact/signals'
import type { ConversationView } from '../../../contract/index.ts'
import type { Client } from '../api/client.ts'
import type { ApiFailure } from '../api/http.ts'

/** `none`: the ticket has no WhatsApp conversation. */
export type TicketPhase = 'loading' | 'ready' | 'none' | 'failed'

export type TicketStore = {
  readonly phase: ReadonlySignal<TicketPhase>
  readonly ticketId: ReadonlySignal<string>
  readonly conversation: ReadonlySignal<ConversationView | null>
  /** False on an older ticket of a conversation that goes on in another one. */
  readonly isCurrent: ReadonlySignal<boolean>
  readonly failure: ReadonlySignal<ApiFailure | null>
  /** Reads which conversation the ticket shows. Null where there is none, it failed, or another ticket came meanwhile. */
  load(ticketId: string): Promise<ConversationView | null>
  /** Newer facts of the same conversation. */
  update(conversation: ConversationView): void
  refuse(failure: ApiFailure): void
}

export function createTicket(client: Pick<Client, 'ticketConversation'>): TicketStore {
  const phase = signal<TicketPhase>('loading')
  const ticketId = signal('')
  const conversation = signal<ConversationView | null>(null)
  const isCurrent = signal(true)
  const failure = signal<ApiFailure | null>(null)

  return {
    phase,
    ticketId,
    conversation,
    isCurrent,
    failure,
    async load(id) {
      const isOther = ticketId.peek() !== id
      ticketId.value = id
      failure.value = null
      if (isOther || phase.peek() === 'failed') {
        phase.value = 'loading'
        conversation.value = null
      }
      const answer = await client.ticketConversation(id)
      if (ticketId.peek() !== id) return null
      if (!answer.ok) {
        failure.value = answer.error
        phase.value = 'failed'
        return null
      }
      conversation.value = answer.value.conversation
      isCurrent.value = answer.value.isCurrent
      phase.value = answer.value.conversation === null ? 'none' : 'ready'
      return answer.value.conversation
    },
    update(newer) {
      const held = conversation.peek()
      if (held?.id !== newer.id || newer.change < held.change) return
      // The conversation moved on: the ticket on the page became an older one, or is the current one again.
      if (newer.ticket?.id !== held.ticket?.id) isCurrent.value = newer.ticket?.id === ticketId.peek()
      conversation.value = newer
    },
    refuse(refusal) {
      failure.value = refusal
      phase.value = 'failed'
    },
  }
}
