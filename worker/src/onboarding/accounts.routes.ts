import { z } from 'zod'
import type { Context } from 'hono'
import {
  accountViewSchema,
  addNumberBodySchema,
  correctReviewBodySchema,
  numberViewSchema,
  profileDraftSchema,
  wabaIdSchema,
} from '../../../contract/index.ts'
import type { AccountView } from '../../../contract/index.ts'
import type { AppEnv } from '../platform/app-env.ts'
import { createRouter, defineRoute, jsonAnswer, named } from '../platform/router.ts'
import { authOf } from '../sessions/session.middleware.ts'
import { addNumber, correctReviewDate, findAccount, removeAccount, saveDraft } from './accounts.usecases.ts'
import { actorOf } from './actor.ts'
import { onboardingErrors } from './onboarding.errors.ts'
import { createOnboardingDeps } from './onboarding.ports.ts'
import { refreshAccount } from './refresh.jobs.ts'
import { accountView, readNumberView } from './views.ts'

const tags = ['Setting up']
const params = z.object({ wabaId: wabaIdSchema })
const json = <Schema extends z.ZodType>(schema: Schema) => ({
  body: { required: true, content: { 'application/json': { schema } } },
})
const account = jsonAnswer(named('AccountView', accountViewSchema), 'The account as it stands now.')

const profile = defineRoute('administrator', {
  method: 'put',
  path: '/api/accounts/{wabaId}/profile',
  tags,
  summary: 'Save the business profile as a draft',
  description: 'The name goes to Meta with the number, the rest once the number is registered.',
  request: { params, ...json(named('ProfileDraft', profileDraftSchema)) },
  responses: { 200: account },
})

const number = defineRoute('administrator', {
  method: 'post',
  path: '/api/accounts/{wabaId}/numbers',
  tags,
  summary: 'Add a number to the account',
  description: 'The same number twice is one number.',
  request: { params, ...json(named('AddNumber', addNumberBodySchema)) },
  responses: { 200: jsonAnswer(named('NumberView', numberViewSchema), 'The number.') },
})

const refresh = defineRoute('administrator', {
  method: 'post',
  path: '/api/accounts/{wabaId}/refresh',
  tags,
  summary: 'Read the account and its numbers from Meta again',
  description: 'Repeats a subscription that failed.',
  request: { params },
  responses: { 200: account },
})

const reviewDate = defineRoute('administrator', {
  method: 'post',
  path: '/api/accounts/{wabaId}/review-date',
  tags,
  summary: 'Say when documents were last sent to Meta',
  request: { params, ...json(named('CorrectReview', correctReviewBodySchema)) },
  responses: { 200: account },
})

const remove = defineRoute('administrator', {
  method: 'delete',
  path: '/api/accounts/{wabaId}',
  tags,
  summary: 'Take an account away',
  request: { params },
  responses: { 204: { description: 'It is gone.' }, 409: { description: 'One of its numbers has a channel.' } },
})

/** Accounts that are connected: their profile, numbers and facts. */
export const accountRoutes = createRouter()
  .openapi(profile, async (c) => {
    const { deps, actor, wabaId } = at(c, c.req.valid('param').wabaId)
    await saveDraft(deps, actor, wabaId, c.req.valid('json'))
    return c.json(await viewOf(c, wabaId), 200)
  })
  .openapi(number, async (c) => {
    const { deps, actor, wabaId } = at(c, c.req.valid('param').wabaId)
    const phoneNumberId = await addNumber(deps, actor, wabaId, c.req.valid('json'))
    return c.json(await readNumberView(c.env, authOf(c).scope, phoneNumberId), 200)
  })
  .openapi(refresh, async (c) => {
    const { wabaId } = c.req.valid('param')
    const failure = await refreshAccount(c.env, authOf(c).scope, wabaId)
    if (failure !== null) throw onboardingErrors.failed(failure)
    return c.json(await viewOf(c, wabaId), 200)
  })
  .openapi(reviewDate, async (c) => {
    const { deps, actor, wabaId } = at(c, c.req.valid('param').wabaId)
    await correctReviewDate(deps, actor, wabaId, Date.parse(c.req.valid('json').submittedAt))
    return c.json(await viewOf(c, wabaId), 200)
  })
  .openapi(remove, async (c) => {
    const { deps, actor, wabaId } = at(c, c.req.valid('param').wabaId)
    await removeAccount(deps, actor, wabaId)
    return c.body(null, 204)
  })

function at(c: Context<AppEnv>, wabaId: string) {
  const { scope, session } = authOf(c)
  return { deps: createOnboardingDeps(c.env, scope), actor: actorOf(session), wabaId }
}

async function viewOf(c: Context<AppEnv>, wabaId: string): Promise<AccountView> {
  const { deps } = at(c, wabaId)
  return accountView(deps, await findAccount(deps, wabaId), authOf(c).session.isProof)
}
