import type { Context } from 'hono'
import {
  accountViewSchema,
  claimAnswerSchema,
  claimBodySchema,
  confirmClaimBodySchema,
  ownAppBodySchema,
} from '../../../contract/index.ts'
import type { AccountView } from '../../../contract/index.ts'
import type { AppEnv } from '../platform/app-env.ts'
import { createRouter, defineRoute, jsonAnswer, named } from '../platform/router.ts'
import { authOf } from '../sessions/session.middleware.ts'
import { findAccount } from './accounts.usecases.ts'
import { actorOf } from './actor.ts'
import { createClaimsRepo } from './claims.repo.ts'
import { beginClaim, confirmClaim } from './claims.usecases.ts'
import type { ClaimDeps } from './claims.usecases.ts'
import { createOnboardingDeps } from './onboarding.ports.ts'
import { connectOwnApp } from './own-app.usecases.ts'
import { accountView } from './views.ts'

const tags = ['Setting up']
const account = jsonAnswer(named('AccountView', accountViewSchema), 'The account, connected.')

const ownApp = defineRoute('administrator', {
  method: 'post',
  path: '/api/setup/own-app',
  tags,
  summary: 'Connect an account through a Meta app of one’s own',
  description: 'The answer says where the app’s webhooks have to go.',
  request: {
    body: { required: true, content: { 'application/json': { schema: named('OwnApp', ownAppBodySchema) } } },
  },
  responses: { 200: account },
})

const claim = defineRoute('administrator', {
  method: 'post',
  path: '/api/setup/claim',
  tags,
  summary: 'Claim an account that came by hosted signup',
  description: 'Sends a code to the account’s number, or says what to write into its profile where it gets no code.',
  request: {
    body: { required: true, content: { 'application/json': { schema: named('ClaimAccount', claimBodySchema) } } },
  },
  responses: {
    200: jsonAnswer(named('ClaimAnswer', claimAnswerSchema), 'How the claim is proved.'),
    409: { description: 'Somebody else is claiming it, or it is connected already.' },
  },
})

const confirm = defineRoute('administrator', {
  method: 'post',
  path: '/api/setup/claim/confirm',
  tags,
  summary: 'Prove a claim and connect the account',
  request: {
    body: {
      required: true,
      content: { 'application/json': { schema: named('ConfirmClaim', confirmClaimBodySchema) } },
    },
  },
  responses: { 200: account },
})

/** The ways to connect an account without our window. */
export const wayRoutes = createRouter()
  .openapi(ownApp, async (c) => {
    const body = c.req.valid('json')
    await connectOwnApp(depsOf(c), actorOf(authOf(c).session), body)
    return c.json(await viewOf(c, body.wabaId), 200)
  })
  .openapi(claim, async (c) => c.json(await beginClaim(depsOf(c), c.req.valid('json')), 200))
  .openapi(confirm, async (c) => {
    const body = c.req.valid('json')
    await confirmClaim(depsOf(c), actorOf(authOf(c).session), body)
    return c.json(await viewOf(c, body.wabaId), 200)
  })

function depsOf(c: Context<AppEnv>): ClaimDeps {
  return { ...createOnboardingDeps(c.env, authOf(c).scope), claims: createClaimsRepo(c.env.DIRECTORY) }
}

async function viewOf(c: Context<AppEnv>, wabaId: string): Promise<AccountView> {
  const deps = depsOf(c)
  return accountView(deps, await findAccount(deps, wabaId), authOf(c).session.isProof)
}
