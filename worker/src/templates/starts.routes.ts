import type { Context } from 'hono'
import {
  sendMessageAnswerSchema,
  sendTemplateBodySchema,
  startConversationAnswerSchema,
  startConversationBodySchema,
  startOptionsSchema,
} from '../../../contract/index.ts'
import { createConversationsRepo } from '../conversations/conversations.repo.ts'
import { conversationParams, ticketParams } from '../conversations/conversations.schemas.ts'
import { getConversation } from '../conversations/conversations.usecases.ts'
import { createReadPorts } from '../messages/messages.read.ports.ts'
import { listMessageViewsBySeq } from '../messages/messages.read.usecases.ts'
import { sendErrors } from '../messages/sends.errors.ts'
import type { AppEnv } from '../platform/app-env.ts'
import { systemClock } from '../platform/clock.ts'
import { readConfig } from '../platform/env.ts'
import { createRouter, defineRoute, jsonAnswer, named } from '../platform/router.ts'
import { authOf, visibilityOf } from '../sessions/session.middleware.ts'
import type { AcceptedTemplate } from './start-messages.repo.ts'
import { readStartOptions } from './start-options.usecases.ts'
import { sendTemplate, startConversation } from './starts.usecases.ts'
import { createStartPorts } from './templates.deps.ts'

const tags = ['Templates']
const conflict = { description: 'A limit refuses it, or the ticket or the clientId belongs to something else.' }
const known = 'This clientId was accepted before; nothing is sent again.'
const startAnswer = named('StartConversationAnswer', startConversationAnswerSchema)
const sendAnswer = named('SendTemplateAnswer', sendMessageAnswerSchema)

const start = defineRoute('agent', {
  method: 'post',
  path: '/api/conversations',
  tags,
  summary: 'Start a conversation with a template',
  description:
    'Finds or makes the customer and their conversation with the number. With `ticketId` the conversation goes on in that ticket of Desk. ' +
    'The same clientId again is the same message.',
  request: {
    body: {
      required: true,
      content: { 'application/json': { schema: named('StartConversationBody', startConversationBodySchema) } },
    },
  },
  responses: {
    201: jsonAnswer(startAnswer, 'Accepted for sending.'),
    200: jsonAnswer(startAnswer, known),
    404: { description: 'There is no such number, ticket or approved template for who asks.' },
    409: conflict,
  },
})

const options = defineRoute('agent', {
  method: 'get',
  path: '/api/tickets/{ticketId}/start',
  tags,
  summary: 'What a conversation from a ticket begins with: whom, from where',
  request: { params: ticketParams },
  responses: {
    200: jsonAnswer(named('StartOptions', startOptionsSchema), 'The ticket’s contact and the numbers one may use.'),
    409: { description: 'Desk is not connected.' },
    503: { description: 'Desk does not answer right now.' },
  },
})

const send = defineRoute('agent', {
  method: 'post',
  path: '/api/conversations/{id}/template',
  tags,
  summary: 'Send a template to the customer',
  description: 'Also outside the 24-hour window. The same clientId again is the same message.',
  request: {
    params: conversationParams,
    body: {
      required: true,
      content: { 'application/json': { schema: named('SendTemplateBody', sendTemplateBodySchema) } },
    },
  },
  responses: {
    201: jsonAnswer(sendAnswer, 'Accepted for sending.'),
    200: jsonAnswer(sendAnswer, known),
    409: conflict,
  },
})

export const startRoutes = createRouter()
  .openapi(start, async (c) => {
    const { agent, ports } = contextOf(c)
    const accepted = await startConversation(ports, agent, c.req.valid('json'))
    const [conversation, message] = await Promise.all([
      readConversation(c, accepted.row.conversation_id),
      readMessage(c, accepted),
    ])
    return c.json({ conversation, message }, accepted.isNew ? 201 : 200)
  })
  .openapi(options, async (c) => {
    const { agent, ports } = contextOf(c)
    return c.json(await readStartOptions(ports, agent.sees, c.req.valid('param').ticketId), 200)
  })
  .openapi(send, async (c) => {
    const { agent, ports } = contextOf(c)
    const { id, channel } = await readConversation(c, c.req.valid('param').id)
    const target = { id, phoneNumberId: channel.phoneNumberId }
    const accepted = await sendTemplate(ports, agent, target, c.req.valid('json'))
    return c.json({ message: await readMessage(c, accepted) }, accepted.isNew ? 201 : 200)
  })

function contextOf(c: Context<AppEnv>) {
  const { scope, session } = authOf(c)
  return {
    agent: { id: session.agentId, name: session.name, sees: visibilityOf(session) },
    ports: createStartPorts(c.env, scope),
  }
}

/** 404 where the agent may not see it. */
function readConversation(c: Context<AppEnv>, id: string) {
  const { scope, session } = authOf(c)
  return getConversation({ repo: createConversationsRepo(scope), clock: systemClock }, visibilityOf(session), id)
}

async function readMessage(c: Context<AppEnv>, { row }: AcceptedTemplate) {
  const ports = createReadPorts(readConfig(c.env), authOf(c).scope, systemClock)
  const [message] = await listMessageViewsBySeq(ports, row.conversation_id, [row.seq])
  if (message === undefined) throw sendErrors.notFound()
  return message
}
