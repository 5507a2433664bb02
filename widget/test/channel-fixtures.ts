import type { ChannelView, NumberView, SetupView, Standing } from '../../contract/index.ts'
import { channelViewSchema, numberViewSchema, setupViewSchema, standingSchema } from '../../contract/index.ts'

const NOON = '2026-11-22T12:00:00.000Z'

export function standing(facts: Partial<Standing> = {}): Standing {
  return standingSchema.parse({
    stage: 'trial',
    overlays: [],
    trial: {
      startedAt: NOON,
      endsAt: '2026-12-22T12:00:00.000Z',
      phoneNumberId: '800100',
      displayPhoneNumber: '+44 20 7946 0101',
    },
    isDesignated: false,
    isDesignationChosen: false,
    places: [
      { pool: 'templates', used: 1, limit: 2 },
      { pool: 'answers', used: 4, limit: 10 },
    ],
    metaLimit: null,
    missing: ['business_verification'],
    failure: null,
    ...facts,
  })
}

export function numberView(phoneNumberId: string, facts: Partial<NumberView> = {}): NumberView {
  return numberViewSchema.parse({
    phoneNumberId,
    wabaId: '900100',
    displayPhoneNumber: `+44 20 7946 0${phoneNumberId.slice(-3)}`,
    verifiedName: 'Example Parcels',
    nameStatus: 'APPROVED',
    quality: 'GREEN',
    isVerified: true,
    isRegistered: true,
    isCoexistent: false,
    step: 'done',
    code: null,
    failure: null,
    standing: standing(),
    ...facts,
  })
}

export function channelView(id: string, facts: Record<string, unknown> = {}): ChannelView {
  return channelViewSchema.parse({
    id: `ch_abcdefabcdef${id}`,
    phoneNumberId: '800100',
    displayPhoneNumber: '+44 20 7946 0100',
    name: 'Support',
    departmentId: '11',
    ticketRule: 'automatic',
    ticketAfterMinutes: 15,
    reopenDays: 3,
    burstSeconds: 10,
    publicComments: false,
    state: 'on',
    changedAt: null,
    held: 0,
    ...facts,
  })
}

/** Two channels, one of them off; one removed; numbers with a channel, on the way to one, and ready for one. */
export function setupFixture(facts: Partial<SetupView> = {}): SetupView {
  return setupViewSchema.parse({
    desk: {
      state: 'connected',
      portalId: '60000001',
      portalName: 'Example',
      dataCentre: 'US',
      edition: 'ENTERPRISE',
      connectedBy: 'Ana',
      departments: [
        { id: '11', name: 'Support' },
        { id: '12', name: 'Orders' },
        { id: '13', name: 'Returns' },
      ],
      keyUsedAt: NOON,
      isKeyPlaced: false,
    },
    accounts: [
      {
        wabaId: '900100',
        name: 'Example Parcels',
        businessId: '7001',
        businessName: 'Example',
        how: 'embedded',
        businessVerification: 'not_verified',
        reviewStatus: 'approved',
        payment: 'missing',
        draft: null,
        failure: null,
      },
    ],
    numbers: [
      numberView('800100'),
      numberView('800101'),
      numberView('800102', { step: 'verify' }),
      numberView('800103', { step: 'channel' }),
    ],
    channels: {
      items: [
        channelView('00'),
        channelView('01', { phoneNumberId: '800101', name: 'Orders', departmentId: '12', state: 'off', held: 25 }),
        channelView('02', { phoneNumberId: '800103', name: 'Old', state: 'removed' }),
      ],
      limit: 3,
    },
    ways: { embedded: true, hosted: null, ownApp: true },
    support: 'help@example.com',
    now: NOON,
    ...facts,
  })
}
