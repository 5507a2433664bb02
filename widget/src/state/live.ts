import type { ReadonlySignal } from '@preact/signals'
import { signal } from '@preact/signals'
import type { Changes, ClientEvent, ConversationId, Presence } from '../../../contract/index.ts'
import type { Client } from '../api/client.ts'
import type { ApiFailure } from '../api/http.ts'
import type { Connection, OpenSocket } from '../api/socket.ts'
import { connect } from '../api/socket.ts'
import type { Clock } from './clock.ts'
import type { Attempt, ConnectionState } from './live.model.ts'
import { blockedAfter, pollDelayMs, pollStretchMs, retryDelayMs, shouldPoll } from './live.model.ts'
import { pause } from './waiting.ts'

export type LiveDeps = {
  client: Pick<Client, 'liveTicket' | 'changes'>
  openSocket: OpenSocket
  clock: Clock
  /** The `change` up to which the pane holds everything. */
  heldChange: () => number
  onChanges: (changes: Changes) => 'applied' | 'gap' | 'partial'
  onPresence: (presence: Presence) => void
  /** Changes alone do not lead there: the pane reads the conversation anew. */
  onAnew: () => Promise<void>
  /** The Worker refuses this conversation for good. */
  onRefused: (failure: ApiFailure) => void
  isOnline: () => boolean
  isVisible: () => boolean
}

/** Changes that were on their way before the answer to `resume` show a gap too: a few are no reason to read all anew. */
const MOST_GAPS = 5

export type Live = {
  readonly state: ReadonlySignal<ConnectionState>
  /** Follows a conversation until `stop`. */
  follow(id: ConversationId): void
  stop(): void
  /** Something changed outside: network back, tab visible, *Try again*. */
  wake(): void
  send(event: ClientEvent): void
}

/** Keeps the pane up to date: a socket that resumes where it broke off, or questions at intervals where sockets are blocked. */
export function createLive(deps: LiveDeps): Live {
  const state = signal<ConnectionState>('connecting')
  const wake = new EventTarget()
  let run: AbortController | undefined
  let connection: Connection | undefined
  let gaps = 0

  /** A gap is asked for; where that does not close it, or there is no socket to ask on, all is read anew. */
  function take(changes: Changes): void {
    const outcome = deps.onChanges(changes)
    gaps = outcome === 'gap' ? gaps + 1 : 0
    if (gaps > 0 && gaps < MOST_GAPS && connection !== undefined)
      connection.send({ type: 'resume', after: deps.heldChange() })
    else if (outcome !== 'applied') void deps.onAnew()
  }

  /** Resolves when the socket is closed again, or when there is none. */
  async function live(id: ConversationId, ending: AbortSignal): Promise<Attempt> {
    const ticket = await deps.client.liveTicket(id)
    if (ending.aborted) return 'unreachable'
    if (!ticket.ok) {
      if (ticket.error.status === 403 || ticket.error.status === 404) {
        deps.onRefused(ticket.error)
        run?.abort()
      }
      return 'unreachable'
    }
    return new Promise((resolve) => {
      const end = (): void => connection?.close()
      ending.addEventListener('abort', end)
      connection = connect(deps.openSocket, ticket.value.url, {
        onOpen: () => {
          state.value = 'live'
          connection?.send({ type: 'resume', after: deps.heldChange() })
          connection?.send({ type: 'presence', state: deps.isVisible() ? 'viewing' : 'away' })
        },
        onEvent: (event) => {
          if (event.type === 'hello') deps.clock.sync(event.now)
          if (event.type === 'presence') deps.onPresence(event)
          if (event.type === 'changes') take(event)
        },
        onClose: ({ wasOpen }) => {
          ending.removeEventListener('abort', end)
          connection = undefined
          deps.onPresence({ agents: [] })
          resolve(wasOpen ? 'opened' : 'blocked')
        },
      })
    })
  }

  /** Asks at intervals until a socket is worth another try: after a while, or when the Worker answers again after an outage. */
  async function poll(id: ConversationId, ending: AbortSignal, stretchMs: number): Promise<void> {
    const until = Date.now() + stretchMs
    let wasLost = false
    while (!ending.aborted && Date.now() < until && deps.isOnline()) {
      const answer = await deps.client.changes(id, deps.heldChange())
      if (ending.aborted) return
      state.value = answer.ok && !wasLost ? 'polling' : 'lost'
      if (answer.ok) take(answer.value)
      else if (answer.error.status === 403) return deps.onRefused(answer.error)
      if (answer.ok && wasLost) return
      wasLost = !answer.ok
      await pause(pollDelayMs(deps.isVisible()), ending, wake)
    }
  }

  async function follow(id: ConversationId, ending: AbortSignal): Promise<void> {
    let blocked = 0
    let failures = 0
    while (!ending.aborted) {
      if (!deps.isOnline()) {
        state.value = 'offline'
        await pause(60_000, ending, wake)
        continue
      }
      const attempt = await live(id, ending)
      if (ending.aborted) return
      blocked = blockedAfter(blocked, attempt)
      failures = attempt === 'opened' ? 1 : failures + 1
      if (!deps.isOnline()) state.value = 'offline'
      else if (state.value !== 'polling') state.value = 'lost'
      if (shouldPoll(blocked)) await poll(id, ending, pollStretchMs(blocked))
      else await pause(retryDelayMs(failures, Math.random()), ending, wake)
    }
  }

  function stop(): void {
    run?.abort()
    run = undefined
  }

  return {
    state,
    follow(id) {
      stop()
      run = new AbortController()
      state.value = 'connecting'
      void follow(id, run.signal)
    },
    stop,
    wake: () => wake.dispatchEvent(new Event('wake')),
    send: (event) => connection?.send(event),
  }
}
