import type { ReadonlySignal } from '@preact/signals'
import { signal } from '@preact/signals'

export type Announcer = {
  /** What the live region holds now. */
  readonly spoken: ReadonlySignal<string>
  /** New messages of the customer, never our own. */
  announce(sentences: readonly string[]): void
}

const EVERY_MS = 1_000

/**
 * Speaks at most once a second. What came meanwhile is said together: one message in its own words, several by their number.
 * `many` writes that number.
 */
export function createAnnouncer(many: (count: number) => string): Announcer {
  const spoken = signal('')
  const queue: string[] = []
  let timer: ReturnType<typeof setTimeout> | undefined

  function speak(): void {
    const [first] = queue
    timer = undefined
    if (first === undefined) {
      // Emptied a second later: some readers miss a region that empties at once, and all re-read one that stays.
      spoken.value = ''
      return
    }
    spoken.value = queue.length === 1 ? first : many(queue.length)
    queue.length = 0
    timer = setTimeout(speak, EVERY_MS)
  }

  return {
    spoken,
    announce(sentences) {
      queue.push(...sentences)
      if (timer === undefined && queue.length > 0) speak()
    },
  }
}
