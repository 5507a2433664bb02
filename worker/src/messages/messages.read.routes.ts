import { z } from 'zod'
import { changesSchema, messagePageSchema, messageQuerySchema } from '../../../contract/index.ts'
import { conversationParams } from '../conversations/conversations.schemas.ts'
import { canSee } from '../conversations/conversations.usecases.ts'
import { systemClock } from '../platform/clock.ts'
import { readConfig } from '../platform/env.ts'
import { createRouter, defineRoute, jsonAnswer, named } from '../platform/router.ts'
import { authOf, visibilityOf } from '../sessions/session.middleware.ts'
import { createReadPorts } from './messages.read.ports.ts'
import { readThread, readVisibleChanges } from './messages.read.usecases.ts'

const tags = ['Messages']

const page = defineRoute('viewer', {
  method: 'get',
  path: '/api/conversations/{id}/messages',
  tags,
  summary: 'Messages of a conversation',
  description:
    'Oldest first. Without `before`, `after` or `ticketId` (one of them at most) the newest messages; with `ticketId` from where that ' +
    'ticket began.',
  request: { params: conversationParams, query: messageQuerySchema },
  responses: { 200: jsonAnswer(named('MessagePage', messagePageSchema), 'A page of messages.') },
})

const changes = defineRoute('viewer', {
  method: 'get',
  path: '/api/conversations/{id}/changes',
  tags,
  summary: 'What changed in a conversation',
  description: 'Everything after a `change` counter: what panels ask that cannot hold a socket.',
  request: { params: conversationParams, query: z.object({ after: z.coerce.number().int().min(0) }) },
  responses: { 200: jsonAnswer(named('Changes', changesSchema), 'The changes.') },
})

export const messageReadRoutes = createRouter()
  .openapi(page, async (c) => {
    const { scope, session } = authOf(c)
    const ports = createReadPorts(readConfig(c.env), scope, systemClock)
    const seen = visibilityOf(session)
    const { id } = c.req.valid('param')
    return c.json(await readThread(ports, id, c.req.valid('query'), (department) => canSee(seen, department)), 200)
  })
  .openapi(changes, async (c) => {
    const { scope, session } = authOf(c)
    const ports = createReadPorts(readConfig(c.env), scope, systemClock)
    const seen = visibilityOf(session)
    const { id } = c.req.valid('param')
    const { after } = c.req.valid('query')
    return c.json(await readVisibleChanges(ports, id, after, (department) => canSee(seen, department)), 200)
  })
