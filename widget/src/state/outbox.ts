import type { ReadonlySignal } from '@preact/signals'
import { signal } from '@preact/signals'
import type { ConversationId, MessageId, MessageView } from '../../../contract/index.ts'
import type { Client } from '../api/client.ts'
import type { ApiFailure } from '../api/http.ts'
import type { OutboxEntry } from '../api/shapes.ts'
import { matches, read } from '../api/shapes.ts'
import { afterFailure, mergeOutboxes, refused } from './outbox.model.ts'
import type { Cupboard } from './storage.ts'

export type { OutboxEntry } from '../api/shapes.ts'

export type Outbox = {
  /** Intents the Worker has not taken yet, oldest first, of every conversation. */
  readonly waiting: ReadonlySignal<readonly OutboxEntry[]>
  add(intent: { conversationId: ConversationId; ticketId: string; text: string; replyTo?: MessageId }): void
  /** Tries at once, such as when the network is back. */
  flush(): void
  stop(): void
}

export type OutboxDeps = {
  client: Pick<Client, 'send'>
  cupboard: Cupboard
  owner: string
  now: () => number
  isOnline: () => boolean
  newId: () => string
  onSent: (message: MessageView, entry: OutboxEntry) => void
  onRefused: (entries: OutboxEntry[], failure: ApiFailure) => void
}

/**
 * Intents to send, kept in the browser until the Worker has each. They go one after the other in the order they were
 * written. A repeated call carries the same client id, so an intent is sent once even when its answer was lost, the page was
 * reloaded or a second tab sends it as well.
 */
export function createOutbox(deps: OutboxDeps): Outbox {
  const { client, cupboard, now, isOnline, newId, onSent, onRefused } = deps
  const key = `kaiwa:outbox:${deps.owner}`
  const waiting = signal<readonly OutboxEntry[]>(read('outbox', cupboard.read(key)) ?? [])
  let isSending = false
  let attempt = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  function keep(entries: readonly OutboxEntry[]): void {
    waiting.value = entries
    cupboard.write(key, entries)
  }

  /** Ours and what another tab has put there meanwhile: neither may write the other's away. */
  function held(): OutboxEntry[] {
    return mergeOutboxes(read('outbox', cupboard.read(key)) ?? [], waiting.value)
  }

  function remove(gone: readonly OutboxEntry[]): void {
    const ids = new Set(gone.map((entry) => entry.clientId))
    keep(held().filter((entry) => !ids.has(entry.clientId)))
  }

  async function sendFirst(entry: OutboxEntry): Promise<void> {
    const { clientId, text, replyTo } = entry
    const answer = await client.send(entry.conversationId, {
      clientId,
      kind: 'text',
      text,
      ...(replyTo === undefined ? {} : { replyTo }),
    })
    if (answer.ok) {
      attempt = 0
      onSent(answer.value.message, entry)
      remove([entry])
      return
    }
    const next = afterFailure(answer.error, attempt)
    if (next.step === 'wait') {
      attempt++
      timer = setTimeout(flush, next.delayMs)
      return
    }
    const { back } = refused(waiting.value, entry, next.step)
    remove(back)
    onRefused(back, answer.error)
  }

  async function run(): Promise<void> {
    isSending = true
    clearTimeout(timer)
    timer = undefined
    for (let first = waiting.value[0]; first !== undefined && timer === undefined && isOnline();) {
      await sendFirst(first)
      first = waiting.value[0]
    }
    isSending = false
  }

  function flush(): void {
    if (!isSending) void run()
  }

  return {
    waiting,
    add(intent) {
      const clientId = newId()
      if (!matches('clientId', clientId)) return
      keep(mergeOutboxes(held(), [{ ...intent, clientId, createdAt: now() }]))
      flush()
    },
    flush,
    stop: () => clearTimeout(timer),
  }
}
