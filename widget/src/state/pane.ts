import type { ReadonlySignal, Signal } from '@preact/signals'
import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import type { MessageId, Sending, Session } from '../../../contract/index.ts'
import type { Caller } from '../api/client.ts'
import type { ApiFailure } from '../api/http.ts'
import type { Announcer } from './announcer.ts'
import type { Clock } from './clock.ts'
import type { Dates } from './dates.ts'
import type { DraftStore } from './drafts.ts'
import type { ConnectionState } from './live.model.ts'
import type { Outbox } from './outbox.ts'
import type { PresenceStore } from './presence.ts'
import type { Thread } from './thread.ts'
import type { TicketStore } from './ticket.ts'
import type { Words } from './words.ts'

export type { ApiFailure } from '../api/http.ts'

/** Everything the ticket pane's components read and do. */
export type Pane = {
  /** The Worker's. */
  readonly origin: string
  readonly words: Words
  readonly dates: Dates
  readonly clock: Clock
  /** The agent, once the session is open. */
  readonly me: ReadonlySignal<Session['agent'] | null>
  readonly ticket: TicketStore
  readonly thread: Thread
  readonly drafts: DraftStore
  readonly outbox: Outbox
  readonly presence: PresenceStore
  readonly announcer: Announcer
  readonly connection: ReadonlySignal<ConnectionState>
  readonly isOnline: ReadonlySignal<boolean>
  /** Why the last answer was not taken; its text is back in the box. */
  readonly refusal: ReadonlySignal<ApiFailure | null>
  /** Any of the Worker's routes, for the parts that load later. */
  readonly call: Caller
  /** Whether a limit stops answers in this conversation; null until the part that asks has its answer. */
  readonly sending: Signal<Sending | null>
  /** Puts the draft on its way. */
  send(): void
  dismissRefusal(): void
  /** Exactly one new call; the Worker's answer replaces the bubble's state. Null: taken. */
  retry(message: MessageId): Promise<ApiFailure | null>
  settle(message: MessageId, outcome: 'arrived' | 'send_again'): Promise<ApiFailure | null>
  openTicket(ticketId: string): void
  /** Makes the live end the shown stretch. */
  showEnd(): Promise<void>
  /** Begins again with the ticket that Desk shows. */
  reload(): Promise<void>
}

const PaneContext = createContext<Pane | null>(null)

export const PaneProvider = PaneContext.Provider

export function usePane(): Pane {
  const pane = useContext(PaneContext)
  if (pane === null) throw new Error('A component of the pane stands outside of it.')
  return pane
}
