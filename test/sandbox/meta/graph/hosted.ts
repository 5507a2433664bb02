import { createHmac } from 'node:crypto'
import { asText } from '../state.ts'
import type { Json, WabaRecord } from '../state.ts'
import type { World } from '../world.ts'
import { wabaFields } from './accounts.ts'
import type { Caller } from './auth.ts'
import { fieldsOf } from './call.ts'
import type { Call } from './call.ts'
import { badParameter, GraphError } from './errors.ts'
import { pageOf, pickFields } from './fields.ts'

/** `appsecret_proof`: HMAC-SHA256 of the token with the app's secret, in hex. */
export function proofOf(secret: string, token: string): string {
  return createHmac('sha256', secret).update(token).digest('hex')
}

/** Throws 100 where a call brings a proof that is not its token's. */
export function requireRightProof(world: World, caller: Caller, given: unknown): void {
  if (given === undefined || caller.kind !== 'token') return
  const app = world.state.apps[caller.token.appId]
  if (app !== undefined && given === proofOf(app.secret, caller.token.token)) return
  throw badParameter('Invalid appsecret_proof provided in the API argument')
}

/**
 * `POST /{business}/system_user_access_tokens` with `fetch_only`: the token that a customer's business gave the app, after
 * hosted signup. Only the app owner's system user may ask, and only with a proof that it knows the app's secret.
 */
export function fetchBusinessToken({ deps, node, caller, body }: Call<'business'>): Json {
  if (caller.kind !== 'token' || caller.token.isSystemUser !== true)
    throw new GraphError(200, undefined, { message: '(#200) A system user access token is needed.' })
  if (body['appsecret_proof'] === undefined)
    throw badParameter('API calls from the server require an appsecret_proof argument')
  if (!['true', '1'].includes(asText(body['fetch_only']))) throw badParameter('The parameter fetch_only must be true.')
  const { appId } = caller.token
  const token = deps.world.state.tokens.findLast(
    (each) => each.appId === appId && each.businessId === node.business.id && !each.isRevoked && each !== caller.token,
  )
  if (token === undefined)
    throw new GraphError(200, undefined, { message: '(#200) The business has not shared anything with this app.' })
  return { access_token: token.token, token_type: 'bearer' }
}

/** `GET /{business}/owned_whatsapp_business_accounts`: those of the business that the token may see. */
export function listOwnedAccounts(call: Call<'business'>): Json {
  return listOf(call, ({ businessId }) => businessId === call.node.business.id)
}

/** `GET /{business}/client_whatsapp_business_accounts`: those that others shared with the app. */
export function listClientAccounts(call: Call<'business'>): Json {
  return listOf(call, ({ businessId }) => businessId !== call.node.business.id)
}

function listOf({ deps, caller, query, context }: Call<'business'>, isMeant: (waba: WabaRecord) => boolean): Json {
  const { world } = deps
  const seen = new Set(visibleTo(world, caller))
  const accounts = Object.values(world.state.wabas).filter((waba) => seen.has(waba.id) && isMeant(waba))
  const table = wabaFields(world)
  const asked = fieldsOf(query) ?? ['id', 'name', 'timezone_id', 'message_template_namespace']
  return pageOf(
    accounts.map((waba) => pickFields(waba, table, asked)),
    query,
    context.req.url,
  )
}

/** The system user of an app sees every account that was shared with the app. */
function visibleTo({ state }: World, caller: Caller): string[] {
  if (caller.kind === 'app') return []
  const { token } = caller
  if (token.isSystemUser !== true) return token.wabaIds
  return state.tokens.flatMap((each) => (each.appId === token.appId && !each.isRevoked ? each.wabaIds : []))
}
