import { z } from 'zod'
import { deadLetterListSchema } from '../../../contract/index.ts'
import { createDeadLetterPorts } from '../ingest/dead-letters.ports.ts'
import { listDeadLetters, replayDeadLetter } from '../ingest/dead-letters.usecases.ts'
import { createRouter, defineRoute, jsonAnswer, named } from '../platform/router.ts'
import { authOf } from '../sessions/session.middleware.ts'

const tags = ['Reliability']

const list = defineRoute('admin', {
  method: 'get',
  path: '/api/dead-letters',
  tags,
  summary: 'Events that could not be stored',
  description: 'Newest first, of every number and account of the organisation, each with its reason and its text.',
  request: {
    query: z.object({
      cursor: z
        .string()
        .regex(/^\d{1,15}$/)
        .optional(),
      limit: z.coerce.number().int().min(1).max(200).default(50),
    }),
  },
  responses: { 200: jsonAnswer(named('DeadLetterList', deadLetterListSchema), 'A page of dead letters.') },
})

const replay = defineRoute('administrator', {
  method: 'post',
  path: '/api/dead-letters/{id}/replay',
  tags,
  summary: 'Try a dead letter once more',
  description: 'Goes through the lane of its number; twice does nothing twice.',
  request: { params: z.object({ id: z.coerce.number().int().min(1) }) },
  responses: {
    202: { description: 'On its way.' },
    410: { description: 'Its text is gone.' },
  },
})

export const deadLetterRoutes = createRouter()
  .openapi(list, async (c) => {
    const { scope } = authOf(c)
    return c.json(await listDeadLetters(createDeadLetterPorts(c.env, scope), c.req.valid('query')), 200)
  })
  .openapi(replay, async (c) => {
    const { scope, session } = authOf(c)
    const actor = { kind: 'administrator', id: session.agentId, name: session.name } as const
    await replayDeadLetter(createDeadLetterPorts(c.env, scope), actor, c.req.valid('param').id)
    return c.body(null, 202)
  })
