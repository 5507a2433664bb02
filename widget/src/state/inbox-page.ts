import type { ReadonlySignal } from '@preact/signals'
import { effect, signal } from '@preact/signals'
import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import type { ConversationId } from '../../../contract/index.ts'
import { read } from '../api/shapes.ts'
import { ok } from '../result.ts'
import type { PaneDeps } from './create-pane.ts'
import { createPane } from './create-pane.ts'
import type { Inbox } from './inbox.ts'
import { createInbox } from './inbox.ts'
import type { Pane } from './pane.ts'

/** The inbox: the list, and beside it one conversation as a ticket's panel shows it. */
export type InboxPage = {
  readonly inbox: Inbox
  readonly pane: Pane
  readonly selected: ReadonlySignal<ConversationId | null>
  select(id: ConversationId | null): void
  start(): Promise<void>
}

/** The same wiring as a ticket's panel; only that the conversation is chosen here, and not by the ticket that Desk shows. */
export function createInboxPage(deps: Omit<PaneDeps, 'source'>): InboxPage {
  const { host, network } = deps
  const selected = signal<ConversationId | null>(null)
  const pane = createPane({
    ...deps,
    host: { ...host, ticketId: async () => ok(selected.peek() ?? ''), onTicketShift: () => undefined },
    source: (call) => ({
      ticketConversation: (id) =>
        call((json) => read('ticketConversation', { conversation: json, isCurrent: true }), `/api/conversations/${id}`),
    }),
  })
  const inbox = createInbox(pane.call)
  return {
    inbox,
    // Here a conversation is the current one whatever ticket it goes on in.
    pane: { ...pane, ticket: { ...pane.ticket, isCurrent: signal(true) } },
    selected,
    select(id) {
      if (selected.peek() === id) return
      selected.value = id
      if (id !== null) void pane.reload()
    },
    async start() {
      await inbox.reload()
      const refresh = (): void => {
        if (network.isVisible() && network.isOnline.peek()) void inbox.reload()
      }
      let isFirst = true
      effect(() => {
        // Every few seconds, and at once where something happened in the open conversation.
        void [pane.clock.now.value, pane.ticket.conversation.value?.change]
        if (!isFirst) refresh()
        isFirst = false
      })
      network.onChange(refresh)
    },
  }
}

const InboxContext = createContext<InboxPage | null>(null)

export const InboxProvider = InboxContext.Provider

export function useInbox(): InboxPage {
  const page = useContext(InboxContext)
  if (page === null) throw new Error('A component of the inbox stands outside of it.')
  return page
}
