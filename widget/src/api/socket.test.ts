import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createFakeSocket } from '../../test/fake-socket.ts'
import type { FakeSocket } from '../../test/fake-socket.ts'
import { connect } from './socket.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

function opened() {
  const seen: { open: number; events: string[]; ends: { wasOpen: boolean; code: number }[] } = {
    open: 0,
    events: [],
    ends: [],
  }
  const sockets: FakeSocket[] = []
  const connection = connect(
    (url) => {
      const socket = createFakeSocket(url)
      sockets.push(socket)
      return socket
    },
    'wss://w.example/live',
    {
      onOpen: () => seen.open++,
      onEvent: (event) => seen.events.push(event.type),
      onClose: (end) => seen.ends.push(end),
    },
  )
  const [socket] = sockets
  if (socket === undefined) throw new Error('no socket was opened')
  return { seen, socket, connection }
}

describe('a connection', () => {
  it('hands over events of the contract and passes over everything else', () => {
    const { seen, socket } = opened()
    socket.opens()
    socket.says({ type: 'presence', agents: [] })
    socket.says('pong')
    socket.says('no JSON')
    socket.says({ type: 'weather', sun: true })
    expect(seen.events).toEqual(['presence'])
  })

  it('sends only while it is open', () => {
    const { socket, connection } = opened()
    connection.send({ type: 'resume', after: 1 })
    socket.opens()
    connection.send({ type: 'resume', after: 2 })
    expect(socket.sent).toEqual(['{"type":"resume","after":2}'])
  })

  it('ends once when the other side closes', () => {
    const { seen, socket, connection } = opened()
    socket.opens()
    socket.ends(4001)
    connection.close()
    expect(seen.ends).toEqual([{ wasOpen: true, code: 4001 }])
  })

  it('asks every 25 s whether somebody is there, and ends when nobody says so', () => {
    const { seen, socket } = opened()
    socket.opens()
    vi.advanceTimersByTime(25_000)
    expect(socket.sent).toEqual(['ping'])
    socket.says('pong')
    vi.advanceTimersByTime(25_000)
    expect(socket.sent).toEqual(['ping', 'ping'])
    vi.advanceTimersByTime(10_000)
    expect(seen.ends).toEqual([{ wasOpen: true, code: 0 }])
    expect(socket.isClosed).toBe(true)
  })

  it('gives up on a socket that does not open within 10 s', () => {
    const { seen } = opened()
    vi.advanceTimersByTime(10_000)
    expect(seen.ends).toEqual([{ wasOpen: false, code: 0 }])
  })
})

it('takes a browser that throws for a closed door', async () => {
  const ends: boolean[] = []
  connect(
    () => {
      throw new DOMException('refused by the policy', 'SecurityError')
    },
    'wss://x',
    { onOpen: () => undefined, onEvent: () => undefined, onClose: ({ wasOpen }) => ends.push(wasOpen) },
  )
  await vi.waitFor(() => expect(ends).toEqual([false]), { timeout: 10_000 })
})
