import type { ReadonlySignal } from '@preact/signals'
import { signal } from '@preact/signals'

export type Network = {
  readonly isOnline: ReadonlySignal<boolean>
  isVisible(): boolean
  /** The network came back, or the tab was shown or hidden. */
  onChange(listener: () => void): void
}

/** What the browser knows of the network and of being looked at. */
export function followNetwork(window: Window): Network {
  const { document, navigator } = window
  const isOnline = signal(navigator.onLine)
  const listeners: (() => void)[] = []
  const changed = (): void => {
    isOnline.value = navigator.onLine
    for (const listener of listeners) listener()
  }
  window.addEventListener('online', changed)
  window.addEventListener('offline', changed)
  document.addEventListener('visibilitychange', changed)
  return {
    isOnline,
    isVisible: () => document.visibilityState === 'visible',
    onChange: (listener) => listeners.push(listener),
  }
}
