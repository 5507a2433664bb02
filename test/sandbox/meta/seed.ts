import { demoMeta } from '../demo.ts'
import { defaultSettings } from './settings.ts'
import { signupFacts } from './signup/facts.ts'
import { APP_SCOPES } from './signup/finish.ts'
import { seedApps, seedLines, seedTokens, seedUsers } from './signup/seed.ts'
import type { NumberRecord, State, TemplateRecord, TokenRecord, WabaRecord } from './state.ts'

const { oldProvider } = signupFacts

export type SeedOptions = { webhookUrl: string; appSecret: string; verifyToken: string; isEmpty?: boolean }

/**
 * The demo's businesses, accounts, numbers, template and customers. `isEmpty`: as somebody new has it. The businesses are
 * not verified, no app is subscribed, no number is registered; the second is verified by code, the first is not.
 */
export function initialState(options: SeedOptions): State {
  const verificationStatus = options.isEmpty === true ? 'not_verified' : 'verified'
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
      [demoMeta.businessId]: { id: demoMeta.businessId, name: 'Example Parcels', verificationStatus },
      [signupFacts.ownerBusinessId]: {
        id: signupFacts.ownerBusinessId,
        name: 'Kaiwa (sandbox)',
        verificationStatus: 'verified',
      },
      [oldProvider.businessId]: {
        id: oldProvider.businessId,
        name: 'Example Parcels at another provider',
        verificationStatus: 'verified',
      },
      [demoMeta.other.businessId]: {
        id: demoMeta.other.businessId,
        name: 'Other Example',
        verificationStatus,
      },
    },
    wabas: {
      [demoMeta.wabaId]: waba(demoMeta.wabaId, 'Example Parcels', demoMeta.businessId, options),
      [demoMeta.other.wabaId]: waba(demoMeta.other.wabaId, 'Other Example', demoMeta.other.businessId, options),
      [oldProvider.wabaId]: {
        ...waba(oldProvider.wabaId, 'Example Parcels at another provider', oldProvider.businessId, options),
        accountReviewStatus: 'APPROVED',
        subscriptions: [{ appId: oldProvider.appId }],
      },
    },
    numbers: numbersOf(options),
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

function numbersOf(options: SeedOptions): Record<string, NumberRecord> {
  const { other, wabaId } = demoMeta
  const first = number(demoMeta.phoneNumberId, wabaId, demoMeta.displayPhoneNumber, 'Example Parcels')
  const second = number(
    demoMeta.secondPhoneNumberId,
    wabaId,
    demoMeta.secondDisplayPhoneNumber,
    'Example Parcels Sales',
  )
  const others = number(other.phoneNumberId, other.wabaId, other.displayPhoneNumber, 'Other Example')
  if (options.isEmpty === true) {
    for (const each of [first, second, others]) Object.assign(each, UNUSED)
    first.codeVerificationStatus = 'UNVERIFIED'
  }
  const { phoneNumberId, displayPhoneNumber, wabaId: oldWabaId } = oldProvider
  const elsewhere = { ...number(phoneNumberId, oldWabaId, displayPhoneNumber, 'Example Parcels'), pin: '998877' }
  return Object.fromEntries([first, second, others, elsewhere].map((each) => [each.id, each]))
}

/** A number that was entered in an account and never used. */
const UNUSED = {
  isRegistered: false,
  status: 'PENDING',
  nameStatus: 'PENDING_REVIEW',
  qualityRating: 'NA',
  messagingLimit: 'TIER_250',
  profile: {},
}

function waba(id: string, name: string, businessId: string, options: SeedOptions): WabaRecord {
  return {
    id,
    name,
    businessId,
    country: 'GB',
    currency: 'GBP',
    timezoneId: '58',
    accountReviewStatus: options.isEmpty === true ? 'PENDING' : 'APPROVED',
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
