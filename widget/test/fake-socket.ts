import type { SocketLike } from '../src/api/socket.ts'

export type FakeSocket = SocketLike & {
  readonly url: string
  readonly sent: string[]
  isClosed: boolean
  opens(): void
  says(value: unknown): void
  ends(code: number): void
}

/** A WebSocket as tests play it. */
export function createFakeSocket(url: string): FakeSocket {
  return {
    url,
    sent: [],
    readyState: 0,
    isClosed: false,
    onopen: null,
    onmessage: null,
    onclose: null,
    send(data) {
      this.sent.push(data)
    },
    close() {
      this.isClosed = true
      this.readyState = 3
    },
    opens() {
      this.readyState = 1
      this.onopen?.(new Event('open'))
    },
    says(value) {
      this.onmessage?.(new MessageEvent('message', { data: typeof value === 'string' ? value : JSON.stringify(value) }))
    },
    ends(code) {
      this.readyState = 3
      this.onclose?.(Object.assign(new Event('close'), { code, reason: '', wasClean: true }))
    },
  }
}
