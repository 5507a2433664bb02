import { z } from 'zod'
import { numberHealthSchema, overviewSchema, phoneNumberIdSchema } from '../../../contract/index.ts'
import { auditStatement } from '../audit/audit.repo.ts'
import { systemClock } from '../platform/clock.ts'
import { createRouter, defineRoute, jsonAnswer, named } from '../platform/router.ts'
import { authOf } from '../sessions/session.middleware.ts'
import { createHealthPorts, metaOf } from './health.deps.ts'
import { createProblemsRepo } from './problems.repo.ts'
import { checkNumber, readNumberHealth, readOverview, repairSubscription } from './health.usecases.ts'

const tags = ['Health']
const params = z.object({ phoneNumberId: phoneNumberIdSchema })
const answer = named('NumberHealth', numberHealthSchema)

const overview = defineRoute('admin', {
  method: 'get',
  path: '/api/overview',
  tags,
  summary: 'May we send, is everything healthy, what happened today',
  description: 'From what is stored; nothing is asked of Meta or Desk. Today begins at midnight, UTC.',
  responses: { 200: jsonAnswer(named('Overview', overviewSchema), 'The overview, sick numbers first.') },
})

const health = defineRoute('admin', {
  method: 'get',
  path: '/api/numbers/{phoneNumberId}/health',
  tags,
  summary: 'How one number stands, as far as it is known',
  request: { params },
  responses: { 200: jsonAnswer(answer, 'Its checks, worst first.') },
})

const check = defineRoute('administrator', {
  method: 'post',
  path: '/api/numbers/{phoneNumberId}/check',
  tags,
  summary: 'Ask Meta about a number now',
  request: { params },
  responses: { 200: jsonAnswer(answer, 'Its checks, worst first.'), 502: { description: 'Meta did not tell.' } },
})

const repair = defineRoute('administrator', {
  method: 'post',
  path: '/api/numbers/{phoneNumberId}/repair',
  tags,
  summary: 'Subscribe to the account’s webhooks again',
  description: 'May be repeated.',
  request: { params },
  responses: { 200: jsonAnswer(answer, 'Its checks, worst first.'), 502: { description: 'Meta refused.' } },
})

export const healthRoutes = createRouter()
  .openapi(overview, async (c) => c.json(await readOverview(createHealthPorts(c.env, authOf(c).scope)), 200))
  .openapi(health, async (c) => {
    const ports = createHealthPorts(c.env, authOf(c).scope)
    return c.json(await readNumberHealth(ports, c.req.valid('param').phoneNumberId), 200)
  })
  .openapi(check, async (c) => {
    const { scope } = authOf(c)
    const { phoneNumberId } = c.req.valid('param')
    const checked = await checkNumber(createHealthPorts(c.env, scope), metaOf(c.env, scope), phoneNumberId)
    await createProblemsRepo(scope).replace(phoneNumberId, checked.checks, systemClock())
    return c.json(checked, 200)
  })
  .openapi(repair, async (c) => {
    const { scope, session } = authOf(c)
    const { phoneNumberId } = c.req.valid('param')
    const repaired = await repairSubscription(createHealthPorts(c.env, scope), metaOf(c.env, scope), phoneNumberId)
    await createProblemsRepo(scope).replace(phoneNumberId, repaired.checks, systemClock())
    await auditStatement(scope, {
      at: systemClock(),
      actor: { kind: 'administrator', id: session.agentId, name: session.name },
      action: 'number.repaired',
      target: repaired.displayPhoneNumber,
    }).run()
    return c.json(repaired, 200)
  })
