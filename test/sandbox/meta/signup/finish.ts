import { randomBytes } from 'node:crypto'
import type { Deps } from '../deps.ts'
import { GraphError } from '../graph/errors.ts'
import type { TokenRecord } from '../state.ts'
import { finishEvent } from './events.ts'
import type { DialogView } from './view-types.ts'

const CODE_LIFE_MS = 30_000
const WEEK_MS = 7 * 86_400_000
export const APP_SCOPES = ['business_management', 'whatsapp_business_management', 'whatsapp_business_messaging']

type Agreed = {
  appId: string
  isCoexistence: boolean
  isHosted: boolean
  businessId?: string
  wabaId?: string
  phoneNumberId?: string
}

/**
 * The person agreed: the app gets a token for the account (a code for it where a window waits), and is told by
 * PARTNER_ADDED. Throws where the app may win no more customers this week.
 */
export function finish(deps: Deps, { appId, businessId, wabaId, ...agreed }: Agreed): DialogView['outcome'] {
  const { world, outbox } = deps
  if (businessId === undefined || wabaId === undefined) throw new GraphError(100, 'Choose an account first.')
  countCustomer(deps, appId, businessId)
  const token = businessToken(deps, appId, businessId, wabaId)
  const value = { event: 'PARTNER_ADDED', waba_info: { waba_id: wabaId, owner_business_id: businessId } }
  const { partnerAddedDelayMs, omitEvent, codeFirst } = world.settings.onboarding
  const tell = (): void => outbox.emitToApp(appId, businessId, 'account_update', value)
  if (partnerAddedDelayMs === 0) tell()
  else setTimeout(tell, partnerAddedDelayMs).unref()
  if (agreed.isHosted) return { event: null, code: '', isCodeFirst: false }
  const code = `AQ${randomBytes(48).toString('base64url')}`
  world.state.codes.push({
    code,
    appId,
    token: token.token,
    isUsed: false,
    expiresAt: world.clock.now() + CODE_LIFE_MS,
  })
  const { phoneNumberId } = agreed
  const event = finishEvent({
    wabaId,
    businessId,
    isCoexistence: agreed.isCoexistence,
    ...(phoneNumberId === undefined ? {} : { phoneNumberId }),
  })
  return { event: omitEvent ? null : event, code, isCodeFirst: codeFirst }
}

function countCustomer({ world }: Deps, appId: string, businessId: string): void {
  const { onboarded } = world.state
  if (onboarded.some((each) => each.appId === appId && each.businessId === businessId)) return
  const now = world.clock.now()
  const lately = onboarded.filter((each) => each.appId === appId && each.at > now - WEEK_MS)
  const limit = world.settings.onboarding.newCustomersPerWeek
  if (limit !== null && lately.length >= limit)
    throw new GraphError(100, 'This app has reached the number of businesses that it may onboard this week.')
  onboarded.push({ appId, businessId, at: now })
}

/** A business's token for the app: every account the business shared with it so far, the new one last. */
function businessToken({ world }: Deps, appId: string, businessId: string, wabaId: string): TokenRecord {
  const earlier = world.state.tokens.filter((each) => each.appId === appId && each.businessId === businessId)
  const shared = earlier.flatMap((each) => (each.isRevoked ? [] : each.wabaIds)).filter((id) => id !== wabaId)
  const { grantedScopes, tokenLifeSeconds } = world.settings.onboarding
  const token: TokenRecord = {
    token: `EAA${randomBytes(60).toString('base64url')}`,
    appId,
    businessId,
    wabaIds: [...new Set(shared), wabaId],
    scopes: grantedScopes ?? APP_SCOPES,
    expiresAt: tokenLifeSeconds === 0 ? 0 : world.nowSeconds() + tokenLifeSeconds,
    isRevoked: false,
  }
  world.state.tokens.push(token)
  return token
}
