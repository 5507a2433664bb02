import type { Context } from 'hono'
import { conversationViewSchema, makeTicketBodySchema, ticketFormSchema } from '../../../contract/index.ts'
import { createChannelDeps } from '../channels/channels.ports.ts'
import { createConversationsRepo } from '../conversations/conversations.repo.ts'
import { conversationParams } from '../conversations/conversations.schemas.ts'
import { createDeskGateway } from '../orgs/desk-gateway.ts'
import type { AppEnv } from '../platform/app-env.ts'
import { systemClock } from '../platform/clock.ts'
import { createRouter, defineRoute, jsonAnswer, named } from '../platform/router.ts'
import { objectNames } from '../platform/scope.ts'
import { authOf, visibilityOf } from '../sessions/session.middleware.ts'
import { createTicketsRepo } from '../tickets/tickets.repo.ts'
import { listAssignees } from './agents.cache.ts'
import { createTicketOrdersRepo } from './ticket-orders.repo.ts'
import type { Orderer, TicketOrderPorts } from './ticket-orders.usecases.ts'
import { orderTicket, readTicketForm } from './ticket-orders.usecases.ts'

/** Departments as they were read this long ago are good enough to choose from. */
const DEPARTMENTS_MS = 3_600_000

const tags = ['Inbox']
const nothing = { description: 'There is nothing to make a ticket of, or a colleague makes one just now.' }

const form = defineRoute('agent', {
  method: 'get',
  path: '/api/conversations/{id}/ticket-form',
  tags,
  summary: 'What making a ticket by hand begins with',
  request: { params: conversationParams },
  responses: { 200: jsonAnswer(named('TicketForm', ticketFormSchema), 'Prefilled.'), 409: nothing },
})

const order = defineRoute('agent', {
  method: 'post',
  path: '/api/conversations/{id}/ticket',
  tags,
  summary: 'Make a ticket of a conversation by hand',
  description:
    'The ticket is made in a moment; panels are told of it as of any other. The same order again is the same ticket.',
  request: {
    params: conversationParams,
    body: {
      required: true,
      content: { 'application/json': { schema: named('MakeTicketBody', makeTicketBodySchema) } },
    },
  },
  responses: {
    202: jsonAnswer(named('Conversation', conversationViewSchema), 'Ordered.'),
    409: nothing,
  },
})

export const ticketOrderRoutes = createRouter()
  .openapi(form, async (c) => {
    const { ports, orderer } = contextOf(c)
    return c.json(await readTicketForm(ports, orderer, c.req.valid('param').id), 200)
  })
  .openapi(order, async (c) => {
    const { ports, orderer } = contextOf(c)
    return c.json(await orderTicket(ports, orderer, c.req.valid('param').id, c.req.valid('json')), 202)
  })

function contextOf(c: Context<AppEnv>): { ports: TicketOrderPorts; orderer: Orderer } {
  const { scope, session } = authOf(c)
  const { env } = c
  const channels = createChannelDeps(env, scope)
  return {
    orderer: { id: session.agentId, name: session.name, sees: visibilityOf(session) },
    ports: {
      repo: createConversationsRepo(scope),
      clock: systemClock,
      orders: createTicketOrdersRepo(scope),
      ticketsOf: (id) => createTicketsRepo(scope, id),
      listDepartments: async () => {
        await channels.refreshDepartments(DEPARTMENTS_MS)
        return channels.repo.listDepartments()
      },
      listAssignees: () => listAssignees(env.CACHE, createDeskGateway(env, scope), scope.orgId),
      wake: (id) =>
        env.CONVERSATION.getByName(objectNames.conversation(scope.shard, scope.orgId, id)).wake({ reason: 'send' }),
    },
  }
}
