import { batch, computed, signal } from '@preact/signals'
import type { Sending, Session } from '../../../contract/index.ts'
import type { Caller, Client } from '../api/client.ts'
import { createCaller, createClient } from '../api/client.ts'
import type { ApiFailure, Http } from '../api/http.ts'
import type { OpenSocket } from '../api/socket.ts'
import type { Host, HostPerson } from '../host/host.ts'
import { createAnnouncer } from './announcer.ts'
import type { Clock } from './clock.ts'
import { createClock } from './clock.ts'
import { createDates } from './dates.ts'
import { createDrafts } from './drafts.ts'
import type { Live } from './live.ts'
import { createLive } from './live.ts'
import { timeZoneOf } from './locale.model.ts'
import type { Network } from './network.ts'
import { createOutbox } from './outbox.ts'
import type { Pane } from './pane.ts'
import type { PresenceStore } from './presence.ts'
import { createPresence } from './presence.ts'
import { createSession } from './session.ts'
import { fromHost } from './session.model.ts'
import type { Cupboard } from './storage.ts'
import type { Thread } from './thread.ts'
import { createThread } from './thread.ts'
import type { TicketStore } from './ticket.ts'
import { createTicket } from './ticket.ts'
import type { Words } from './words.ts'

export type PaneDeps = {
  host: Host
  person: HostPerson
  words: Words
  http: Http
  /** The Worker's origin. */
  origin: string
  openSocket: OpenSocket
  cupboard: Cupboard
  network: Network
  /** Where else than by a ticket the conversation comes from. */
  source?: (call: Caller) => Pick<Client, 'ticketConversation'>
}

type Following = { client: Client; clock: Clock; ticket: TicketStore; thread: Thread; network: Network }

/** The live connection with those who listen to it. */
function followed(deps: Following & { openSocket: OpenSocket; ownId: () => string }): {
  live: Live
  presence: PresenceStore
} {
  const { client, clock, ticket, thread, network } = deps
  const live: Live = createLive({
    client,
    openSocket: deps.openSocket,
    clock,
    heldChange: () => thread.state.peek().change,
    onChanges: (changes) =>
      batch(() => {
        ticket.update(changes.conversation)
        return thread.apply(changes)
      }),
    onPresence: (who) => presence.take(who),
    onAnew: async () => {
      const held = ticket.conversation.peek()
      if (held !== null) await thread.open(held.id)
    },
    onRefused: (failure) => ticket.refuse(failure),
    isOnline: () => network.isOnline.peek(),
    isVisible: network.isVisible,
  })
  const presence: PresenceStore = createPresence({ ownId: deps.ownId, send: live.send, now: clock.read })
  return { live, presence }
}

/** Wires the slices of the ticket pane together. */
export function createPane(deps: PaneDeps): Pane {
  const { host, person, words, http, origin, openSocket, cupboard, network } = deps
  const clock = createClock()
  const session = createSession({ host, http, origin, person, clock })
  const client = createClient(http, session)
  const owner = `${person.portalId}:${person.userId}`
  const call = createCaller(http, session)
  const ticket = createTicket(deps.source?.(call) ?? client)
  const thread = createThread(client, clock.read)
  const drafts = createDrafts(cupboard, owner)
  const refusal = signal<ApiFailure | null>(null)
  const ownId = (): string => session.current.peek()?.agent.id ?? person.userId
  const { live, presence } = followed({ client, clock, ticket, thread, network, openSocket, ownId })
  const announcer = createAnnouncer((count) => words.t('announce.many', { count }))

  const outbox = createOutbox({
    client,
    cupboard,
    owner,
    now: clock.read,
    isOnline: () => network.isOnline.peek(),
    newId: () => `w-${crypto.randomUUID()}`,
    onSent: (message, entry) => {
      if (ticket.conversation.peek()?.id === entry.conversationId) thread.put(message)
    },
    onRefused: (entries, failure) => {
      batch(() => {
        for (const entry of entries.toReversed()) drafts.giveBack(entry.ticketId, [entry.text])
        if (entries.some((entry) => entry.ticketId === ticket.ticketId.peek())) refusal.value = failure
      })
    },
  })

  let known: Session['agent'] | null = null
  const me = computed(() => {
    // A renewed session is the same person: nobody looks anew because of another object.
    const agent = session.current.value?.agent ?? null
    if (agent?.id !== known?.id || agent?.role !== known?.role || agent?.name !== known?.name) known = agent
    return known
  })

  const showEnd = async (): Promise<void> => {
    const held = ticket.conversation.peek()
    if (held !== null && thread.state.peek().after !== null) await thread.open(held.id)
  }

  async function reload(): Promise<void> {
    live.stop()
    const [shown, token] = await Promise.all([host.ticketId(), session.token()])
    if (!shown.ok) return ticket.refuse(fromHost(shown.error))
    drafts.show(shown.value)
    refusal.value = null
    if (!token.ok) return ticket.refuse(token.error)
    const conversation = await ticket.load(shown.value)
    if (conversation === null) return
    await thread.open(conversation.id, ticket.isCurrent.peek() ? undefined : shown.value)
    if (ticket.ticketId.peek() !== shown.value) return
    live.follow(conversation.id)
    outbox.flush()
  }

  session.onRenewed((token) => live.send({ type: 'renew', token }))
  thread.onArrivals((arrivals, late) => {
    const name = ticket.conversation.peek()?.contact.name ?? ''
    announcer.announce([...late, ...arrivals].map(({ summary }) => words.t('announce.one', { name, summary })))
  })
  network.onChange(() => {
    live.wake()
    presence.look(network.isVisible())
    outbox.flush()
  })
  host.onTicketShift(() => void reload())

  return {
    origin,
    words,
    dates: createDates(words, timeZoneOf(person.timeZone)),
    clock,
    me,
    ticket,
    thread,
    drafts,
    outbox,
    presence,
    announcer,
    connection: live.state,
    isOnline: network.isOnline,
    refusal,
    call,
    sending: signal<Sending | null>(null),
    send() {
      const conversation = ticket.conversation.peek()
      const { text, replyTo } = drafts.current.peek()
      if (conversation === null || text.trim() === '') return
      batch(() => {
        refusal.value = null
        const ids = { conversationId: conversation.id, ticketId: ticket.ticketId.peek() }
        outbox.add({ ...ids, text, ...(replyTo === undefined ? {} : { replyTo }) })
        drafts.clear()
      })
      presence.stoppedTyping()
      void showEnd()
    },
    dismissRefusal() {
      refusal.value = null
    },
    async retry(message) {
      const conversation = ticket.conversation.peek()
      if (conversation === null) return null
      const answer = await client.retry(conversation.id, message)
      if (answer.ok) thread.put(answer.value.message)
      return answer.ok ? null : answer.error
    },
    async settle(message, outcome) {
      const conversation = ticket.conversation.peek()
      if (conversation === null) return null
      const answer = await client.settle(conversation.id, message, outcome)
      if (answer.ok) thread.put(answer.value.message)
      return answer.ok ? null : answer.error
    },
    openTicket: (ticketId) => void host.openTicket(ticketId),
    showEnd,
    reload,
  }
}
