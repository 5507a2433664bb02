import type { ClientEvent, ServerEvent } from '../../../contract/index.ts'
import { parseJson } from '../json.ts'
import { read } from './shapes.ts'

/** The part of a WebSocket we use, so that tests can play one. */
export type SocketLike = {
  readyState: number
  send(data: string): void
  close(): void
  onopen: ((event: Event) => unknown) | null
  onmessage: ((event: MessageEvent) => unknown) | null
  onclose: ((event: CloseEvent) => unknown) | null
}

export type OpenSocket = (url: string) => SocketLike

export type Connection = { send(event: ClientEvent): void; close(): void }

export type ConnectionHandlers = {
  onOpen(): void
  onEvent(event: ServerEvent): void
  /** Once, whatever ended it. `code` 0: the browser would not even open it. */
  onClose(end: { wasOpen: boolean; code: number }): void
}

const OPEN = 1
const OPEN_TIMEOUT_MS = 10_000
const PING_EVERY_MS = 25_000
const PONG_TIMEOUT_MS = 10_000

/** One live connection. A peer that stops answering `ping` counts as closed: a sleeping laptop gets no close event. */
export function connect(open: OpenSocket, url: string, handlers: ConnectionHandlers): Connection {
  let socket: SocketLike | undefined
  let wasOpen = false
  let isEnded = false
  let heart: ReturnType<typeof setTimeout> | undefined

  function end(code: number): void {
    if (isEnded) return
    isEnded = true
    clearTimeout(heart)
    socket?.close()
    handlers.onClose({ wasOpen, code })
  }

  function beat(): void {
    clearTimeout(heart)
    heart = setTimeout(() => {
      socket?.send('ping')
      heart = setTimeout(() => end(0), PONG_TIMEOUT_MS)
    }, PING_EVERY_MS)
  }

  heart = setTimeout(() => end(0), OPEN_TIMEOUT_MS)
  try {
    socket = open(url)
    socket.onopen = () => {
      wasOpen = true
      beat()
      handlers.onOpen()
    }
    socket.onmessage = ({ data }) => {
      if (isEnded) return
      beat()
      const event = typeof data === 'string' && data !== 'pong' ? read('serverEvent', parseJson(data)) : undefined
      if (event !== undefined) handlers.onEvent(event)
    }
    socket.onclose = ({ code }) => end(code)
  } catch {
    // A content security policy without the Worker's wss origin throws here in some browsers.
    queueMicrotask(() => end(0))
  }

  return {
    send: (event) => {
      if (!isEnded && socket?.readyState === OPEN) socket.send(JSON.stringify(event))
    },
    close: () => end(1000),
  }
}
