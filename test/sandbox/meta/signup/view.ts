import type { World } from '../world.ts'
import { APP_SCOPES } from './finish.ts'
import type { Session } from './sessions.ts'
import type { DialogView } from './view-types.ts'

const PERMISSIONS: Record<string, string> = {
  business_management: 'Manage your business portfolio',
  whatsapp_business_management: 'Manage your WhatsApp accounts, phone numbers and message templates',
  whatsapp_business_messaging: 'Send and receive messages of your WhatsApp accounts',
}

/** What a dialog shows at its step. */
export function dialogView({ state, settings }: World, session: Session): DialogView {
  const user = state.users[session.userId ?? '']
  const businesses = (user?.businessIds ?? []).flatMap((id) => state.businesses[id] ?? [])
  const numbers = Object.values(state.numbers).filter(({ status }) => status !== 'MIGRATED')
  const accounts = Object.values(state.wabas).filter((waba) => waba.businessId === session.businessId)
  const number = state.numbers[session.phoneNumberId ?? '']
  return {
    session: session.id,
    step: session.step,
    appName: state.apps[session.appId]?.name ?? session.appId,
    isCoexistence: session.isCoexistence,
    isHosted: session.isHosted,
    wabaId: session.wabaId ?? null,
    users: Object.values(state.users).map(({ id, name }) => ({ id, name })),
    userName: user?.name ?? '',
    businesses: businesses.map(({ id, name, verificationStatus }) => ({ id, name, status: verificationStatus })),
    accounts: accounts.map(({ id, name }) => ({
      id,
      name,
      numbers: numbers
        .filter(({ wabaId }) => wabaId === id)
        .map((each) => ({
          id: each.id,
          display: each.displayPhoneNumber,
          name: each.verifiedName,
          isVerified: each.codeVerificationStatus === 'VERIFIED',
        })),
    })),
    asks: { accountName: session.wabaId === undefined, displayName: session.wantsNumber },
    number: number === undefined ? null : { display: number.displayPhoneNumber, method: number.code?.method ?? '' },
    permissions: (settings.onboarding.grantedScopes ?? APP_SCOPES).map((scope) => PERMISSIONS[scope] ?? scope),
    problem: session.problem,
    outcome: session.outcome,
  }
}
