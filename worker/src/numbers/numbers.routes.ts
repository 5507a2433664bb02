import { z } from 'zod'
import { countersSchema, numberListSchema, phoneNumberIdSchema } from '../../../contract/index.ts'
import { readCounters } from '../ingest/counters.repo.ts'
import { createRouter, defineRoute, jsonAnswer, named } from '../platform/router.ts'
import { objectNames } from '../platform/scope.ts'
import { authOf, visibilityOf } from '../sessions/session.middleware.ts'
import { createNumbersRepo } from './numbers.repo.ts'
import { listNumbers, requireNumber } from './numbers.usecases.ts'

const tags = ['Numbers']
const params = z.object({ phoneNumberId: phoneNumberIdSchema })

const list = defineRoute('viewer', {
  method: 'get',
  path: '/api/numbers',
  tags,
  summary: 'The connected numbers of the departments one may see',
  responses: {
    200: jsonAnswer(named('NumberList', numberListSchema), 'The numbers, in the order they were connected.'),
  },
})

const counters = defineRoute('viewer', {
  method: 'get',
  path: '/api/numbers/{phoneNumberId}/counters',
  tags,
  summary: 'What became of everything that came in',
  description:
    'received = stored + duplicate + ignored + dead + waiting. The unit is one message or status; an unreadable part counts as one.',
  request: { params },
  responses: { 200: jsonAnswer(named('Counters', countersSchema), 'The counters.') },
})

export const numberRoutes = createRouter()
  .openapi(list, async (c) => {
    const { scope, session } = authOf(c)
    return c.json(await listNumbers(createNumbersRepo(scope), visibilityOf(session)), 200)
  })
  .openapi(counters, async (c) => {
    const { scope, session } = authOf(c)
    const { phoneNumberId } = c.req.valid('param')
    await requireNumber(createNumbersRepo(scope), visibilityOf(session), phoneNumberId)
    const lane = c.env.LANE.getByName(objectNames.lane.number(phoneNumberId))
    return c.json(await readCounters(scope, lane, phoneNumberId), 200)
  })
