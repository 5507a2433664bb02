import type { Context } from 'hono'
import {
  conversationListSchema,
  conversationQuerySchema,
  conversationViewSchema,
  sendingSchema,
  ticketConversationSchema,
} from '../../../contract/index.ts'
import type { AppEnv } from '../platform/app-env.ts'
import { systemClock } from '../platform/clock.ts'
import { createRouter, defineRoute, jsonAnswer, named } from '../platform/router.ts'
import { createQuotasRepo } from '../quotas/quotas.repo.ts'
import { readSending } from '../quotas/quotas.usecases.ts'
import { authOf, visibilityOf } from '../sessions/session.middleware.ts'
import { createConversationsRepo } from './conversations.repo.ts'
import { conversationParams, ticketParams } from './conversations.schemas.ts'
import { findParties, getConversation, getTicketConversation, listConversations } from './conversations.usecases.ts'

const tags = ['Conversations']

const list = defineRoute('viewer', {
  method: 'get',
  path: '/api/conversations',
  tags,
  summary: 'List or search conversations',
  description:
    'Newest message first. `query` finds a name, a user name, a user id and any writing of the phone number. A page may be shorter ' +
    'than `limit` and still have a `cursor`; the list ends where `cursor` is null.',
  request: { query: conversationQuerySchema },
  responses: { 200: jsonAnswer(named('ConversationList', conversationListSchema), 'A page of conversations.') },
})

const single = defineRoute('viewer', {
  method: 'get',
  path: '/api/conversations/{id}',
  tags,
  summary: 'One conversation',
  request: { params: conversationParams },
  responses: { 200: jsonAnswer(named('Conversation', conversationViewSchema), 'The conversation.') },
})

const ofTicket = defineRoute('viewer', {
  method: 'get',
  path: '/api/tickets/{ticketId}/conversation',
  tags,
  summary: 'The conversation of a Desk ticket',
  description: '`conversation` is null for a ticket without WhatsApp. Costs no call to Desk.',
  request: { params: ticketParams },
  responses: { 200: jsonAnswer(named('TicketConversation', ticketConversationSchema), 'The conversation, or null.') },
})

const sending = defineRoute('viewer', {
  method: 'get',
  path: '/api/conversations/{id}/sending',
  tags,
  summary: 'Whether an answer would be accepted here, and the places it would take from',
  request: { params: conversationParams },
  responses: {
    200: jsonAnswer(named('Sending', sendingSchema), 'What the limits say; the 24-hour window is another thing.'),
  },
})

export const conversationRoutes = createRouter()
  .openapi(list, async (c) => {
    const { ports, seen } = contextOf(c)
    return c.json(await listConversations(ports, seen, c.req.valid('query')), 200)
  })
  .openapi(single, async (c) => {
    const { ports, seen } = contextOf(c)
    return c.json(await getConversation(ports, seen, c.req.valid('param').id), 200)
  })
  .openapi(sending, async (c) => {
    const { ports, seen } = contextOf(c)
    const { phoneNumberId, contactId } = await findParties(ports, seen, c.req.valid('param').id)
    return c.json(await readSending(createQuotasRepo(authOf(c).scope), phoneNumberId, contactId, systemClock()), 200)
  })
  .openapi(ofTicket, async (c) => {
    const { ports, seen } = contextOf(c)
    return c.json(await getTicketConversation(ports, seen, c.req.valid('param').ticketId), 200)
  })

function contextOf(c: Context<AppEnv>) {
  const { scope, session } = authOf(c)
  return {
    ports: { repo: createConversationsRepo(scope), clock: systemClock },
    seen: visibilityOf(session),
  }
}
