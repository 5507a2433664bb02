import { demoMeta } from '../demo.ts'
import { defaultSettings } from './settings.ts'
import { signupFacts } from './signup/facts.ts'
import { APP_SCOPES } from './signup/finish.ts'
import { seedApps, seedLines, seedTokens, seedUsers } from './signup/seed.ts'
import type { NumberRecord, State, TemplateRecord, TokenRecord, WabaRecord } from './state.ts'

export type SeedOptions = { webhookUrl: string; appSecret: string; verifyToken: string; isEmpty?: boolean }

/** The demo's businesses, accounts, numbers, template and customers; `isEmpty` leaves them unconnected to the app. */
export function initialState(options: SeedOptions): State {
  return {
    nextId: 1,
    settings: structuredClone(defaultSettings),
    apps: {
      [demoMeta.appId]: {
        id: demoMeta.appId,
        name: 'Kaiwa (sandbox)',
        secret: options.appSecret,
        verifyToken: options.verifyToken,
        callbackUrl: options.webhookUrl,
        loginConfigIds: [signupFacts.loginConfigId],
      },
      ...seedApps(),
    },
    users: seedUsers(),
    lines: seedLines(),
    onboarded: [],
    businesses: {
      [demoMeta.businessId]: { id: demoMeta.businessId, name: 'Example Parcels', verificationStatus: 'verified' },
      [demoMeta.other.businessId]: {
        id: demoMeta.other.businessId,
        name: 'Other Example',
        verificationStatus: 'verified',
      },
    },
    wabas: {
      [demoMeta.wabaId]: waba(demoMeta.wabaId, 'Example Parcels', demoMeta.businessId, options),
      [demoMeta.other.wabaId]: waba(demoMeta.other.wabaId, 'Other Example', demoMeta.other.businessId, options),
    },
    numbers: {
      [demoMeta.phoneNumberId]: number(
        demoMeta.phoneNumberId,
        demoMeta.wabaId,
        demoMeta.displayPhoneNumber,
        'Example Parcels',
      ),
      [demoMeta.secondPhoneNumberId]: number(
        demoMeta.secondPhoneNumberId,
        demoMeta.wabaId,
        demoMeta.secondDisplayPhoneNumber,
        'Example Parcels Sales',
      ),
      [demoMeta.other.phoneNumberId]: number(
        demoMeta.other.phoneNumberId,
        demoMeta.other.wabaId,
        demoMeta.other.displayPhoneNumber,
        'Other Example',
      ),
    },
    templates: { [demoMeta.template.id]: orderReady() },
    tokens: [
      token(demoMeta.token, demoMeta.businessId, demoMeta.wabaId),
      token(demoMeta.other.token, demoMeta.other.businessId, demoMeta.other.wabaId),
      ...seedTokens(),
    ],
    codes: [],
    customers: {
      c1: {
        id: 'c1',
        name: 'Sakura Tanaka',
        waId: '819012345678',
        hidesPhone: false,
        userIds: {},
        identityHash: 'idh-c1',
        readReceipts: true,
        isOnline: true,
      },
      c2: {
        id: 'c2',
        name: 'Jo Reyes',
        username: 'jo.reyes',
        hidesPhone: true,
        userIds: {},
        identityHash: 'idh-c2',
        readReceipts: true,
        isOnline: true,
      },
    },
    messages: [],
    media: {},
    windows: {},
    entryPoints: {},
    deliveries: {},
  }
}

function waba(id: string, name: string, businessId: string, options: SeedOptions): WabaRecord {
  return {
    id,
    name,
    businessId,
    country: 'GB',
    currency: 'GBP',
    timezoneId: '58',
    accountReviewStatus: 'APPROVED',
    hasPaymentMethod: true,
    subscriptions: options.isEmpty === true ? [] : [{ appId: demoMeta.appId }],
  }
}

function number(id: string, wabaId: string, display: string, verifiedName: string): NumberRecord {
  return {
    id,
    wabaId,
    displayPhoneNumber: display,
    digits: display.replace(/\D/g, ''),
    verifiedName,
    nameStatus: 'APPROVED',
    qualityRating: 'GREEN',
    status: 'CONNECTED',
    codeVerificationStatus: 'VERIFIED',
    isRegistered: true,
    registrations: [],
    messagingLimit: 'TIER_2K',
    profile: { about: 'Hello there', vertical: 'RETAIL' },
  }
}

function token(value: string, businessId: string, wabaId: string): TokenRecord {
  return {
    token: value,
    appId: demoMeta.appId,
    businessId,
    wabaIds: [wabaId],
    scopes: APP_SCOPES,
    expiresAt: 0,
    isRevoked: false,
  }
}

function orderReady(): TemplateRecord {
  const { id, name, language, body } = demoMeta.template
  return {
    id,
    wabaId: demoMeta.wabaId,
    name,
    language,
    category: 'UTILITY',
    status: 'APPROVED',
    parameterFormat: 'POSITIONAL',
    components: [{ type: 'BODY', text: body, example: { body_text: [['A-17']] } }],
    createdAt: 1_767_225_600_000,
  }
}
