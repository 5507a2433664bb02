import type { Context, Hono } from 'hono'
import type { Deps } from '../deps.ts'
import { newTraceId } from '../ids.ts'
import * as accounts from './accounts.ts'
import { callerOf, requireAccess } from './auth.ts'
import { syncBusinessApp } from './business-app.ts'
import { parametersOf } from './call.ts'
import type { Call } from './call.ts'
import { GraphError } from './errors.ts'
import * as hosted from './hosted.ts'
import { deleteMedia, downloadMedia, getMedia, uploadMedia } from './media-calls.ts'
import { nodeOf, unsupported } from './nodes.ts'
import type { Node } from './nodes.ts'
import * as numbers from './numbers.ts'
import * as onboarding from './onboarding.ts'
import { getProfile, postProfile } from './profile.ts'
import { refuseWherePlanted } from './refusals.ts'
import { postMessage } from './send.ts'
import * as templates from './templates.ts'
import { debugToken, exchangeCode } from './tokens.ts'
import { isSupported } from './versions.ts'

const MESSAGING = 'whatsapp_business_messaging'
const MANAGEMENT = 'whatsapp_business_management'
const CALLS_PER_HOUR = 5_000

type Answer = object | Promise<object>

type Edge = { kind: Node['kind']; scope: string; answer: (call: Call) => Answer }

function edge<Kind extends Node['kind']>(kind: Kind, scope: string, answer: (call: Call<Kind>) => Answer): Edge {
  const isOurs = (call: Call): call is Call & Call<Kind> => call.node.kind === kind
  return {
    kind,
    scope,
    answer: (call) => {
      if (!isOurs(call)) throw unsupported(call.context.req.method, '')
      return answer(call)
    },
  }
}

/** What objects can do: method, then the edge's name (none for the object itself). */
const EDGES: Record<string, readonly Edge[]> = {
  GET: [
    edge('phone', MANAGEMENT, numbers.getNumber),
    edge('waba', MANAGEMENT, accounts.getWaba),
    edge('business', 'business_management', accounts.getBusiness),
    edge('media', MESSAGING, getMedia),
    edge('template', MANAGEMENT, templates.getTemplate),
  ],
  POST: [edge('phone', MANAGEMENT, numbers.postNumber), edge('template', MANAGEMENT, templates.editTemplate)],
  DELETE: [edge('media', MESSAGING, deleteMedia)],
  'POST messages': [edge('phone', MESSAGING, ({ deps, node, body }) => postMessage(deps, node.number, body))],
  'POST media': [edge('phone', MESSAGING, uploadMedia)],
  'GET phone_numbers': [edge('waba', MANAGEMENT, numbers.listNumbers)],
  'POST phone_numbers': [edge('waba', MANAGEMENT, onboarding.addNumber)],
  'POST request_code': [edge('phone', MANAGEMENT, onboarding.requestCode)],
  'POST verify_code': [edge('phone', MANAGEMENT, onboarding.verifyCode)],
  'POST register': [edge('phone', MANAGEMENT, onboarding.register)],
  'POST deregister': [edge('phone', MANAGEMENT, onboarding.deregister)],
  'POST smb_app_data': [edge('phone', MANAGEMENT, syncBusinessApp)],
  'POST system_user_access_tokens': [edge('business', 'business_management', hosted.fetchBusinessToken)],
  'GET owned_whatsapp_business_accounts': [edge('business', 'business_management', hosted.listOwnedAccounts)],
  'GET client_whatsapp_business_accounts': [edge('business', 'business_management', hosted.listClientAccounts)],
  'GET whatsapp_business_profile': [edge('phone', MESSAGING, getProfile)],
  'POST whatsapp_business_profile': [edge('phone', MESSAGING, postProfile)],
  'GET subscribed_apps': [edge('waba', MANAGEMENT, accounts.listSubscriptions)],
  'POST subscribed_apps': [edge('waba', MANAGEMENT, accounts.subscribeApp)],
  'DELETE subscribed_apps': [edge('waba', MANAGEMENT, accounts.unsubscribeApp)],
  'GET message_templates': [edge('waba', MANAGEMENT, templates.listTemplates)],
  'POST message_templates': [edge('waba', MANAGEMENT, templates.createTemplate)],
  'DELETE message_templates': [edge('waba', MANAGEMENT, templates.deleteTemplates)],
  'GET subscriptions': [edge('app', MANAGEMENT, accounts.getCallback)],
  'POST subscriptions': [edge('app', MANAGEMENT, accounts.setCallback)],
}

