import { alertsBodySchema, alertsSchema, phoneNumberIdSchema, problemListSchema } from '../../../contract/index.ts'
import { auditStatement } from '../audit/audit.repo.ts'
import { systemClock } from '../platform/clock.ts'
import { AppError } from '../platform/errors.ts'
import { createRouter, defineRoute, jsonAnswer, named } from '../platform/router.ts'
import { authOf } from '../sessions/session.middleware.ts'
import { refusalOfAddress } from './alerts.model.ts'
import { alertSecret } from './health-sweep.deps.ts'
import { createHealthRepo } from './health.repo.ts'
import { createProblemsRepo } from './problems.repo.ts'

const tags = ['Health']
const alertsAnswer = named('Alerts', alertsSchema)

const problems = defineRoute('admin', {
  method: 'get',
  path: '/api/problems',
  tags,
  summary: 'What is wrong with the organisation’s numbers now',
  responses: { 200: jsonAnswer(named('ProblemList', problemListSchema), 'The worst and oldest first.') },
})

const readAlerts = defineRoute('administrator', {
  method: 'get',
  path: '/api/alerts',
  tags,
  summary: 'Where problems are told, and what the posts are signed with',
  responses: { 200: jsonAnswer(alertsAnswer, 'The address; null: nobody is told.') },
})

const changeAlerts = defineRoute('administrator', {
  method: 'put',
  path: '/api/alerts',
  tags,
  summary: 'Change where problems are told',
  description:
    'An HTTPS address with a public name. What is bad is posted there as JSON within an hour, and again until it is taken.',
  request: {
    body: { required: true, content: { 'application/json': { schema: named('AlertsBody', alertsBodySchema) } } },
  },
  responses: { 200: jsonAnswer(alertsAnswer, 'Changed.') },
})

export const alertRoutes = createRouter()
  .openapi(problems, async (c) => {
    const rows = await createProblemsRepo(authOf(c).scope).list()
    const items = rows.map((row) => ({
      phoneNumberId: phoneNumberIdSchema.parse(row.subject),
      displayPhoneNumber: row.display_phone_number,
      channelName: row.channel_name,
      key: row.kind,
      level: row.level,
      value: row.facts.value,
      since: new Date(row.since).toISOString(),
    }))
    return c.json({ items }, 200)
  })
  .openapi(readAlerts, async (c) => {
    const { scope } = authOf(c)
    const { alertUrl } = await createHealthRepo(scope).readDesk()
    return c.json({ url: alertUrl, secret: await alertSecret(c.env, scope.orgId) }, 200)
  })
  .openapi(changeAlerts, async (c) => {
    const { scope, session } = authOf(c)
    const { url } = c.req.valid('json')
    const refusal = url === null ? null : refusalOfAddress(url)
    if (refusal !== null) throw addressRefused(refusal)
    await scope.db.batch([
      createHealthRepo(scope).saveAlertUrl(url),
      auditStatement(scope, {
        at: systemClock(),
        actor: { kind: 'administrator', id: session.agentId, name: session.name },
        action: 'alerts.changed',
        target: url === null ? 'off' : new URL(url).hostname,
      }),
    ])
    return c.json({ url, secret: await alertSecret(c.env, scope.orgId) }, 200)
  })

function addressRefused(reason: string): AppError {
  return new AppError({
    code: 'alerts.address_refused',
    status: 422,
    message: 'Problems are told to an HTTPS address with a public name, without a port, name or password in it.',
    details: { reason },
  })
}
