import type { OpenAPIHono } from '@hono/zod-openapi'
import type { MiddlewareHandler } from 'hono'
import { cors } from 'hono/cors'
import { ICON_MAX_BYTES } from '../../contract/index.ts'
import { administrationRoutes } from './administration/administration.routes.ts'
import { callbackRoutes } from './administration/callbacks.routes.ts'
import { setupRoutes } from './administration/setup.routes.ts'
import { signInRoutes } from './administration/sign-in.routes.ts'
import { auditRoutes } from './audit/audit.routes.ts'
import { createApiDescription } from './api-description.ts'
import { archiveRoutes } from './archive/archive.routes.ts'
import { channelRoutes } from './channels/channels.routes.ts'
import { iconRoutes } from './channels/icons.routes.ts'
import { conversationRoutes } from './conversations/conversations.routes.ts'
import { liveRoutes } from './conversations/live.routes.ts'
import { alertRoutes } from './health/alerts.routes.ts'
import { healthRoutes } from './health/health.routes.ts'
import { wholeWayRoutes } from './health/whole-way.routes.ts'
import { inboxRoutes } from './inbox/inbox.routes.ts'
import { ticketOrderRoutes } from './inbox/ticket-orders.routes.ts'
import { webhookRoutes } from './ingest/door.routes.ts'
import { mediaRoutes } from './media/media.routes.ts'
import { accountRoutes } from './onboarding/accounts.routes.ts'
import { facebookRoutes } from './onboarding/facebook.routes.ts'
import { numberSetupRoutes } from './onboarding/numbers.routes.ts'
import { wayRoutes } from './onboarding/ways.routes.ts'
import type { SweepReport } from './cron.ts'
import { messageReadRoutes } from './messages/messages.read.routes.ts'
import { messageSendRoutes } from './messages/messages.send.routes.ts'
import { deadLetterRoutes } from './numbers/dead-letters.routes.ts'
import { numberRoutes } from './numbers/numbers.routes.ts'
import { operatorRoutes } from './orgs/operator.routes.ts'
import type { AppEnv } from './platform/app-env.ts'
import type { Env } from './platform/env.ts'
import { answerFailure, notFoundError } from './platform/failures.ts'
import {
  exceptUpgrades,
  followClock,
  forbidCaching,
  limitBody,
  logRequests,
  nameRequest,
} from './platform/middleware.ts'
import { createRouter } from './platform/router.ts'
import { guardAccess, limitRate } from './sessions/session.middleware.ts'
import type { DeskOf } from './sessions/sessions.routes.ts'
import { sessionRoutes } from './sessions/sessions.routes.ts'
import { systemRoutes } from './system/system.routes.ts'
import { tickRoutes } from './system/tick.routes.ts'
import { startRoutes } from './templates/starts.routes.ts'
import { templateRoutes } from './templates/templates.routes.ts'

/** What the app reaches outside of itself for. `runCron` is given in the sandbox only, and mounts the tick. */
export type AppPorts = { deskOf: DeskOf; runCron?: (env: Env) => Promise<SweepReport[]> }

/** No body of the API is larger; media goes another way. */
const MAX_BODY_BYTES = 64 * 1_024

/** An icon is the one body that is no JSON. */
const ICON_PATH = /^\/api\/channels\/[^/]+\/icon$/
const limitIcon = limitBody(ICON_MAX_BYTES)
const limitJson = limitBody(MAX_BODY_BYTES)
const limitApiBody: MiddlewareHandler<AppEnv> = (c, next) =>
  (ICON_PATH.test(c.req.path) ? limitIcon : limitJson)(c, next)

/** The Worker's HTTP side. Routes answer only if they are declared (`defineRoute`), each to those its declaration names. */
export function createApp(ports: AppPorts) {
  const app: OpenAPIHono<AppEnv> = createRouter()
  app.onError(answerFailure)
  app.notFound((c) => answerFailure(notFoundError(), c))

  app.use(nameRequest, followClock, logRequests)
  app.use('/api/*', exceptUpgrades(allowOrigins), forbidCaching, limitApiBody)
  for (const path of ['/admin/*', '/oauth/*', '/desk/*']) app.use(path, forbidCaching, limitBody(MAX_BODY_BYTES))
  app.use('/connect/*', forbidCaching, limitBody(MAX_BODY_BYTES))
  app.use('/operator/*', forbidCaching, limitBody(MAX_BODY_BYTES))
  app.use(guardAccess, limitRate)

  if (ports.runCron !== undefined) app.route('/', tickRoutes(ports.runCron))

  return app
    .route('/', systemRoutes(createApiDescription(app)))
    .route('/', sessionRoutes(ports.deskOf))
    .route('/', conversationRoutes)
    .route('/', messageReadRoutes)
    .route('/', messageSendRoutes)
    .route('/', startRoutes)
    .route('/', templateRoutes)
    .route('/', inboxRoutes)
    .route('/', ticketOrderRoutes)
    .route('/', liveRoutes)
    .route('/', mediaRoutes)
    .route('/', numberRoutes)
    .route('/', channelRoutes)
    .route('/', iconRoutes)
    .route('/', deadLetterRoutes)
    .route('/', healthRoutes)
    .route('/', alertRoutes)
    .route('/', wholeWayRoutes)
    .route('/', facebookRoutes)
    .route('/', wayRoutes)
    .route('/', archiveRoutes)
    .route('/', accountRoutes)
    .route('/', numberSetupRoutes)
    .route('/', webhookRoutes)
    .route('/', operatorRoutes)
    .route('/', signInRoutes)
    .route('/', administrationRoutes)
    .route('/', setupRoutes)
    .route('/', auditRoutes)
    .route('/', callbackRoutes)
}

/** The widget lives on whatever origin Desk serves it from; no cookie is ever read, the token is what counts. */
const allowOrigins = cors({
  origin: '*',
  allowMethods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'],
  allowHeaders: ['Authorization', 'Content-Type'],
  exposeHeaders: ['Retry-After', 'X-Request-Id'],
  maxAge: 86_400,
})

/** The routes with their inputs and answers, for the widget's typed client. */
export type AppType = ReturnType<typeof createApp>
