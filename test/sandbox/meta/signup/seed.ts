import { demoMeta } from '../../demo.ts'
import type { AppRecord, FacebookUser, LineRecord, TokenRecord } from '../state.ts'
import { signupFacts } from './facts.ts'
import { APP_SCOPES } from './finish.ts'

/** The people at Facebook: one with a business, one without. */
export function seedUsers(): Record<string, FacebookUser> {
  const { userId, colleagueId } = signupFacts
  return {
    [userId]: { id: userId, name: 'Sam Example', businessIds: [demoMeta.businessId] },
    [colleagueId]: { id: colleagueId, name: 'Noor Example', businessIds: [] },
  }
}

/** Apps beside the product's own: one that a customer brings, one of another provider. */
export function seedApps(): Record<string, AppRecord> {
  const { ownApp, oldProvider } = signupFacts
  return {
    [ownApp.id]: {
      id: ownApp.id,
      name: 'Example Parcels app',
      secret: ownApp.secret,
      verifyToken: ownApp.verifyToken,
      callbackUrl: null,
    },
    [oldProvider.appId]: {
      id: oldProvider.appId,
      name: 'Another provider',
      secret: 'another-provider-secret',
      verifyToken: 'another-provider',
      callbackUrl: null,
    },
  }
}

export function seedTokens(): TokenRecord[] {
  const { ownApp, systemToken, ownerBusinessId } = signupFacts
  const token = { scopes: APP_SCOPES, expiresAt: 0, isRevoked: false, isSystemUser: true }
  return [
    { ...token, token: systemToken, appId: demoMeta.appId, businessId: ownerBusinessId, wabaIds: [] },
    { ...token, token: ownApp.token, appId: ownApp.id, businessId: demoMeta.businessId, wabaIds: [demoMeta.wabaId] },
  ]
}

/** Numbers that people use outside all accounts. The Business app's has contacts and chats of the last months. */
export function seedLines(): Record<string, LineRecord> {
  const digitsOf = (display: string): string => display.replace(/\D/g, '')
  const messenger = digitsOf(signupFacts.messengerNumber)
  const app = digitsOf(signupFacts.businessAppNumber)
  return {
    [messenger]: { digits: messenger, use: 'messenger', name: 'Sam', contacts: [], chats: [] },
    [app]: {
      digits: app,
      use: 'business_app',
      name: 'Example Parcels Depot',
      contacts: [
        { name: 'Sakura Tanaka', phone: '819012345678' },
        { name: 'Olivia Brown', phone: '447700900180' },
      ],
      chats: [
        { phone: '819012345678', isFromBusiness: false, text: 'Are you open on Sunday?', agoDays: 120 },
        { phone: '819012345678', isFromBusiness: true, text: 'From ten to four.', agoDays: 120 },
        { phone: '447700900180', isFromBusiness: false, text: 'My parcel is too big for the box.', agoDays: 40 },
        { phone: '447700900180', isFromBusiness: true, text: 'We keep it here for you.', agoDays: 40 },
        // A picture: no text.
        { phone: '447700900180', isFromBusiness: false, text: '', agoDays: 40 },
        { phone: '447700900180', isFromBusiness: false, text: 'Thank you!', agoDays: 0 },
      ],
    },
  }
}
