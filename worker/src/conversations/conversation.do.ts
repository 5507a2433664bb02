import { DurableObject } from 'cloudflare:workers'
import { runSends } from '../messages/send-queue.ts'
import { loadScope } from '../orgs/orgs.repo.ts'
import { syncClock, systemClock } from '../platform/clock.ts'
import type { Env } from '../platform/env.ts'
import { logger } from '../platform/logger.ts'
import type { OrgScope } from '../platform/scope.ts'
import { parseObjectName } from '../platform/scope.ts'
import type { AgentSession } from '../platform/session.ts'
import { createTicketDeps } from '../tickets/ticket-deps.ts'
import type { TicketDeps } from '../tickets/tickets.ports.ts'
import { workOnTicket } from '../tickets/tickets.usecases.ts'
import { livePorts, sendPorts } from './conversation.ports.ts'
import type { Wake } from './conversation.types.ts'
import { LiveSockets, socketSessionSchema } from './live-sockets.ts'
import { LiveTickets } from './live-tickets.repo.ts'
import { SerialRunner } from './serial-runner.ts'

/** After this long the object looks again by itself, whatever became of what it was doing. */
const CRASH_NET_MS = 30_000

/** After an unexpected error the work is tried again this much later. */
const AFTER_ERROR_MS = 5_000

const SAME_ALARM_MS = 20

/**
 * The only one who acts for one conversation. Two queues that never wait for each other, one for Desk and one for WhatsApp, and the
 * sockets of open panels. It holds no truth: every run starts from D1, and a run that a crash cut short starts again by alarm or sweep.
 */
