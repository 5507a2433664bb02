import type { AccountView, NumberView, SetupView } from '../../contract/index.ts'
import { accountViewSchema, numberViewSchema, setupViewSchema } from '../../contract/index.ts'

export const NOW = '2026-11-22T12:00:00.000Z'

const standing = {
  stage: 'trial',
  overlays: [],
  trial: { startedAt: null, endsAt: null, phoneNumberId: null, displayPhoneNumber: null },
  isDesignated: false,
  isDesignationChosen: false,
  places: [],
  metaLimit: null,
  missing: [],
  failure: null,
}

type Changes = Record<string, unknown>

export function account(changes: Changes = {}): AccountView {
  return accountViewSchema.parse({
    wabaId: '700100',
    name: 'Example Parcels',
    businessId: '600100',
    businessName: 'Example Ltd',
    how: 'embedded',
    businessVerification: null,
    reviewStatus: null,
    payment: 'unknown',
    draft: null,
    failure: null,
    ...changes,
  })
}

export const draft = { displayName: 'Example Parcels', vertical: 'RETAIL', description: 'Parcels' }

export function number(changes: Changes = {}): NumberView {
  return numberViewSchema.parse({
    phoneNumberId: '800100',
    wabaId: '700100',
    displayPhoneNumber: '+44 20 7946 0101',
    verifiedName: null,
    nameStatus: null,
    quality: null,
    isVerified: false,
    isRegistered: false,
    isCoexistent: false,
    step: 'verify',
    code: null,
    failure: null,
    standing,
    ...changes,
  })
}

export function setup(changes: Changes = {}): SetupView {
  return setupViewSchema.parse({
    desk: {
      state: 'connected',
      portalId: '60000001',
      portalName: 'Example',
      dataCentre: 'US',
      edition: 'PROFESSIONAL',
      connectedBy: 'Ana',
      departments: [{ id: '1', name: 'Support' }],
      keyUsedAt: null,
      isKeyPlaced: false,
    },
    accounts: [],
    numbers: [],
    channels: { items: [], limit: 1 },
    ways: { embedded: true, hosted: null, ownApp: true },
    support: null,
    now: NOW,
    ...changes,
  })
}

export const channel = {
  id: 'ch_abcdefabcdef12',
  phoneNumberId: '800100',
  displayPhoneNumber: '+44 20 7946 0101',
  name: 'Support',
  departmentId: '1',
  ticketRule: 'automatic',
  ticketAfterMinutes: 15,
  reopenDays: 3,
  burstSeconds: 10,
  publicComments: false,
  state: 'on',
  changedAt: null,
  held: 0,
}

export const failure = {
  step: 'number',
  key: 'number_in_use',
  who: 'admin',
  action: 'change_number',
  metaCode: 100,
  details: 'd',
  retryAt: null,
  at: NOW,
}

export const adminSession = {
  token: 'proof-1',
  expiresAt: '2026-11-22T12:30:00.000Z',
  administrator: { id: '7', name: 'Ana' },
  portal: { id: '60000001', name: 'Example' },
  now: NOW,
}
