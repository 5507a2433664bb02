import { z } from 'zod'
import type { Context } from 'hono'
import type { NumberView } from '../../../contract/index.ts'
import {
  numberViewSchema,
  phoneNumberIdSchema,
  registerBodySchema,
  requestCodeBodySchema,
  verifyCodeBodySchema,
} from '../../../contract/index.ts'
import type { AppEnv } from '../platform/app-env.ts'
import { createRouter, defineRoute, jsonAnswer, named } from '../platform/router.ts'
import { authOf } from '../sessions/session.middleware.ts'
import { actorOf } from './actor.ts'
import { syncHistory } from './history.usecases.ts'
import { applyProfile, askForCode, designate, enterCode, register } from './numbers.usecases.ts'
import { createOnboardingDeps } from './onboarding.ports.ts'
import { readNumberView } from './views.ts'

const tags = ['Setting up']
const params = z.object({ phoneNumberId: phoneNumberIdSchema })
const responses = { 200: jsonAnswer(named('NumberView', numberViewSchema), 'The number as it stands now.') }
const json = <Schema extends z.ZodType>(schema: Schema) => ({
  body: { required: true, content: { 'application/json': { schema } } },
})

const code = defineRoute('administrator', {
  method: 'post',
  path: '/api/numbers/{phoneNumberId}/code',
  tags,
  summary: 'Have Meta send a code to the number',
  description: 'Does nothing for a verified number, and nothing within a minute of the last code.',
  request: { params, ...json(named('RequestCode', requestCodeBodySchema)) },
  responses,
})

const verify = defineRoute('administrator', {
  method: 'post',
  path: '/api/numbers/{phoneNumberId}/verify',
  tags,
  summary: 'Verify the number by the code',
  request: { params, ...json(named('VerifyCode', verifyCodeBodySchema)) },
  responses,
})

const registration = defineRoute('administrator', {
  method: 'post',
  path: '/api/numbers/{phoneNumberId}/register',
  tags,
  summary: 'Register the number and give it its profile',
  request: { params, ...json(named('RegisterNumber', registerBodySchema)) },
  responses,
})

const profile = defineRoute('administrator', {
  method: 'post',
  path: '/api/numbers/{phoneNumberId}/profile',
  tags,
  summary: 'Give the number the drafted profile',
  request: { params },
  responses,
})

const designated = defineRoute('administrator', {
  method: 'post',
  path: '/api/numbers/{phoneNumberId}/designate',
  tags,
  summary: 'Choose the one number of the larger trial',
  description: 'Once: another one is refused afterwards.',
  request: { params },
  responses,
})

const history = defineRoute('administrator', {
  method: 'post',
  path: '/api/numbers/{phoneNumberId}/history',
  tags,
  summary: 'Fetch contacts and history of a number of the Business app',
  description: 'Within 24 hours of connecting it. They are kept apart, readable, and never become tickets.',
  request: { params },
  responses,
})

/** The steps of one number. Each may be repeated, and finds what was done before. */
export const numberSetupRoutes = createRouter()
  .openapi(code, async (c) => {
    const { deps, actor, id } = at(c, c.req.valid('param').phoneNumberId)
    await askForCode(deps, actor, id, c.req.valid('json'))
    return c.json(await viewOf(c, id), 200)
  })
  .openapi(verify, async (c) => {
    const { deps, actor, id } = at(c, c.req.valid('param').phoneNumberId)
    await enterCode(deps, actor, id, c.req.valid('json').code)
    return c.json(await viewOf(c, id), 200)
  })
  .openapi(registration, async (c) => {
    const { deps, actor, id } = at(c, c.req.valid('param').phoneNumberId)
    await register(deps, actor, id, c.req.valid('json').pin ?? null)
    return c.json(await viewOf(c, id), 200)
  })
  .openapi(profile, async (c) => {
    const { deps, actor, id } = at(c, c.req.valid('param').phoneNumberId)
    await applyProfile(deps, actor, id)
    return c.json(await viewOf(c, id), 200)
  })
  .openapi(designated, async (c) => {
    const { deps, actor, id } = at(c, c.req.valid('param').phoneNumberId)
    await designate(deps, actor, id)
    return c.json(await viewOf(c, id), 200)
  })
  .openapi(history, async (c) => {
    const { deps, actor, id } = at(c, c.req.valid('param').phoneNumberId)
    await syncHistory(deps, actor, id)
    return c.json(await viewOf(c, id), 200)
  })

function at(c: Context<AppEnv>, id: string) {
  const { scope, session } = authOf(c)
  return { deps: createOnboardingDeps(c.env, scope), actor: actorOf(session), id }
}

function viewOf(c: Context<AppEnv>, id: string): Promise<NumberView> {
  return readNumberView(c.env, authOf(c).scope, id)
}