/** Mounts the Graph API: every supported version, and the addresses that media urls point to. */
export function mountGraph(app: Hono, deps: Deps): void {
  app.get('/oauth/access_token', (c) => answered(c, () => exchangeCode(deps, c)))
  app.get('/debug_token', (c) => answered(c, () => debugToken(deps, c)))
  app.get('/whatsapp_business/attachments/', (c) => answered(c, () => downloadMedia(deps, c)))
  const version = '/:version{v[0-9]+\\.[0-9]+}'
  app.use(`${version}/*`, async (c: Context, next) => {
    if (isSupported(c.req.param('version') ?? '', deps.world.clock.now())) return next()
    return answered(c, () => unknownPath(c))
  })
  app.get(`${version}/oauth/access_token`, (c) => answered(c, () => exchangeCode(deps, c)))
  app.get(`${version}/debug_token`, (c) => answered(c, () => debugToken(deps, c)))
  app.all(`${version}/:id`, (c) => answered(c, (headers) => dispatch(deps, c, c.req.param('id'), '', headers)))
  app.all(`${version}/:id/:edge`, (c) =>
    answered(c, (headers) => dispatch(deps, c, c.req.param('id'), c.req.param('edge'), headers)),
  )
  app.notFound((c) => answered(c, () => unknownPath(c)))
}

function unknownPath(context: Context): never {
  throw new GraphError(2500, undefined, { message: `Unknown path components: ${new URL(context.req.url).pathname}` })
}

async function dispatch(deps: Deps, context: Context, id: string, edgeName: string, headers: Headers): Promise<object> {
  const query = new URL(context.req.url).searchParams
  const caller = callerOf(deps.world, context.req.header('authorization'), query)
  const method = context.req.method
  const node = nodeOf(deps.world, deps.media, id)
  const found = EDGES[edgeName === '' ? method : `${method} ${edgeName}`]?.find((each) => each.kind === node?.kind)
  if (node === undefined || found === undefined) throw unsupported(method, id)
  requireAccess(deps.world, caller, node, found.scope)
  if (found.scope === MANAGEMENT && node.wabaId !== undefined) countCall(deps, node.wabaId, headers)
  refuseWherePlanted(deps.world, `${method} ${edgeName}`)
  const body = await parametersOf(context)
  hosted.requireRightProof(deps.world, caller, body['appsecret_proof'])
  return found.answer({ deps, context, caller, node, query, body })
}

/** Management calls are limited by the hour and account; every answer says how much is used. */
function countCall({ world, calls }: Deps, wabaId: string, headers: Headers): void {
  const used = calls.add(wabaId, world.clock.now())
  const share = Math.min(100, Math.ceil((used * 100) / CALLS_PER_HOUR))
  const usage = {
    type: 'whatsapp_business_management',
    call_count: share,
    total_cputime: share,
    total_time: share,
    estimated_time_to_regain_access: 0,
  }
  headers.set('x-business-use-case-usage', JSON.stringify({ [wabaId]: [usage] }))
  if (used > CALLS_PER_HOUR) throw new GraphError(80007, 'There have been too many calls to this account.')
}

/** Runs a call; every error of Graph becomes its body here. */
async function answered(context: Context, work: (headers: Headers) => object | Promise<object>): Promise<Response> {
  const headers = new Headers({
    'facebook-api-version': context.req.param('version') ?? 'v25.0',
    'x-fb-trace-id': newTraceId(),
  })
  try {
    const answer = await work(headers)
    return answer instanceof Response ? answer : Response.json(answer, { headers })
  } catch (error) {
    if (!(error instanceof GraphError)) throw error
    return Response.json(error.body(), { status: error.httpStatus, headers })
  }
}
