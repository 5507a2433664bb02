import { clientEventSchema, CLOSE_BAD_MESSAGE, CLOSE_SESSION_ENDED } from '../../../contract/index.ts'
import type { Changes, ServerEvent } from '../../../contract/index.ts'
import { z } from 'zod'
import type { Clock } from '../platform/clock.ts'
import { parseJson } from '../platform/http.ts'
import type { PresenceMark } from './presence.model.ts'
import { presenceFor, TYPING_MS } from './presence.model.ts'

/** What an open socket is allowed and has seen; it survives hibernation in the socket's attachment. */
export const socketSessionSchema = z.object({
  agentId: z.string(),
  name: z.string(),
  role: z.enum(['viewer', 'agent', 'admin']),
  departments: z.array(z.string()),
  /** Epoch milliseconds at which the token ends. */
  expiresAt: z.number(),
  /** The last `change` this panel was told. */
  seen: z.number(),
  presence: z.enum(['viewing', 'typing', 'away']),
  presenceAt: z.number(),
})
export type SocketSession = z.infer<typeof socketSessionSchema>

export type LivePorts = {
  clock: Clock
  readChange(): Promise<number>
  readChanges(after: number): Promise<Changes | null>
  /** The department the conversation belongs to now. */
  readDepartment(): Promise<string | null>
  /** The session of a new token of the same agent; null when it is not valid or somebody else's. */
  renew(token: string, agentId: string): Promise<Pick<SocketSession, 'role' | 'departments' | 'expiresAt'> | null>
}

/** The open panels of one conversation: who may hear, what each has heard, who looks and types. */
export class LiveSockets {
  readonly #ctx: DurableObjectState
  readonly #ports: LivePorts

  constructor(ctx: DurableObjectState, ports: LivePorts) {
    this.#ctx = ctx
    this.#ports = ports
    ctx.setWebSocketAutoResponse(new WebSocketRequestResponsePair('ping', 'pong'))
  }

  get isAnybodyThere(): boolean {
    return this.#ctx.getWebSockets().length > 0
  }

  async accept(socket: WebSocket, session: Omit<SocketSession, 'seen' | 'presence' | 'presenceAt'>): Promise<void> {
    this.#ctx.acceptWebSocket(socket)
    const seen = await this.#ports.readChange()
    const now = this.#ports.clock()
    write(socket, { ...session, seen, presence: 'viewing', presenceAt: now })
    send(socket, { type: 'hello', change: seen, now: new Date(now).toISOString() })
    this.#sharePresence()
  }

  /** Tells every panel what it has not seen; closes those whose session ended or whose department no longer fits. */
  async broadcast(): Promise<void> {
    const sockets = this.#open()
    if (sockets.length === 0) return
    const department = await this.#ports.readDepartment()
    const heard = sockets.filter(({ socket, session }) => {
      const mayHear = session.role === 'admin' || (department !== null && session.departments.includes(department))
      if (!mayHear) socket.close(CLOSE_SESSION_ENDED, 'not visible')
      return mayHear
    })
    const oldest = Math.min(...heard.map(({ session }) => session.seen))
    if (!Number.isFinite(oldest)) return
    const changes = await this.#ports.readChanges(oldest)
    if (changes === null || changes.change <= oldest) return
    for (const { socket, session } of heard) tell(socket, session, changes)
  }

  async receive(socket: WebSocket, data: string | ArrayBuffer): Promise<void> {
    const session = read(socket)
    if (session === null || session.expiresAt <= this.#ports.clock()) {
      socket.close(CLOSE_SESSION_ENDED, 'session ended')
      return
    }
    const event = clientEventSchema.safeParse(typeof data === 'string' ? parseJson(data) : undefined)
    if (!event.success) {
      socket.close(CLOSE_BAD_MESSAGE, 'a message this server does not know')
      return
    }
    switch (event.data.type) {
      case 'resume': {
        const changes = await this.#ports.readChanges(event.data.after)
        if (changes !== null) tell(socket, { ...session, seen: event.data.after }, changes)
        return
      }
      case 'presence':
        write(socket, { ...session, presence: event.data.state, presenceAt: this.#ports.clock() })
        this.#sharePresence()
        // The sign ends by itself where nobody says so: a closed laptop types no more.
        if (event.data.state === 'typing') setTimeout(() => this.#sharePresence(), TYPING_MS + 50)
        return
      case 'renew': {
        const renewed = await this.#ports.renew(event.data.token, session.agentId)
        if (renewed === null) {
          socket.close(CLOSE_SESSION_ENDED, 'token refused')
          return
        }
        write(socket, { ...session, ...renewed })
        send(socket, { type: 'renewed', expiresAt: new Date(renewed.expiresAt).toISOString() })
      }
    }
  }

  /** A panel went away. */
  left(): void {
    this.#sharePresence()
  }

  /** When the next session ends, epoch milliseconds, so that its socket is closed then; null when nobody is there. */
  closeExpired(): number | null {
    const now = this.#ports.clock()
    let next = Number.POSITIVE_INFINITY
    for (const { socket, session } of this.#open()) {
      if (session.expiresAt <= now) socket.close(CLOSE_SESSION_ENDED, 'session ended')
      else next = Math.min(next, session.expiresAt)
    }
    return Number.isFinite(next) ? next : null
  }

  #open(): Array<{ socket: WebSocket; session: SocketSession }> {
    return this.#ctx.getWebSockets().flatMap((socket) => {
      const session = socket.readyState === WebSocket.OPEN ? read(socket) : null
      return session === null ? [] : [{ socket, session }]
    })
  }

  #sharePresence(): void {
    const sockets = this.#open()
    const now = this.#ports.clock()
    const marks: PresenceMark[] = sockets.map(({ session }) => ({
      agentId: session.agentId,
      name: session.name,
      state: session.presence,
      at: session.presenceAt,
    }))
    for (const { socket, session } of sockets)
      send(socket, { type: 'presence', ...presenceFor(session.agentId, marks, now) })
  }
}

function tell(socket: WebSocket, session: SocketSession, changes: Changes): void {
  if (changes.change <= session.seen) return
  send(socket, { type: 'changes', ...changes, since: Math.min(changes.since, session.seen) })
  write(socket, { ...session, seen: changes.change })
}

function send(socket: WebSocket, event: ServerEvent): void {
  try {
    socket.send(JSON.stringify(event))
  } catch {
    // The other end is gone; the runtime reports the close itself, and the panel resumes by its last change.
    return
  }
}

function read(socket: WebSocket): SocketSession | null {
  const session = socketSessionSchema.safeParse(socket.deserializeAttachment())
  return session.success ? session.data : null
}

function write(socket: WebSocket, session: SocketSession): void {
  socket.serializeAttachment(session)
}
