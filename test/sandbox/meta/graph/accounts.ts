import type { BusinessRecord, Json, WabaRecord } from '../state.ts'
import type { World } from '../world.ts'
import { fieldsOf } from './call.ts'
import type { Call } from './call.ts'
import { badParameter, GraphError } from './errors.ts'
import { pickFields } from './fields.ts'
import type { FieldTable } from './fields.ts'
import { accountHealthOf } from './health.ts'
import { verifiedUri } from './numbers.ts'

const NOT_SUBSCRIBED =
  '(#100) Before override the current callback uri, your app must be subscribed to receive messages for WhatsApp Business Account'

export function wabaFields(world: World): FieldTable<WabaRecord> {
  const business = (waba: WabaRecord): BusinessRecord | undefined => world.state.businesses[waba.businessId]
  return {
    name: (waba) => waba.name,
    currency: (waba) => waba.currency,
    country: (waba) => waba.country,
    timezone_id: (waba) => waba.timezoneId,
    message_template_namespace: (waba) => `ns_${waba.id}`,
    account_review_status: (waba) => waba.accountReviewStatus,
    business_verification_status: (waba) => business(waba)?.verificationStatus,
    ownership_type: () => 'CLIENT_OWNED',
    owner_business_info: (waba) => ({ id: waba.businessId, name: business(waba)?.name }),
    primary_funding_id: (waba) => (waba.hasPaymentMethod && !world.settings.paymentMissing ? `9${waba.id}` : '0'),
    health_status: (waba) => accountHealthOf(world, waba),
  }
}

const BUSINESS_FIELDS: FieldTable<BusinessRecord> = {
  name: (business) => business.name,
  verification_status: (business) => business.verificationStatus,
}

export function getWaba({ deps, node, query }: Call<'waba'>): Json {
  const asked = fieldsOf(query) ?? ['name', 'timezone_id', 'message_template_namespace']
  return pickFields(node.waba, wabaFields(deps.world), asked)
}

export function getBusiness({ node, query }: Call<'business'>): Json {
  return pickFields(node.business, BUSINESS_FIELDS, fieldsOf(query) ?? ['name'])
}

/** `POST /{WABA}/subscribed_apps`: subscribes; then, in a second call, an override address; without one, back to the app's. */
export async function subscribeApp({ deps, node, caller, body }: Call<'waba'>): Promise<Json> {
  const appId = caller.kind === 'token' ? caller.token.appId : caller.app.id
  const subscription = node.waba.subscriptions.find((each) => each.appId === appId)
  if (body['override_callback_uri'] === undefined) {
    if (subscription === undefined) node.waba.subscriptions.push({ appId })
    else delete subscription.overrideUri
  } else {
    const hasDefault = typeof deps.world.state.apps[appId]?.callbackUrl === 'string'
    if (subscription === undefined || !hasDefault) throw new GraphError(100, undefined, { message: NOT_SUBSCRIBED })
    subscription.overrideUri = await verifiedUri(body['override_callback_uri'], body['verify_token'])
  }
  deps.world.touch()
  return { success: true }
}

export function listSubscriptions({ deps, node }: Call<'waba'>): Json {
  return {
    data: node.waba.subscriptions.map(({ appId, overrideUri }) => ({
      whatsapp_business_api_data: {
        id: appId,
        link: `https://www.facebook.com/games/?app_id=${appId}`,
        name: deps.world.state.apps[appId]?.name ?? appId,
      },
      ...(overrideUri === undefined ? {} : { override_callback_uri: overrideUri }),
    })),
  }
}

export function unsubscribeApp({ deps, node, caller }: Call<'waba'>): Json {
  const appId = caller.kind === 'token' ? caller.token.appId : caller.app.id
  node.waba.subscriptions = node.waba.subscriptions.filter((each) => each.appId !== appId)
  deps.world.touch()
  return { success: true }
}

/** `POST /{app}/subscriptions` with the app's token: the default callback, verified before it counts. */
export async function setCallback({ deps, node, caller, body }: Call<'app'>): Promise<Json> {
  if (caller.kind !== 'app')
    throw new GraphError(100, undefined, { message: '(#100) This method must be called with an app access_token.' })
  if (body['object'] !== 'whatsapp_business_account')
    throw badParameter('Param object must be one of {WHATSAPP_BUSINESS_ACCOUNT}')
  const url = await verifiedUri(body['callback_url'], body['verify_token'])
  node.app.callbackUrl = url
  node.app.verifyToken = String(body['verify_token'])
  deps.world.touch()
  return { success: true }
}

export function getCallback({ node }: Call<'app'>): Json {
  const { callbackUrl } = node.app
  if (callbackUrl === null) return { data: [] }
  return {
    data: [
      {
        object: 'whatsapp_business_account',
        callback_url: callbackUrl,
        active: true,
        fields: [{ name: 'messages', version: 'v25.0' }],
      },
    ],
  }
}
