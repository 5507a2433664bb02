import { getRequestListener } from '@hono/node-server'
import { Hono } from 'hono'
import type { Context, MiddlewareHandler } from 'hono'
import { createServer } from 'node:http'
import type { Server } from 'node:http'
import { z } from 'zod'
import type { SandboxClock } from './clock.ts'
import { Faults } from './faults.ts'
import type { FaultRule } from './faults.ts'
import { Journal } from './journal.ts'

/** The last time that a Date can hold. */
const LAST_TIME_MS = 8.64e15

/** What both doubles share: a journal, faults, a clock and the control calls under `/__sandbox/`. */
export type Platform = {
  app: Hono
  journal: Journal
  faults: Faults
  clock: SandboxClock
}

/** By how much the clock moves, or where to; negative and past values move it back. */
const clockMove = z.union([
  z.strictObject({ advanceMs: z.int() }),
  z.strictObject({ to: z.union([z.int().min(0).max(LAST_TIME_MS), z.iso.datetime({ offset: true })]) }),
])

const CLOCK_MOVE_HINT =
  'advanceMs (whole milliseconds) or to (ISO 8601 with its offset, or epoch milliseconds) is needed'

export type PlatformOptions = {
  clock: SandboxClock
  /** What `GET /__sandbox/state` answers. */
  state: () => unknown
  /** Paths kept out of the journal and of faults (pages, styles, sockets). */
  isInternal?: (path: string) => boolean
  /** Runs around the faults too, so that a delayed request counts as one that is under way. */
  around?: MiddlewareHandler
  /** Awaited after `POST /__sandbox/clock` moved the clock: what became due is done before the call is answered. */
  onClockMoved?: () => Promise<void>
}

/** The connection is cut without an answer; the node listener below sees it and destroys the socket. */
const CUT = 'x-sandbox-cut'

/** A Hono app whose every platform request is journalled and may meet a fault. Add the platform's routes to `app`. */
export function createPlatform(options: PlatformOptions): Platform {
  const app = new Hono()
  const journal = new Journal()
  const faults = new Faults()
  const isInternal = (path: string): boolean => path.startsWith('/__sandbox/') || (options.isInternal?.(path) ?? false)

  app.use('*', journalled(journal, isInternal))
  if (options.around !== undefined) app.use('*', options.around)
  app.use('*', faulty(app, faults, isInternal))
  app.get('/__sandbox/journal', (c) => c.json(journal.list()))
  app.delete('/__sandbox/journal', (c) => {
    journal.clear()
    return c.body(null, 204)
  })
  app.get('/__sandbox/state', (c) =>
    c.body(JSON.stringify(options.state()), 200, { 'content-type': 'application/json' }),
  )
  app.get('/__sandbox/faults', (c) => c.json(faults.list()))
  app.post('/__sandbox/faults', async (c) => {
    try {
      return c.json({ id: faults.add(await c.req.json<FaultRule>()) })
    } catch (error) {
      return c.json({ error: error instanceof Error ? error.message : String(error) }, 400)
    }
  })
  app.delete('/__sandbox/faults', (c) => {
    faults.clear()
    return c.body(null, 204)
  })
  const clockView = (): { now: string; offsetMs: number } => ({
    now: options.clock.iso(),
    offsetMs: options.clock.offsetMs,
  })
  app.get('/__sandbox/clock', (c) => c.json(clockView()))
  app.post('/__sandbox/clock', async (c) => {
    const move = clockMove.safeParse(await readBody(c.req.raw))
    if (!move.success) return c.json({ error: CLOCK_MOVE_HINT }, 400)
    if ('to' in move.data) options.clock.moveTo(new Date(move.data.to).getTime())
    else options.clock.advance(move.data.advanceMs)
    await options.onClockMoved?.()
    return c.json(clockView())
  })
  return { app, journal, faults, clock: options.clock }
}

function journalled(journal: Journal, isInternal: (path: string) => boolean): MiddlewareHandler {
  return async (c, next) => {
    const url = new URL(c.req.url)
    if (isInternal(url.pathname) || lateRequests.has(c.req.raw)) return next()
    const started = performance.now()
    const body = await readBody(c.req.raw.clone())
    await next()
    const isCut = c.res.headers.has(CUT)
    journal.record({
      at: new Date().toISOString(),
      method: c.req.method,
      path: url.pathname,
      query: Object.fromEntries(url.searchParams),
      headers: c.req.header(),
      body,
      status: isCut ? 0 : c.res.status,
      answer: isCut ? null : await readBody(c.res.clone()),
      ms: Math.round(performance.now() - started),
    })
  }
}

function faulty(app: Hono, faults: Faults, isInternal: (path: string) => boolean): MiddlewareHandler {
  return async (c, next) => {
    const path = new URL(c.req.url).pathname
    const isExempt = isInternal(path) || lateRequests.has(c.req.raw)
    const fault = isExempt ? undefined : faults.take(c.req.method, path)
    if (fault === undefined) return next()
    const delayMs = fault.delayMs ?? 3_000
    switch (fault.kind) {
      case 'error':
        return answerOf(fault)
      case 'drop':
        return cut()
      case 'timeout':
        await next()
        c.res = cut()
        return
      case 'delay':
        await sleep(delayMs)
        return next()
      case 'late':
        return workLater(app, c, delayMs)
      default:
        return next()
    }
  }
}

/** Requests that run their work after their answer was already lost: no journal entry, no second fault. */
const lateRequests = new WeakSet<Request>()

/** Answers nothing now; the same request is handled after the delay, its answer going nowhere. */
async function workLater(app: Hono, c: Context, delayMs: number): Promise<Response> {
  // The body must be read before the socket is cut, or it is gone.
  const bytes = await c.req.raw.clone().arrayBuffer()
  const again = new Request(c.req.raw.url, {
    method: c.req.method,
    headers: c.req.raw.headers,
    ...(bytes.byteLength > 0 ? { body: bytes } : {}),
  })
  lateRequests.add(again)
  setTimeout(() => void app.fetch(again), delayMs)
  return cut()
}

function answerOf(fault: FaultRule): Response {
  const body = fault.body ?? { errorCode: 'INTERNAL_SERVER_ERROR', message: 'A fault of the sandbox.' }
  return new Response(typeof body === 'string' ? body : JSON.stringify(body), {
    status: fault.status ?? 500,
    headers: { 'content-type': 'application/json', ...fault.headers },
  })
}

function cut(): Response {
  return new Response(null, { status: 500, headers: { [CUT]: '1' } })
}

async function readBody(message: Request | Response): Promise<unknown> {
  const type = message.headers.get('content-type') ?? ''
  if (type.startsWith('multipart/form-data')) return '(multipart)'
  if (type !== '' && !/json|text|form-urlencoded/.test(type)) return '(bytes)'
  try {
    const text = await message.text()
    if (text === '') return null
    try {
      return JSON.parse(text)
    } catch {
      return text
    }
  } catch {
    return null
  }
}

export function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}

/** Serves an app on loopback; an answer marked as cut closes the connection instead of being sent. Resolves when listening. */
export function listen(app: Hono, port: number): Promise<Server> {
  const listener = getRequestListener(async (request, env) => {
    const response = await app.fetch(request, env)
    if (response.headers.has(CUT)) {
      env.incoming.socket.destroy()
    }
    return response
  })
  return new Promise((resolve, reject) => {
    const server = createServer((incoming, outgoing) => void listener(incoming, outgoing))
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => resolve(server))
  })
}
