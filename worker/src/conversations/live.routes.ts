import { z } from '@hono/zod-openapi'
import { conversationIdSchema, liveTicketSchema } from '../../../contract/index.ts'
import { systemClock } from '../platform/clock.ts'
import { readConfig } from '../platform/env.ts'
import { AppError } from '../platform/errors.ts'
import { createRouter, defineRoute, jsonAnswer, named } from '../platform/router.ts'
import { objectNames, SHARD_COUNT } from '../platform/scope.ts'
import { authOf, visibilityOf } from '../sessions/session.middleware.ts'
import { createConversationsRepo } from './conversations.repo.ts'
import { getConversation } from './conversations.usecases.ts'

const params = z.object({ id: conversationIdSchema })

const ticketRoute = defineRoute('viewer', {
  method: 'post',
  path: '/api/conversations/{id}/live-ticket',
  summary: 'Get a ticket that opens one WebSocket within 30 seconds',
  request: { params },
  responses: { 200: jsonAnswer(named('LiveTicket', liveTicketSchema), 'The address to open, ticket included.') },
})

const liveRoute = defineRoute('socket_ticket', {
  method: 'get',
  path: '/api/conversations/{id}/live',
  summary: 'The WebSocket of an open panel',
  description:
    'Upgrade with a ticket of POST …/live-ticket. Messages of both directions are described in contract/live.ts.',
  request: { params, query: z.object({ ticket: z.string().max(120) }) },
  responses: {
    101: { description: 'Switching to WebSocket.' },
    426: { description: 'This address takes WebSockets only.' },
  },
})

/** `<shard>.<organisation>.<secret>`: names the object that keeps the ticket; the secret is what counts. */
const TICKET = /^(\d{1,3})\.(org_[a-z0-9]{12,40})\.([0-9a-z]{40})$/

const refused = () =>
  new AppError({
    code: 'live.ticket_refused',
    status: 401,
    message: 'This ticket was used, is over, or was never given. Get a new one.',
  })

export const liveRoutes = createRouter()
  .openapi(ticketRoute, async (c) => {
    const { id } = c.req.valid('param')
    const { session, scope } = authOf(c)
    await getConversation({ repo: createConversationsRepo(scope), clock: systemClock }, visibilityOf(session), id)
    const conversation = c.env.CONVERSATION.getByName(objectNames.conversation(scope.shard, scope.orgId, id))
    const { ticket: secret, expiresAt } = await conversation.issueTicket(session)
    const ticket = `${scope.shard}.${scope.orgId}.${secret}`
    const origin = (readConfig(c.env).PUBLIC_ORIGIN ?? new URL(c.req.url).origin)
      .replace(/^http/, 'ws')
      .replace(/\/+$/, '')
    return c.json(
      {
        ticket,
        expiresAt: new Date(expiresAt).toISOString(),
        url: `${origin}/api/conversations/${id}/live?ticket=${ticket}`,
      },
      200,
    )
  })
  .openapi(liveRoute, async (c) => {
    if (c.req.header('Upgrade')?.toLowerCase() !== 'websocket') {
      throw new AppError({ code: 'live.upgrade_needed', status: 426, message: 'This address takes WebSockets only.' })
    }
    const [, shard = '', orgId = '', secret = ''] = TICKET.exec(c.req.valid('query').ticket) ?? []
    if (secret === '' || Number(shard) >= SHARD_COUNT) throw refused()
    const name = objectNames.conversation(Number(shard), orgId, c.req.valid('param').id)
    const answer = await c.env.CONVERSATION.getByName(name).fetch(`https://conversation/live?secret=${secret}`, {
      headers: { Upgrade: 'websocket' },
    })
    if (answer.status === 401) throw refused()
    return answer
  })
