import { z } from '@hono/zod-openapi'
import { phoneNumberIdSchema, templateListSchema } from '../../../contract/index.ts'
import { createRouter, defineRoute, jsonAnswer, named } from '../platform/router.ts'
import { authOf, visibilityOf } from '../sessions/session.middleware.ts'
import { createStartsRepo } from './starts.repo.ts'
import { requireSendingNumber } from './starts.usecases.ts'
import { createTemplatePorts } from './templates.deps.ts'
import { listTemplates } from './templates.usecases.ts'

const list = defineRoute('agent', {
  method: 'get',
  path: '/api/numbers/{phoneNumberId}/templates',
  tags: ['Templates'],
  summary: 'The approved templates of a number’s account',
  description: 'At most five minutes old; older where Meta does not answer.',
  request: { params: z.object({ phoneNumberId: phoneNumberIdSchema }) },
  responses: {
    200: jsonAnswer(named('TemplateList', templateListSchema), 'The templates, by name and language.'),
    503: { description: 'Meta does not answer, and no list is known.' },
  },
})

export const templateRoutes = createRouter().openapi(list, async (c) => {
  const { scope, session } = authOf(c)
  const { phoneNumberId } = c.req.valid('param')
  const number = await requireSendingNumber(createStartsRepo(scope), visibilityOf(session), phoneNumberId)
  return c.json({ items: await listTemplates(createTemplatePorts(c.env, scope, number)) }, 200)
})
