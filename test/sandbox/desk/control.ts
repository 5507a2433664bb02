import type { Context, Hono } from 'hono'
import { revokeAll } from './accounts/tokens.ts'
import type { DeskContext } from './context.ts'
import { creditLimit } from './rest/credits.ts'
import { commentView } from './rest/comments.model.ts'
import { isObject } from './rest/input.ts'
import { singleTicketView } from './rest/ticket-view.ts'
import { attachmentView } from './rest/uploads.model.ts'
import { changedSettings } from './settings.ts'
import type { Portal, Ticket } from './state.ts'

/**
 * Control calls of the Desk double beside those of the platform:
 * - `GET|POST /__sandbox/settings`: read, change (see `DeskSettings`).
 * - `POST /__sandbox/revoke {orgId?, agentId?}`: access is withdrawn, as an administrator can do at Zoho; without
 *   fields everybody's.
 * - `POST /__sandbox/agents {orgId, agentId, status?, departmentIds?, rolePermissionType?}`: changes an agent.
 * - `POST /__sandbox/credits {orgId, used}`: sets the credits used today.
 * - `POST /__sandbox/config {orgId, name, value}`: a configuration parameter; `POST /__sandbox/callback {orgId, event}`:
 *   one of the extension's callbacks (both in `pages.routes.ts`).
 */
export function addControlRoutes(app: Hono, desk: DeskContext): void {
  app.get('/__sandbox/settings', (c) => c.json(desk.state.settings))
  app.post('/__sandbox/settings', (c) =>
    controlled(c, (body) => {
      desk.state.settings = changedSettings(desk.state.settings, body)
      desk.changes.tell({ kind: 'settings' })
      return desk.state.settings
    }),
  )
  app.post('/__sandbox/revoke', (c) =>
    controlled(c, (body) => {
      revokeAll(desk.state.accounts, (grant) => {
        const isOrg = body.orgId === undefined || grant.orgId === body.orgId
        return isOrg && (body.agentId === undefined || grant.agentId === body.agentId)
      })
      desk.save()
      return { status: 'success' }
    }),
  )
  app.post('/__sandbox/agents', (c) =>
    controlled(c, (body) => {
      const agent = portalNamed(desk, body.orgId).agents.find((entry) => entry.id === body.agentId)
      if (agent === undefined) throw new Error('agentId: no such agent')
      if (body.status === 'ACTIVE' || body.status === 'DISABLED') agent.status = body.status
      const role = body.rolePermissionType
      if (role === 'Admin' || role === 'AgentPublic' || role === 'Light') agent.rolePermissionType = role
      if (Array.isArray(body.departmentIds)) agent.departmentIds = body.departmentIds.map(String)
      desk.save()
      return agent
    }),
  )
  app.post('/__sandbox/credits', (c) =>
    controlled(c, (body) => {
      const portal = portalNamed(desk, body.orgId)
      portal.credits = { day: desk.clock.iso().slice(0, 10), used: Number(body.used ?? 0) }
      desk.save()
      return portal.credits
    }),
  )
}

/** What `GET /__sandbox/state` answers: records as REST gives them, no tokens and no secure parameters. */
export function stateView(desk: DeskContext): Record<string, unknown> {
  const portals = Object.values(desk.state.portals)
  return {
    now: desk.clock.iso(),
    settings: desk.state.settings,
    portals: portals.map((portal) => ({
      orgId: portal.orgId,
      companyName: portal.companyName,
      departments: portal.departments,
      agents: portal.agents,
      credits: { ...portal.credits, limit: creditLimit(portal, desk.state.settings) },
      extension: {
        installationId: portal.extension.installationId,
        isInstalled: portal.extension.isInstalled,
        configNames: Object.keys(portal.extension.config),
      },
    })),
    contacts: portals.flatMap((portal) =>
      Object.values(portal.contacts).map((contact) => ({ orgId: portal.orgId, ...contact })),
    ),
    tickets: portals.flatMap((portal) =>
      Object.values(portal.tickets).map((ticket) => ticketState(desk, portal, ticket)),
    ),
  }
}

function ticketState(desk: DeskContext, portal: Portal, ticket: Ticket): Record<string, unknown> {
  return {
    orgId: portal.orgId,
    ...singleTicketView(desk, portal, ticket),
    mergedInto: ticket.mergedInto,
    tags: ticket.tags,
    comments: ticket.comments.map((comment) => commentView(desk, portal, ticket, comment)),
    attachments: ticket.attachmentIds.flatMap((id) => {
      const upload = portal.uploads[id]
      return upload === undefined
        ? []
        : [attachmentView(desk, upload, `tickets/${ticket.id}/attachments/${id}/content`)]
    }),
  }
}

/** Throws a readable Error when no portal has this id. */
export function portalNamed(desk: DeskContext, orgId: unknown): Portal {
  const portal = desk.state.portals[typeof orgId === 'string' ? orgId : '']
  if (portal === undefined) throw new Error(`orgId: one of ${Object.keys(desk.state.portals).join(', ')}`)
  return portal
}

/** Runs a control call on its JSON object; a thrown Error becomes 400 with its message. */
export async function controlled(c: Context, run: (body: Record<string, unknown>) => unknown): Promise<Response> {
  try {
    const text = await c.req.text()
    const body: unknown = text === '' ? {} : JSON.parse(text)
    if (!isObject(body)) throw new Error('a JSON object is needed')
    return Response.json((await run(body)) ?? {})
  } catch (error) {
    return Response.json({ error: error instanceof Error ? error.message : String(error) }, { status: 400 })
  }
}
