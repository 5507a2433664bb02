import type { Context } from 'hono'
import { sessionSchema } from '../../../contract/index.ts'
import { createDeskRepo } from '../administration/desk.repo.ts'
import type { DeskGateway } from '../desk/desk.types.ts'
import type { AppEnv } from '../platform/app-env.ts'
import { systemClock } from '../platform/clock.ts'
import type { Env } from '../platform/env.ts'
import { readConfig } from '../platform/env.ts'
import { logger } from '../platform/logger.ts'
import { permitsOf, requirePermit, SESSION_WINDOW_SECONDS } from '../platform/rate-limit.ts'
import { createRouter, defineRoute, jsonAnswer, named } from '../platform/router.ts'
import type { OrgScope } from '../platform/scope.ts'
import { authOf } from './session.middleware.ts'
import { readSessionBody } from './session-body.ts'
import { issueSessionToken } from './session.token.ts'
import { sessionErrors } from './sessions.errors.ts'
import { createAgentsRepo } from './sessions.repo.ts'
import type { OpenSessionPorts } from './sessions.usecases.ts'
import { openSession } from './sessions.usecases.ts'

/** How an organisation's Desk is asked about an agent. */
export type DeskOf = (env: Env, scope: OrgScope) => Pick<DeskGateway, 'getAgent'>

const answer = jsonAnswer(named('Session', sessionSchema), 'A session of 15 minutes.')

/** Described by hand: the body is read by what it is, not by what its Content-Type says (see `readSessionBody`). */
const bodyDescription = {
  schema: {
    type: 'object' as const,
    required: ['portalId', 'userId'],
    properties: {
      portalId: { type: 'string' as const, description: "Desk's portal id (orgId)" },
      userId: { type: 'string' as const, description: "Desk's id of the agent" },
    },
  },
}

const open = defineRoute('install_key', {
  method: 'post',
  path: '/api/session',
  tags: ['Sessions'],
  summary: 'Open a session',
  description: "Called through Desk's proxy, which puts in the install key. The agent is checked in Desk.",
  request: {
    body: {
      required: true,
      content: { 'application/json': bodyDescription, 'application/x-www-form-urlencoded': bodyDescription },
    },
  },
  responses: { 200: answer },
})

const renew = defineRoute('viewer', {
  method: 'post',
  path: '/api/session/renew',
  tags: ['Sessions'],
  summary: 'Renew a session',
  description: 'Gives a new token for one that is still good. The agent is checked again.',
  responses: { 200: answer },
})

export function sessionRoutes(deskOf: DeskOf) {
  return createRouter()
    .openapi(open, async (c) => {
      const installation = c.get('installation')
      if (installation === undefined) throw sessionErrors.keyMissing()
      const { scope, keyName } = installation
      const body = readSessionBody(
        new TextDecoder().decode(await c.req.arrayBuffer()),
        c.req.header('Content-Type') ?? '',
      )
      if (body.portalId !== scope.portalId) throw sessionErrors.portalMismatch()
      await requirePermit(permitsOf(c.env.SESSION_LIMIT), `${keyName}:${body.userId}`, SESSION_WINDOW_SECONDS)
      const session = await openSession(portsOf(c, scope, deskOf), body.userId)
      await createDeskRepo(scope).markKeyUsed(systemClock())
      return c.json(session, 200)
    })
    .openapi(renew, async (c) => {
      const { scope, session } = authOf(c)
      return c.json(await openSession(portsOf(c, scope, deskOf), session.agentId), 200)
    })
}

function portsOf(c: Context<AppEnv>, scope: OrgScope, deskOf: DeskOf): OpenSessionPorts {
  return {
    scope,
    agents: createAgentsRepo(scope),
    desk: deskOf(c.env, scope),
    clock: systemClock,
    logger,
    issue: (who) => issueSessionToken(readConfig(c.env).SESSION_KEY, who, systemClock),
  }
}
