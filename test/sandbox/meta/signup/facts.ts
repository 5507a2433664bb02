import { demoMeta } from '../../demo.ts'

/** What an operator configures for signup: the app's Login configuration, and the token of its own system user. */
export const signupFacts = {
  loginConfigId: '900100',
  systemToken: 'demo-system-token',
  /** Where hosted signup begins, below the double's origin. */
  hostedPath: `/signup/${demoMeta.appId}`,
  /** The business that owns the app. */
  ownerBusinessId: '600500',
  /** The person who signs in to Facebook first, and a colleague. */
  userId: '400100',
  colleagueId: '400101',
  /** A customer's own app, with the token of its own system user for `demoMeta.wabaId` (or the empty seed's account). */
  ownApp: { id: '500200', secret: 'own-app-secret', token: 'own-app-token', verifyToken: 'own-verify-token' },
  /** Another provider's app, which holds the number that can be moved. */
  oldProvider: {
    appId: '500900',
    businessId: '600800',
    wabaId: '700800',
    phoneNumberId: '800800',
    displayPhoneNumber: '+44 20 7946 0180',
  },
  /** Numbers that are in use outside all accounts. */
  messengerNumber: '+44 20 7946 0170',
  businessAppNumber: '+44 20 7946 0171',
} as const
