import type { Json, NumberRecord } from '../state.ts'
import { isJson } from '../state.ts'
import { verificationFailure } from '../webhooks/verify.ts'
import type { World } from '../world.ts'
import { fieldsOf } from './call.ts'
import type { Call } from './call.ts'
import { text } from './checks.ts'
import { badParameter, GraphError } from './errors.ts'
import { pageOf, pickFields } from './fields.ts'
import type { FieldTable } from './fields.ts'
import { healthOf } from './health.ts'

const OVERRIDE_MAX = 200
const displayName = text({ min: 2, max: 75 })
const DEFAULT_FIELDS = ['id', 'display_phone_number', 'verified_name', 'quality_rating', 'code_verification_status']

function numberFields(world: World): FieldTable<NumberRecord> {
  return {
    display_phone_number: (number) => number.displayPhoneNumber,
    verified_name: (number) => number.verifiedName,
    name_status: (number) => number.nameStatus,
    code_verification_status: (number) => number.codeVerificationStatus,
    quality_rating: (number) => number.qualityRating,
    status: (number) => number.status,
    platform_type: (number) => (number.isRegistered ? 'CLOUD_API' : 'NOT_APPLICABLE'),
    throughput: () => ({ level: 'STANDARD' }),
    account_mode: () => 'LIVE',
    is_on_biz_app: (number) => number.isOnBizApp === true,
    is_pin_enabled: (number) => number.pin !== undefined,
    whatsapp_business_manager_messaging_limit: (number) => number.messagingLimit,
    last_onboarded_time: (number) =>
      number.onboardedAt === undefined
        ? '2026-01-01T00:00:00+0000'
        : new Date(number.onboardedAt).toISOString().replace(/\.\d+Z$/, '+0000'),
    new_display_name: (number) => number.newDisplayName,
    new_name_status: (number) => number.newNameStatus ?? 'NONE',
    webhook_configuration: (number) => webhookConfiguration(world, number),
    health_status: (number) => healthOf(world, number),
  }
}

export function getNumber({ deps, node, query }: Call<'phone'>): Json {
  return pickFields(node.number, numberFields(deps.world), fieldsOf(query) ?? DEFAULT_FIELDS)
}

export function listNumbers({ deps, node, query, context }: Call<'waba'>): Json {
  const own = Object.values(deps.world.state.numbers).filter((number) => number.wabaId === node.waba.id)
  const fields = fieldsOf(query) ?? [
    ...DEFAULT_FIELDS,
    'status',
    'platform_type',
    'throughput',
    'webhook_configuration',
  ]
  const table = numberFields(deps.world)
  return pageOf(
    own.map((number) => pickFields(number, table, fields)),
    query,
    context.req.url,
  )
}

/** `POST /{phone}`: an own webhook address for the number (empty takes it away), a two-step PIN, or another name. */
export async function postNumber({ deps, node, body }: Call<'phone'>): Promise<Json> {
  const { number } = node
  const configuration = body['webhook_configuration']
  if (isJson(configuration)) await configureWebhook(number, configuration)
  else if (typeof body['pin'] === 'string' && /^\d{6}$/.test(body['pin'])) number.pin = body['pin']
  else if (body['new_display_name'] !== undefined) askForName(number, body['new_display_name'])
  else throw badParameter('The parameter webhook_configuration, new_display_name or a pin of 6 digits is required.')
  deps.world.touch()
  return { success: true }
}

/** Another display name: used once Meta's review approves it. */
function askForName(number: NumberRecord, name: unknown): void {
  const problem = displayName(name, 'new_display_name')
  if (problem !== undefined) throw badParameter(problem.details)
  number.newDisplayName = String(name)
  number.newNameStatus = 'PENDING_REVIEW'
}

async function configureWebhook(number: NumberRecord, configuration: Json): Promise<void> {
  const uri = configuration['override_callback_uri']
  if (uri === '') {
    delete number.overrideUri
    return
  }
  number.overrideUri = await verifiedUri(uri, configuration['verify_token'])
}

/** An override address that answered the verification GET. Throws 100 or 2200. */
export async function verifiedUri(uri: unknown, verifyToken: unknown): Promise<string> {
  if (typeof uri !== 'string' || uri === '') throw badParameter('The parameter override_callback_uri is required.')
  if (uri.length > OVERRIDE_MAX)
    throw badParameter(`Param override_callback_uri must be at most ${OVERRIDE_MAX} characters long`)
  if (typeof verifyToken !== 'string' || verifyToken === '')
    throw badParameter('The parameter verify_token is required.')
  const failure = await verificationFailure(uri, verifyToken)
  if (failure !== undefined) {
    const message = `(#2200) Callback verification failed with the following errors: ${failure}`
    throw new GraphError(2200, undefined, { message })
  }
  return uri
}

function webhookConfiguration(world: World, number: NumberRecord): Json {
  const subscription = world.wabaOf(number).subscriptions[0]
  const application = subscription === undefined ? undefined : world.state.apps[subscription.appId]?.callbackUrl
  return {
    ...(number.overrideUri === undefined ? {} : { phone_number: number.overrideUri }),
    ...(subscription?.overrideUri === undefined ? {} : { whatsapp_business_account: subscription.overrideUri }),
    ...(typeof application === 'string' ? { application } : {}),
  }
}
