import type { ReadonlySignal } from '@preact/signals'
import { signal } from '@preact/signals'
import type { MessageId } from '../../../contract/index.ts'
import type { Draft } from '../api/shapes.ts'
import { read } from '../api/shapes.ts'
import { isKept, joinTexts } from './drafts.model.ts'
import type { Cupboard } from './storage.ts'

export type DraftStore = {
  /** False where the browser keeps nothing: drafts go with the page, and the composer says so. */
  readonly isLasting: boolean
  readonly current: ReadonlySignal<Draft>
  /** Shows another ticket's draft. */
  show(ticketId: string): void
  write(text: string): void
  replyTo(message: MessageId | undefined): void
  clear(): void
  /** Texts that could not be sent, back in the ticket's box in front of what stands there. */
  giveBack(ticketId: string, texts: readonly string[]): void
}

const NOTHING: Draft = { text: '', at: 0 }

/**
 * Drafts per ticket, each under a key of its own: a key pressed in one ticket must not read and write all the others.
 * `owner` keeps agents who share a browser apart.
 */
export function createDrafts(cupboard: Cupboard, owner: string): DraftStore {
  const prefix = `kaiwa:draft:${owner}:`
  const current = signal<Draft>(NOTHING)
  let shown = ''

  const held = (ticketId: string): Draft => read('draft', cupboard.read(prefix + ticketId)) ?? NOTHING

  function put(ticketId: string, draft: Draft): void {
    if (ticketId === shown) current.value = draft
    if (isKept(draft, draft.at)) cupboard.write(prefix + ticketId, draft)
    else cupboard.remove(prefix + ticketId)
  }

  for (const key of cupboard.keys(prefix)) {
    if (!isKept(read('draft', cupboard.read(key)), Date.now())) cupboard.remove(key)
  }

  return {
    isLasting: cupboard.isLasting,
    current,
    show(ticketId) {
      shown = ticketId
      current.value = held(ticketId)
    },
    write: (text) => put(shown, { ...current.value, text, at: Date.now() }),
    replyTo(message) {
      const { text } = current.value
      put(shown, { text, at: Date.now(), ...(message === undefined ? {} : { replyTo: message }) })
    },
    clear: () => put(shown, { ...NOTHING, at: Date.now() }),
    giveBack(ticketId, texts) {
      const draft = ticketId === shown ? current.value : held(ticketId)
      put(ticketId, { ...draft, text: joinTexts([...texts, draft.text]), at: Date.now() })
    },
  }
}
