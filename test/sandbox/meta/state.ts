import type { Settings } from './settings.ts'

/** Any JSON object of Graph or of a webhook. */
export type Json = Record<string, unknown>

export type AppRecord = {
  id: string
  name: string
  secret: string
  verifyToken: string
  /** The app's default callback; null until one is configured. */
  callbackUrl: string | null
  /** Login configurations of Embedded Signup v4. */
  loginConfigIds?: string[]
}

/** A person at Facebook, and the businesses that person manages. */
export type FacebookUser = { id: string; name: string; businessIds: string[] }

export type BusinessRecord = { id: string; name: string; verificationStatus: string }

export type Subscription = { appId: string; overrideUri?: string }

export type WabaRecord = {
  id: string
  name: string
  businessId: string
  country: string
  currency: string
  timezoneId: string
  accountReviewStatus: string
  hasPaymentMethod: boolean
  subscriptions: Subscription[]
  /** What an ACCOUNT_RESTRICTION took away, until when in Unix seconds. */
  restrictions?: { type: string; until: number }[]
  isBanned?: boolean
}

export type NumberRecord = {
  id: string
  wabaId: string
  displayPhoneNumber: string
  /** The number without "+" and spaces, as `metadata.display_phone_number` carries it. */
  digits: string
  verifiedName: string
  nameStatus: string
  qualityRating: string
  status: string
  codeVerificationStatus: string
  isRegistered: boolean
  pin?: string
  /** The code last asked for; `expiresAt` is epoch milliseconds. */
  code?: { value: string; expiresAt: number; method: string; wrongTries: number }
  /** Epoch milliseconds of the codes sent lately. */
  codesSent?: number[]
  /** Epoch milliseconds of each call of `register`. */
  registrations: number[]
  /** Epoch milliseconds of the wrong PINs lately. */
  wrongPins?: number[]
  overrideUri?: string
  messagingLimit: string
  profile: Json
  /** A name that was asked for and is under review. */
  newDisplayName?: string
  newNameStatus?: string
  /** The number it comes from, while it moves here from another account. */
  movesFrom?: string
  /** Used in the Business app at the same time. */
  isOnBizApp?: boolean
  /** Epoch milliseconds. */
  onboardedAt?: number
  /** Epoch milliseconds of each kind of `smb_app_data` asked for; and whether the person shared the history. */
  syncs?: Record<string, number>
  sharesHistory?: boolean
}

/** A telephone number that is on WhatsApp outside all accounts: with a person, or in the Business app. */
export type LineRecord = {
  digits: string
  use: 'messenger' | 'business_app'
  name: string
  contacts: { name: string; phone: string }[]
  /** What was written before, for the history of coexistence, oldest first. */
  chats: { phone: string; isFromBusiness: boolean; text: string; agoDays: number }[]
}

export type TemplateRecord = {
  id: string
  wabaId: string
  name: string
  language: string
  category: string
  status: string
  parameterFormat: 'POSITIONAL' | 'NAMED'
  components: Json[]
  /** Epoch milliseconds. */
  createdAt: number
}

export type TokenRecord = {
  token: string
  appId: string
  businessId: string
  wabaIds: string[]
  scopes: string[]
  /** Of the app owner's own system user, which may fetch the customers' tokens. */
  isSystemUser?: boolean
  /** Unix seconds, 0 for a token that does not expire. */
  expiresAt: number
  isRevoked: boolean
}

/** A code of the dialog, good for the app that asked. */
export type CodeRecord = { code: string; expiresAt: number; token: string; isUsed: boolean; appId?: string }

export type Customer = {
  id: string
  name?: string
  username?: string
  /** The phone number as WhatsApp writes it: digits without "+". */
  waId?: string
  /** Somebody with a username whose number is left out of webhooks. */
  hidesPhone: boolean
  /** Business-scoped user id by business portfolio. */
  userIds: Record<string, string>
  identityHash: string
  readReceipts: boolean
  isOnline: boolean
  /** Every message to this person fails later with this code (131026: not reachable). */
  failCode?: number
  /** Written to by the business, but not on WhatsApp; ends with the first message from there. */
  isGhost?: boolean
}

export type StatusName = 'received' | 'accepted' | 'sent' | 'delivered' | 'read' | 'played' | 'failed'

export type StatusEntry = { status: StatusName; timestamp: number; errors?: Json[] }

export type StoredMessage = {
  id: string
  direction: 'in' | 'out'
  phoneNumberId: string
  customerId: string
  type: string
  /** Unix seconds by the platforms' clock. */
  timestamp: number
  /** The type object under its own name, with `context`, `referral` and the like as they were sent. */
  content: Json
  /** What the business wrote in `to` or `recipient`. */
  input?: string
  isByUserId?: boolean
  /** The file of a media message, where the double holds it. */
  mediaId?: string
  status: StatusName
  statuses: StatusEntry[]
  callbackData?: string
  pricing?: Json
  /** What will be reported as a `failed` status instead of `sent`. */
  failWith?: { code: number; details: string }
  /** A template as the customer reads it. */
  rendered?: { header?: string; body: string; footer?: string; buttons: string[] }
  isEdited?: boolean
  isRevoked?: boolean
  reactions: { by: 'customer' | 'business'; emoji: string }[]
}

export type MediaRecord = {
  id: string
  phoneNumberId: string
  mimeType: string
  sha256: string
  size: number
  filename?: string
  origin: 'upload' | 'webhook'
  /** Epoch milliseconds. */
  createdAt: number
}

export type Entry = { id: string; time?: number; changes: { field: string; value: unknown }[] }

/** A webhook body on its way to one address; waiting ones survive a restart. */
export type Delivery = {
  id: number
  url: string
  appId: string
  entries: Entry[]
  /** Epoch milliseconds by the platforms' clock. */
  createdAt: number
  tries: number
  /** The HTTP status of the last try, 0 for no answer. */
  status: number
  state: 'waiting' | 'delivered' | 'gave up'
}

export type State = {
  nextId: number
  settings: Settings
  apps: Record<string, AppRecord>
  users: Record<string, FacebookUser>
  businesses: Record<string, BusinessRecord>
  lines: Record<string, LineRecord>
  /** Businesses that an app won through signup, with epoch milliseconds. */
  onboarded: { appId: string; businessId: string; at: number }[]
  wabas: Record<string, WabaRecord>
  numbers: Record<string, NumberRecord>
  templates: Record<string, TemplateRecord>
  tokens: TokenRecord[]
  codes: CodeRecord[]
  customers: Record<string, Customer>
  messages: StoredMessage[]
  media: Record<string, MediaRecord>
  /** Unix seconds of the customer's last message by chat; the 24 hours count from here. */
  windows: Record<string, number>
  /** Free entry points by chat, Unix seconds: when the customer came from an ad, and how long all is free. */
  entryPoints: Record<string, { adAt: number; freeUntil?: number }>
  deliveries: Record<string, Delivery>
}

/** The key of a chat: one customer with one business number. */
export function chatKey(customerId: string, phoneNumberId: string): string {
  return `${customerId}|${phoneNumberId}`
}

export function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A parameter as text: strings and plain values as they are written, the fallback for anything else. */
export function asText(value: unknown, fallback = ''): string {
  if (typeof value === 'string') return value
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : fallback
}
