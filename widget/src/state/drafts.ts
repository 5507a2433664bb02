import type { ReadonlySignal } from '@preact/signals'
import { computed, signal } from '@preact/signals'
import type { MessageId } from '../../../contract/index.ts'
import type { Draft } from '../api/shapes.ts'
import { read } from '../api/shapes.ts'
import type { Drafts } from './drafts.model.ts'
import { joinTexts, withDraft } from './drafts.model.ts'
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

/** Drafts per ticket. `owner` keeps agents who share a browser apart. */
export function createDrafts(cupboard: Cupboard, owner: string): DraftStore {
  const key = `kaiwa:drafts:${owner}`
  const drafts = signal<Drafts>(read('drafts', cupboard.read(key)) ?? {})
  const ticket = signal('')
  const current = computed(() => drafts.value[ticket.value] ?? NOTHING)

  function put(ticketId: string, draft: Draft): void {
    // Another tab may have written meanwhile; only this ticket's draft is ours.
    const stored = read('drafts', cupboard.read(key)) ?? drafts.value
    drafts.value = withDraft(stored, ticketId, draft)
    cupboard.write(key, drafts.value)
  }

  return {
    isLasting: cupboard.isLasting,
    current,
    show(ticketId) {
      ticket.value = ticketId
    },
    write: (text) => put(ticket.value, { ...current.value, text, at: Date.now() }),
    replyTo(message) {
      const { text } = current.value
      put(ticket.value, { text, at: Date.now(), ...(message === undefined ? {} : { replyTo: message }) })
    },
    clear: () => put(ticket.value, { ...NOTHING, at: Date.now() }),
    giveBack(ticketId, texts) {
      const held = drafts.value[ticketId] ?? NOTHING
      put(ticketId, { ...held, text: joinTexts([...texts, held.text]), at: Date.now() })
    },
  }
}
