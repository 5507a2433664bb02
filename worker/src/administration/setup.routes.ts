import { setupViewSchema } from '../../../contract/index.ts'
import { createRouter, defineRoute, jsonAnswer, named } from '../platform/router.ts'
import { authOf } from '../sessions/session.middleware.ts'
import { createSetupPorts } from './setup.ports.ts'
import { readSetup } from './setup.usecases.ts'

const read = defineRoute('admin', {
  method: 'get',
  path: '/api/setup',
  tags: ['Setting up'],
  summary: 'Everything the settings begin with',
  responses: {
    200: jsonAnswer(named('SetupView', setupViewSchema), 'Desk, accounts, numbers and channels as they stand.'),
  },
})

export const setupRoutes = createRouter().openapi(read, async (c) => {
  return c.json(await readSetup(createSetupPorts(c.env, authOf(c), (work) => c.executionCtx.waitUntil(work))), 200)
})
