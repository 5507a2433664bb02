import type { ReadonlySignal } from '@preact/signals'
import { signal } from '@preact/signals'
import type { ClientEvent, Presence } from '../../../contract/index.ts'
import type { PresentAgent } from './presence.model.ts'
import { othersPresent, TYPING_ENDS_AFTER_MS, TYPING_TOLD_EVERY_MS } from './presence.model.ts'

export type PresenceStore = {
  readonly others: ReadonlySignal<readonly PresentAgent[]>
  take(presence: Presence): void
  /** A key was pressed in the composer. */
  typed(): void
  /** The text went out or was emptied. */
  stoppedTyping(): void
  /** The tab was shown or hidden. */
  look(isVisible: boolean): void
}

export function createPresence(deps: {
  ownId: () => string
  send: (event: ClientEvent) => void
  now: () => number
}): PresenceStore {
  const others = signal<readonly PresentAgent[]>([])
  let toldAt = 0
  let ending: ReturnType<typeof setTimeout> | undefined

  function stoppedTyping(): void {
    clearTimeout(ending)
    if (toldAt === 0) return
    toldAt = 0
    deps.send({ type: 'presence', state: 'viewing' })
  }

  return {
    others,
    take(presence) {
      others.value = othersPresent(presence, deps.ownId())
    },
    typed() {
      clearTimeout(ending)
      ending = setTimeout(stoppedTyping, TYPING_ENDS_AFTER_MS)
      if (deps.now() - toldAt < TYPING_TOLD_EVERY_MS) return
      toldAt = deps.now()
      deps.send({ type: 'presence', state: 'typing' })
    },
    stoppedTyping,
    look: (isVisible) => deps.send({ type: 'presence', state: isVisible ? 'viewing' : 'away' }),
  }
}
