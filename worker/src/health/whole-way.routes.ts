import type { Context } from 'hono'
import { z } from 'zod'
import {
  clientIdSchema,
  conversationIdSchema,
  phoneNumberIdSchema,
  wholeWayTestSchema,
} from '../../../contract/index.ts'
import { auditStatement } from '../audit/audit.repo.ts'
import { sendDeps } from '../messages/sends.deps.ts'
import { acceptText } from '../messages/sends.usecases.ts'
import { createDeskGateway } from '../orgs/desk-gateway.ts'
import type { AppEnv } from '../platform/app-env.ts'
import { systemClock } from '../platform/clock.ts'
import { newId, randomCode } from '../platform/ids.ts'
import { createRouter, defineRoute, jsonAnswer, named } from '../platform/router.ts'
import { createQuotasRepo } from '../quotas/quotas.repo.ts'
import { policyOf } from '../quotas/quotas.usecases.ts'
import { authOf } from '../sessions/session.middleware.ts'
import { createHealthPorts } from './health.deps.ts'
import { requireNumber } from './health.usecases.ts'
import { createWholeWayRepo } from './whole-way.repo.ts'
import type { WholeWayPorts } from './whole-way.usecases.ts'
import { goOn, startTest } from './whole-way.usecases.ts'

const tags = ['Health']
const answer = jsonAnswer(named('WholeWayTest', wholeWayTestSchema), 'How far the test is.')

const start = defineRoute('administrator', {
  method: 'post',
  path: '/api/numbers/{phoneNumberId}/test',
  tags,
  summary: 'Test the whole way of a number',
  description:
    'Gives a code to write from a phone within 15 minutes. A test that is under way is gone on with. In a trial the answer takes a place.',
  request: { params: z.object({ phoneNumberId: phoneNumberIdSchema }) },
  responses: { 200: answer },
})

const look = defineRoute('administrator', {
  method: 'post',
  path: '/api/tests/{testId}',
  tags,
  summary: 'Go on with a test',
  description:
    'Looks how far it is, answers the message once it is in its ticket, and closes the ticket at the end. May be repeated.',
  request: { params: z.object({ testId: z.string().regex(/^test_[a-z0-9]{20}$/) }) },
  responses: { 200: answer },
})

export const wholeWayRoutes = createRouter()
  .openapi(start, async (c) => {
    const { scope, session } = authOf(c)
    const { phoneNumberId } = c.req.valid('param')
    const number = await requireNumber(createHealthPorts(c.env, scope), phoneNumberId)
    const test = await startTest(portsOf(c), phoneNumberId, session.agentId)
    await auditStatement(scope, {
      at: systemClock(),
      actor: { kind: 'administrator', id: session.agentId, name: session.name },
      action: 'number.tested',
      target: number.display_phone_number,
    }).run()
    return c.json(test, 200)
  })
  .openapi(look, async (c) => c.json(await goOn(portsOf(c), c.req.valid('param').testId), 200))

const ANSWER = 'Your message arrived, and this is the answer: Kaiwa works. You need not do anything more.'
const REMARK = 'This ticket was made by a test of Kaiwa and is closed by it.'

function portsOf(c: Context<AppEnv>): WholeWayPorts {
  const { scope, session } = authOf(c)
  const quotas = createQuotasRepo(scope)
  const desk = createDeskGateway(c.env, scope)
  return {
    repo: createWholeWayRepo(scope),
    clock: systemClock,
    newId: () => newId('test'),
    newCode: () => `KAIWA ${randomCode(6)}`,
    takesPlace: async (phoneNumberId) => {
      const policy = policyOf(await quotas.readStanding(phoneNumberId), 'answer', systemClock())
      return policy.do === 'allow' && policy.pool !== null
    },
    answer: async (id, clientId) => {
      const conversationId = conversationIdSchema.parse(id)
      const body = { clientId: clientIdSchema.parse(clientId), kind: 'text' as const, text: ANSWER }
      const agent = { id: session.agentId, name: session.name }
      await acceptText(sendDeps(c.env, scope, conversationId), agent, conversationId, body)
    },
    closeTicket: (ticketId) => desk.updateTicketStatus(ticketId, 'Closed'),
    remark: (ticketId) => desk.createComment(ticketId, { content: REMARK, isPublic: false, attachmentIds: [] }),
  }
}
