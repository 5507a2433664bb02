import { inboxListSchema, inboxQuerySchema } from '../../../contract/index.ts'
import { systemClock } from '../platform/clock.ts'
import { createRouter, defineRoute, jsonAnswer, named } from '../platform/router.ts'
import { authOf, visibilityOf } from '../sessions/session.middleware.ts'
import { createInboxRepo } from './inbox.repo.ts'
import { listInbox } from './inbox.usecases.ts'

const list = defineRoute('viewer', {
  method: 'get',
  path: '/api/inbox',
  tags: ['Inbox'],
  summary: 'Conversations that wait for an answer or for a ticket',
  description:
    'Who waits with an open window stands first, by the end of the window; then the newest. The counts are of all one may see on the ' +
    'number asked for, whatever is searched for.',
  request: { query: inboxQuerySchema },
  responses: { 200: jsonAnswer(named('InboxList', inboxListSchema), 'A page of the inbox.') },
})

export const inboxRoutes = createRouter().openapi(list, async (c) => {
  const { scope, session } = authOf(c)
  const ports = { repo: createInboxRepo(scope), clock: systemClock }
  return c.json(await listInbox(ports, visibilityOf(session), c.req.valid('query')), 200)
})
