import { z } from 'zod'
import { facebookAttemptSchema, facebookWindowSchema, openFacebookBodySchema } from '../../../contract/index.ts'
import { requireVisitorPermit } from '../administration/visitors.middleware.ts'
import { loadScope } from '../orgs/orgs.repo.ts'
import { systemClock } from '../platform/clock.ts'
import { sha256Hex } from '../platform/crypto.ts'
import type { Env } from '../platform/env.ts'
import { readConfig } from '../platform/env.ts'
import { AppError } from '../platform/errors.ts'
import { newSecret } from '../platform/ids.ts'
import { createRouter, defineRoute, jsonAnswer, named } from '../platform/router.ts'
import { authOf } from '../sessions/session.middleware.ts'
import { actorOf } from './actor.ts'
import { createOnboardingDirectory } from './directory.repo.ts'
import { facebookPage, usedWindowPage } from './facebook.page.ts'
import type { WindowPorts } from './facebook.usecases.ts'
import { enterWindow, openFacebookWindow, readAttempt, takeResult, windowOf } from './facebook.usecases.ts'
import { onboardingErrors } from './onboarding.errors.ts'
import { createOnboardingDeps } from './onboarding.ports.ts'
import { readPortalName } from './portal.repo.ts'
import { readSignupEvent } from './signup.model.ts'

const tags = ['Setting up']
const attempt = named('FacebookAttempt', facebookAttemptSchema)
const page = { description: 'The page.', content: { 'text/html': { schema: z.string() } } }

const openWindow = defineRoute('administrator', {
  method: 'post',
  path: '/api/setup/facebook',
  tags,
  summary: 'Begin to connect a WhatsApp Business account',
  description: 'The address opens once, within five minutes.',
  request: {
    body: {
      required: true,
      content: { 'application/json': { schema: named('OpenFacebook', openFacebookBodySchema) } },
    },
  },
  responses: { 201: jsonAnswer(named('FacebookWindow', facebookWindowSchema), 'The window.') },
})

const readOne = defineRoute('admin', {
  method: 'get',
  path: '/api/setup/facebook/{attemptId}',
  tags,
  summary: 'What became of a try to connect',
  request: { params: z.object({ attemptId: z.string().regex(/^fb_[a-z0-9]{20}$/) }) },
  responses: { 200: jsonAnswer(attempt, 'The try.') },
})

const show = defineRoute('signed_url', {
  method: 'get',
  path: '/connect/facebook',
  tags,
  summary: 'The window of Facebook’s dialog',
  request: { query: z.object({ ticket: z.string().max(100).default(''), locale: z.string().max(20).optional() }) },
  responses: { 200: page, 401: page },
})

const resultBodySchema = z.object({
  page: z.string().max(100),
  /** Of Facebook's login; absent where the person left before the end. */
  code: z.string().min(1).max(4_000).optional(),
  /** What Facebook's dialog told the window. */
  event: z.unknown().optional(),
})

const result = defineRoute('public', {
  method: 'post',
  path: '/connect/facebook/result',
  tags,
  summary: 'What Facebook’s dialog answered the window',
  description: 'For the window alone, which knows the secret of its page.',
  request: {
    body: { required: true, content: { 'application/json': { schema: named('FacebookResult', resultBodySchema) } } },
  },
  responses: { 200: jsonAnswer(attempt, 'What became of it.'), 401: { description: 'Not a window of ours any more.' } },
})

/** The first step: from the settings through a window of ours to Facebook and back. */
export const facebookRoutes = createRouter()
  .openapi(openWindow, async (c) => {
    const { scope, session } = authOf(c)
    if (readConfig(c.env).META_LOGIN_CONFIG_ID === undefined) throw onboardingErrors.notOffered()
    const { coexistence } = c.req.valid('json')
    return c.json(await openFacebookWindow(createOnboardingDeps(c.env, scope), actorOf(session), coexistence), 201)
  })
  .openapi(readOne, async (c) => {
    const { scope } = authOf(c)
    return c.json(await readAttempt(createOnboardingDeps(c.env, scope), c.req.valid('param').attemptId), 200)
  })
  .openapi(show, async (c) => {
    await requireVisitorPermit(c, 'window')
    const { ticket, locale = c.req.header('Accept-Language') } = c.req.valid('query')
    try {
      return await pageOf(c.env, ticket, locale)
    } catch (error) {
      if (error instanceof AppError && error.status === 401) return usedWindowPage(locale, newSecret())
      throw error
    }
  })
  .openapi(result, async (c) => {
    await requireVisitorPermit(c, 'result')
    const { page: secret, code = null, event } = c.req.valid('json')
    const { orgId, shard, attemptId } = await windowOf(portsOf(c.env), secret)
    const deps = createOnboardingDeps(c.env, await loadScope(c.env, shard, orgId))
    return c.json(await takeResult(deps, attemptId, { code, event: readSignupEvent(event) }), 200)
  })

async function pageOf(env: Env, ticket: string, locale: string | undefined): Promise<Response> {
  const config = readConfig(env)
  const { orgId, shard, attemptId, page: secret } = await enterWindow(portsOf(env), ticket)
  const configId = config.META_LOGIN_CONFIG_ID
  if (configId === undefined) throw onboardingErrors.notOffered()
  const scope = await loadScope(env, shard, orgId)
  const [found, portalName] = await Promise.all([
    createOnboardingDeps(env, scope).attempts.find(attemptId),
    readPortalName(scope),
  ])
  return facebookPage(
    {
      locale,
      facebookOrigin: config.PLATFORM_ORIGINS?.facebook,
      appId: config.META_APP_ID,
      configId,
      graphVersion: config.GRAPH_VERSION,
      isCoexistence: found?.isCoexistence ?? false,
      page: secret,
      attemptId,
      portal: portalName ?? scope.portalId,
    },
    newSecret(),
  )
}

function portsOf(env: Env): WindowPorts {
  return { directory: createOnboardingDirectory(env.DIRECTORY), sha256: sha256Hex, newSecret, clock: systemClock }
}
