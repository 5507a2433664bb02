/** A window that was opened for the person. */
export type OpenedWindow = {
  /** Moves the window to an address. */
  go(url: string): void
  close(): void
}

/** Windows of the Worker: opening them, and what they tell. */
export type WindowDoor = {
  /** Of this page; the text `null` where the browser gave it none. */
  readonly origin: string
  /**
   * Opens a window; must be called while the browser still counts the person's click. Null: the browser blocked it. Without an address
   * it stays empty until `go`.
   */
  open(url?: string): OpenedWindow | null
  /** What a window of the Worker posted; its origin was checked by `window-door.js`. Returns what stops listening. */
  listen(handler: (data: unknown) => void): () => void
}

const SIZE = { width: 640, height: 780 }
/** What `window-door.js` calls its event. */
const EVENT = 'kaiwa-window'

export function createWindowDoor(page: Window): WindowDoor {
  return {
    origin: page.origin,
    open(url = 'about:blank') {
      const left = Math.max(0, page.screenX + (page.outerWidth - SIZE.width) / 2)
      const top = Math.max(0, page.screenY + (page.outerHeight - SIZE.height) / 2)
      const features = `popup,width=${SIZE.width},height=${SIZE.height},left=${left},top=${top}`
      const opened = page.open(url, '_blank', features)
      if (opened === null) return null
      return {
        go(to) {
          opened.location.href = to
        },
        close: () => opened.close(),
      }
    },
    listen(handler) {
      const onEvent = (event: Event): void => {
        if (event instanceof CustomEvent) handler(event.detail)
      }
      page.addEventListener(EVENT, onEvent)
      return () => page.removeEventListener(EVENT, onEvent)
    },
  }
}