export class Conversation extends DurableObject<Env> {
  readonly #id: { shard: number; orgId: string; id: string }
  readonly #sends: SerialRunner
  readonly #desk: SerialRunner
  readonly #broadcast: SerialRunner
  readonly #sockets: LiveSockets
  readonly #tickets: LiveTickets
  #scope: Promise<OrgScope> | null = null
  #deskDeps: TicketDeps | null = null
  /** When the alarm goes off as far as this instance knows, real time; 0 when it knows of none. */
  #alarmAt = 0

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env)
    this.#id = parseObjectName(ctx.id.name)
    const report = (queue: string) => (error: unknown) =>
      logger.error('conversation.failed', error, { queue, conversationId: this.#id.id })
    const onChanged = (): void => void this.#broadcast.kick()
    this.#sends = new SerialRunner(async () => {
      let hasSent = false
      const nextAt = await runSends(
        sendPorts(await this.#parts(), () => {
          hasSent = true
          onChanged()
        }),
      )
      // What was sent is written into the ticket.
      if (hasSent) void this.#desk.kick()
      return nextAt
    }, report('sends'))
    this.#desk = new SerialRunner(
      async () => (await workOnTicket(await this.#openDesk(onChanged))).nextAt,
      report('desk'),
    )
    this.#sockets = new LiveSockets(
      ctx,
      livePorts(env, this.#id.id, () => this.#openScope()),
    )
    this.#broadcast = new SerialRunner(async () => {
      await this.#sockets.broadcast()
      return null
    }, report('broadcast'))
    this.#tickets = new LiveTickets(ctx.storage.sql)
  }

  /**
   * Facts changed: open panels are told, and the queues look whether there is something to do. Returns before they are done. What came in
   * sends nothing, so only Desk's queue looks then, and the sweep of pending work is net enough: an alarm would cost each message a
   * write of its own.
   */
  wake({ reason }: Wake): void {
    if (reason === 'shown') return this.ctx.waitUntil(this.#run([]))
    const isIncoming = reason === 'inbound' || reason === 'status' || reason === 'media'
    if (!isIncoming) this.#arm(Date.now() + CRASH_NET_MS)
    this.ctx.waitUntil(this.#run(isIncoming ? [this.#desk] : [this.#desk, this.#sends]))
  }

  override async alarm(): Promise<void> {
    this.#alarmAt = 0
    await syncClock(this.env.CLOCK_URL)
    this.#arm(Date.now() + CRASH_NET_MS)
    await this.#run([this.#desk, this.#sends])
  }

  /** A ticket that opens one socket of this conversation within 30 s. */
  issueTicket(session: AgentSession): Promise<{ ticket: string; expiresAt: number }> {
    const kept = {
      agentId: session.agentId,
      name: session.name,
      role: session.role,
      departments: [...session.departments],
      expiresAt: session.expiresAt,
    }
    return this.#tickets.issue(JSON.stringify(kept), systemClock())
  }

  /** The upgrade of a socket: `?ticket=` decides. */
  override async fetch(request: Request): Promise<Response> {
    const ticket = new URL(request.url).searchParams.get('secret') ?? ''
    const session = await this.#tickets.redeem(ticket, systemClock())
    if (session === null) return new Response(null, { status: 401 })
    const pair = new WebSocketPair()
    const kept: unknown = JSON.parse(session)
    await this.#sockets.accept(
      pair[1],
      socketSessionSchema.omit({ seen: true, presence: true, presenceAt: true }).parse(kept),
    )
    await this.#settleAlarm()
    return new Response(null, { status: 101, webSocket: pair[0] })
  }

  override async webSocketMessage(socket: WebSocket, data: string | ArrayBuffer): Promise<void> {
    await this.#sockets.receive(socket, data)
  }

  override async webSocketClose(): Promise<void> {
    this.#sockets.left()
  }

  override async webSocketError(): Promise<void> {
    this.#sockets.left()
  }

  async #run(queues: readonly SerialRunner[]): Promise<void> {
    void this.#broadcast.kick()
    await Promise.all(queues.map((queue) => queue.kick()))
    // The sends may have kicked Desk's queue again.
    await this.#desk.settled()
    await this.#broadcast.kick()
    await this.#settleAlarm()
  }

  /** The alarm goes off when the earliest of the queues wants to run or a session ends; with nothing to wait for it is taken away. */
  async #settleAlarm(): Promise<void> {
    if (this.#sends.isRunning || this.#desk.isRunning) return
    const now = systemClock()
    const times = [this.#sends.nextAt, this.#desk.nextAt, this.#sockets.closeExpired()].flatMap((at) =>
      at === null ? [] : [Number.isNaN(at) ? now + AFTER_ERROR_MS : at],
    )
    if (times.length === 0) {
      if (this.#alarmAt === 0) return
      this.#alarmAt = 0
      return this.ctx.storage.deleteAlarm()
    }
    // The queues speak the platforms' time, alarms real time: only the distance carries over.
    this.#setAlarm(Date.now() + Math.max(0, Math.min(...times) - now))
  }

  /** Makes sure of an alarm no later than this. */
  #arm(at: number): void {
    if (this.#alarmAt < Date.now() || this.#alarmAt > at) this.#setAlarm(at)
  }

  /** Nearly the same time again is not worth a write. */
  #setAlarm(at: number): void {
    if (Math.abs(at - this.#alarmAt) < SAME_ALARM_MS) return
    this.#alarmAt = at
    // Storage keeps writes in order and holds answers back until they are safe; there is nothing to wait for.
    void this.ctx.storage.setAlarm(at)
  }

  /** Made once: the journal of calls to Desk has tables of its own. */
  async #openDesk(onChanged: () => void): Promise<TicketDeps> {
    const scope = await this.#openScope()
    this.#deskDeps ??= createTicketDeps(this.env, scope, this.#id.id, this.ctx.storage, onChanged)
    return this.#deskDeps
  }

  async #parts() {
    return { env: this.env, ctx: this.ctx, scope: await this.#openScope(), conversationId: this.#id.id }
  }

  /** The organisation's scope, read once: an object belongs to one organisation for ever. */
  #openScope(): Promise<OrgScope> {
    this.#scope ??= loadScope(this.env, this.#id.shard, this.#id.orgId).catch((error: unknown) => {
      this.#scope = null
      throw error
    })
    return this.#scope
  }
}
