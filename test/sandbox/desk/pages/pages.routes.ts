import type { Context, Hono } from 'hono'
import { streamSSE } from 'hono/streaming'
import { controlled, portalNamed } from '../control.ts'
import { findAgent } from '../context.ts'
import type { DeskContext } from '../context.ts'
import { DeskError } from '../errors.ts'
import { isCallbackEvent } from '../extension/callbacks.ts'
import type { CallbackEvent } from '../extension/callbacks.ts'
import { visibleConfig } from '../extension/config-params.ts'
import type { ExtensionDatabase } from '../extension/database.ts'
import type { Manifest } from '../extension/manifest.ts'
import { runProxy } from '../extension/proxy.ts'
import type { ProxyPlace } from '../extension/proxy.ts'
import { needTicket } from '../rest/ticket-rules.ts'
import type { Doer } from '../rest/tickets.model.ts'
import { fileResponse } from '../rest/uploads.model.ts'
import { PSEUDO_LOCALE, pseudoWords } from './pseudo-locale.ts'
import { bootData, configItems, ticketPage, ticketRows } from './page-data.ts'
import { runTicketAction } from './ticket-actions.ts'

const BASE = '/__sandbox/desk'
/** Header of every call a page makes: `orgId/agentId` of the agent who uses it. */
const AGENT_HEADER = 'x-sandbox-agent'

export type PageParts = {
  desk: DeskContext
  manifestOf: () => Manifest
  widgetOrigin: string
  localeFiles: () => Record<string, Record<string, string>>
  database: ExtensionDatabase
  /** Stores a configuration parameter and tells the extension's server. */
  setConfig: (orgId: string, name: string, value: string) => void
  /** Plays an event of the extension's life; resolves to the listener's status. */
  play: (orgId: string, event: CallbackEvent) => Promise<number | undefined>
}

/** What Desk's pages call: not part of the platform, not journalled, costs no credits. */
export function addPageRoutes(app: Hono, parts: PageParts): void {
  const { desk, manifestOf } = parts
  app.get(`${BASE}/boot`, (c) => c.json(bootData(desk, manifestOf(), parts.widgetOrigin)))
  app.get(`${BASE}/tickets`, (c) => asAgent(c, desk, (doer) => ticketRows(doer.portal, doer.agent)))
  app.get(`${BASE}/tickets/:id`, (c) =>
    asAgent(c, desk, ({ portal, agent }) => ticketPage(portal, needTicket(portal, agent, c.req.param('id')))),
  )
  app.post(`${BASE}/actions/:action`, (c) =>
    asAgent(c, desk, async (doer) => {
      const result = runTicketAction(doer, c.req.param('action'), await c.req.json())
      desk.save()
      return result
    }),
  )
  app.get(`${BASE}/locale/:code`, (c) => c.json(localeWords(parts.localeFiles(), c.req.param('code'))))
  app.get(`${BASE}/files/:orgId/:id`, (c) => {
    const upload = desk.state.portals[c.req.param('orgId')]?.uploads[c.req.param('id')]
    return upload === undefined ? c.notFound() : fileResponse(desk, upload)
  })
  app.get(`${BASE}/config`, (c) =>
    asAgent(c, desk, ({ portal }) => ({
      items: configItems(portal, manifestOf()),
      visible: visibleConfig(portal, manifestOf()),
    })),
  )
  app.post(`${BASE}/config`, (c) =>
    asAgent(c, desk, async ({ portal }) => {
      const { name, value } = await c.req.json<{ name: string; value: string }>()
      parts.setConfig(portal.orgId, name, value)
      return {}
    }),
  )
  app.post(`${BASE}/proxy`, (c) =>
    asAgent(c, desk, async ({ portal }) => {
      const options: unknown = await c.req.json()
      return proxied(options, {
        manifest: manifestOf(),
        config: portal.extension.config,
        settings: desk.state.settings,
      })
    }),
  )
  app.post(`${BASE}/database`, (c) =>
    asAgent(c, desk, async ({ portal }) => {
      const { use, value } = await c.req.json<{ use: string; value: unknown }>()
      if (!manifestOf().hasStorage) throw new Error('database: the manifest has no storage')
      const { extension } = portal
      if (use === 'read') return { data: parts.database.get(extension.database, value) }
      extension.database =
        use === 'write'
          ? parts.database.set(extension.database, value)
          : parts.database.delete(extension.database, value)
      desk.save()
      return {}
    }),
  )
  app.get(`${BASE}/events`, (c) => events(c, desk))
  app.post('/__sandbox/config', (c) =>
    controlled(c, (body) => {
      const portal = portalNamed(desk, body.orgId)
      parts.setConfig(portal.orgId, String(body.name), String(body.value))
    }),
  )
  app.post('/__sandbox/callback', (c) =>
    controlled(c, async (body) => {
      if (!isCallbackEvent(body.event)) throw new Error('event: onInstall, onUninstall, onUpdate, …')
      const status = await parts.play(portalNamed(desk, body.orgId).orgId, body.event)
      return { status: status ?? null }
    }),
  )
}

/** A refused call is the widget's affair: for the page it is an answer like another. */
async function proxied(options: unknown, place: ProxyPlace): Promise<{ result: string } | { refusal: string }> {
  try {
    return { result: await runProxy(options, place) }
  } catch (error) {
    return { refusal: error instanceof Error ? error.message : String(error) }
  }
}

/** The language's own words, or English ones, as Desk gives them to an extension. */
function localeWords(files: Record<string, Record<string, string>>, code: string): Record<string, string> {
  const own = files[code]
  if (own !== undefined) return own
  const english = files.en ?? {}
  return code === PSEUDO_LOCALE ? pseudoWords(english) : english
}

/** Tells the page of every change until it goes away. */
function events(c: Context, desk: DeskContext): Response {
  return streamSSE(c, async (stream) => {
    const ended = Promise.withResolvers<void>()
    stream.onAbort(() => ended.resolve())
    const stop = desk.changes.listen((change) => void stream.writeSSE({ data: JSON.stringify(change) }))
    await stream.writeSSE({ event: 'ready', data: '' })
    await ended.promise
    stop()
  })
}

/** Runs for the agent the page names; refusals become an error sentence. */
async function asAgent(c: Context, desk: DeskContext, run: (doer: Doer) => unknown): Promise<Response> {
  const [orgId = '', agentId = ''] = (c.req.header(AGENT_HEADER) ?? '').split('/')
  const portal = desk.state.portals[orgId]
  const agent = portal === undefined ? undefined : findAgent(portal, agentId)
  if (portal === undefined || agent === undefined)
    return Response.json({ error: 'Nobody is signed in.' }, { status: 401 })
  try {
    return Response.json((await run({ desk, portal, agent })) ?? {})
  } catch (error) {
    const status = error instanceof DeskError ? error.status : 400
    return Response.json({ error: error instanceof Error ? error.message : String(error) }, { status })
  }
}
