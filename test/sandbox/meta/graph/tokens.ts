import type { Context } from 'hono'
import type { Deps } from '../deps.ts'
import type { Json } from '../state.ts'
import { callerOf, whyDead } from './auth.ts'
import { parametersOf } from './call.ts'
import { badParameter, GraphError } from './errors.ts'
import { plantedRefusal } from './refusals.ts'

/** `GET /oauth/access_token`: a code (30 seconds, once) against a business token, or `client_credentials` for the app's. */
export async function exchangeCode({ world }: Deps, context: Context): Promise<Json> {
  const given = await parametersOf(context)
  const app = world.state.apps[String(given['client_id'])]
  if (app === undefined) {
    throw new GraphError(101, undefined, {
      message: 'Error validating application. Cannot get application info due to a system error.',
    })
  }
  if (given['client_secret'] !== app.secret)
    throw new GraphError(1, undefined, { message: 'Error validating client secret.' })
  if (given['grant_type'] === 'client_credentials')
    return { access_token: `${app.id}|${app.secret}`, token_type: 'bearer' }
  const refusal = plantedRefusal(world, 'exchange')
  if (refusal !== undefined) throw refusal
  const code = world.state.codes.find((each) => each.code === given['code'])
  if (code === undefined || (code.appId ?? app.id) !== app.id)
    throw new GraphError(100, undefined, { message: 'Invalid verification code format.' })
  if (code.isUsed)
    throw new GraphError(100, undefined, { message: 'This authorization code has been used.', subcode: 36009 })
  if (world.clock.now() >= code.expiresAt) {
    throw new GraphError(100, undefined, { message: 'This authorization code has expired.', subcode: 36007 })
  }
  code.isUsed = true
  world.touch()
  return { access_token: code.token, token_type: 'bearer' }
}

/** `GET /debug_token`: what a token may do; newest account first in `target_ids`. */
export function debugToken({ world }: Deps, context: Context): Json {
  const query = new URL(context.req.url).searchParams
  const caller = callerOf(world, context.req.header('authorization'), query)
  const refusal = plantedRefusal(world, 'debug_token')
  if (refusal !== undefined) throw refusal
  const input = query.get('input_token')
  if (input === null) throw badParameter('The parameter input_token is required.')
  const token = world.state.tokens.find((each) => each.token === input)
  if (token === undefined) {
    const error = { code: 190, message: 'Invalid OAuth access token - Cannot parse access token' }
    return { data: { error, is_valid: false, scopes: [] } }
  }
  const callerAppId = caller.kind === 'app' ? caller.app.id : caller.token.appId
  if (callerAppId !== token.appId) {
    const message =
      '(#100) You must provide an app access token, or a user access token that is an owner or developer of the app'
    throw new GraphError(100, undefined, { message })
  }
  const dead = whyDead(world, token)
  const targets = token.wabaIds.toReversed()
  return {
    data: {
      app_id: token.appId,
      type: 'SYSTEM_USER',
      application: world.state.apps[token.appId]?.name,
      expires_at: token.expiresAt,
      data_access_expires_at: 0,
      is_valid: dead === undefined,
      ...(dead === undefined ? {} : { error: { code: 190, message: dead } }),
      scopes: token.scopes,
      granular_scopes: token.scopes.map((scope) => {
        const hasTargets = scope.startsWith('whatsapp') && !world.settings.onboarding.omitTargetIds
        return hasTargets ? { scope, target_ids: targets } : { scope }
      }),
    },
  }
}
