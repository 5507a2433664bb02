/**
 * The fixed facts of the demo: both doubles begin with them, tests and the start script read them.
 * Ids look as the platforms give them: strings of digits, never numbers.
 */

export type DemoAgent = {
  id: string
  /** Zoho's id of the person, another than the agent's id. */
  zuid: string
  firstName: string
  lastName: string
  email: string
  rolePermissionType: 'Admin' | 'AgentPublic' | 'Light'
  status: 'ACTIVE' | 'DISABLED'
  departmentIds: string[]
  langCode: string
  timeZone: string
}

export type DemoDepartment = { id: string; name: string; isDefault: boolean }

export type DemoContact = {
  id: string
  firstName: string | null
  lastName: string
  phone: string | null
  mobile: string | null
  email: string | null
}

export type DemoPortal = {
  /** Zoho Desk's orgId, the same value as `portal.id` of the SDK. */
  orgId: string
  companyName: string
  portalName: string
  departments: DemoDepartment[]
  agents: DemoAgent[]
  contacts: DemoContact[]
}

const support: DemoDepartment = { id: '1800000000100', name: 'Support', isDefault: true }
const sales: DemoDepartment = { id: '1800000000101', name: 'Sales', isDefault: false }

const ana: DemoAgent = {
  id: '1800000000600',
  zuid: '10000600',
  firstName: 'Ana',
  lastName: 'Ito',
  email: 'ana.ito@example.com',
  rolePermissionType: 'Admin',
  status: 'ACTIVE',
  departmentIds: [support.id, sales.id],
  langCode: 'en_US',
  timeZone: 'Europe/London',
}

const ken: DemoAgent = {
  ...ana,
  id: '1800000000601',
  zuid: '10000601',
  firstName: 'Ken',
  lastName: 'Mori',
  email: 'ken.mori@example.com',
  rolePermissionType: 'AgentPublic',
  departmentIds: [support.id],
}

const lea: DemoAgent = {
  ...ken,
  id: '1800000000602',
  zuid: '10000602',
  firstName: 'Lea',
  lastName: 'Sato',
  email: 'lea.sato@example.com',
  departmentIds: [sales.id],
}

const max: DemoAgent = {
  ...ken,
  id: '1800000000603',
  zuid: '10000603',
  firstName: 'Max',
  lastName: 'Light',
  email: 'max.light@example.com',
  rolePermissionType: 'Light',
}

const dan: DemoAgent = {
  ...ken,
  id: '1800000000604',
  zuid: '10000604',
  firstName: 'Dan',
  lastName: 'Old',
  email: 'dan.old@example.com',
  status: 'DISABLED',
}

/** The organisation the demo plays in. */
export const demoPortal = {
  orgId: '60000001',
  companyName: 'Example Parcels',
  portalName: 'exampleparcels',
  departments: [support, sales],
  agents: [ana, ken, lea, max, dan],
  contacts: [
    {
      id: '1800000000200',
      firstName: 'Sakura',
      lastName: 'Tanaka',
      phone: null,
      mobile: '+81 90-1234-5678',
      email: 'sakura.tanaka@example.com',
    },
    {
      id: '1800000000201',
      firstName: 'Bruno',
      lastName: 'Silva',
      phone: '+55 11 91234-5678',
      mobile: null,
      email: null,
    },
    {
      id: '1800000000202',
      firstName: 'Olivia',
      lastName: 'Brown',
      phone: null,
      mobile: null,
      email: 'olivia.brown@example.com',
    },
  ],
} satisfies DemoPortal

/** Another organisation, which must never see anything of the first. */
export const otherPortal = {
  orgId: '60000002',
  companyName: 'Other Example',
  portalName: 'otherexample',
  departments: [{ id: '1800000009100', name: 'Helpdesk', isDefault: true }],
  agents: [
    {
      ...ana,
      id: '1800000009600',
      zuid: '10009600',
      firstName: 'Olga',
      lastName: 'Other',
      email: 'olga.other@example.com',
      departmentIds: ['1800000009100'],
    },
  ],
  contacts: [
    {
      id: '1800000009200',
      firstName: 'Oscar',
      lastName: 'Other',
      phone: '+44 20 7946 0999',
      mobile: null,
      email: null,
    },
  ],
} satisfies DemoPortal

export const demoPortals: readonly DemoPortal[] = [demoPortal, otherPortal]

export const demoDepartmentIds = { support: support.id, sales: sales.id, other: '1800000009100' } as const

export const demoAgentIds = {
  /** Administrator, both departments. */
  ana: ana.id,
  /** Ordinary agent of Support. */
  ken: ken.id,
  /** Ordinary agent of Sales. */
  lea: lea.id,
  /** Light agent. */
  max: max.id,
  /** Disabled agent. */
  dan: dan.id,
  /** Administrator of the other organisation. */
  olga: '1800000009600',
} as const

/** The product's OAuth client at Zoho, and a refresh token per organisation as its administrator's sign-in gave it. */
export const demoZoho = {
  clientId: '1000.DEMO',
  clientSecret: 'demo-zoho-secret',
  refreshToken: '1000.demo-refresh',
  otherRefreshToken: '1000.other-refresh',
  scopes: [
    'Desk.tickets.READ',
    'Desk.tickets.CREATE',
    'Desk.tickets.UPDATE',
    'Desk.contacts.READ',
    'Desk.contacts.CREATE',
    'Desk.contacts.UPDATE',
    'Desk.search.READ',
    'Desk.basic.READ',
    'Desk.basic.CREATE',
    'Desk.settings.READ',
  ],
  /** The extension's id, its installations and the key that callbacks and the Invoke API are signed with. */
  extensionId: '1800000000900',
  extensionSecret: 'demo-extension-secret',
} as const

/** Where people are sent who need help with this installation. */
export const demoSupportAddress = 'support@example.com'

/** The app, accounts and numbers at Meta. */
export const demoMeta = {
  appId: '500100',
  appSecret: 'demo-app-secret',
  verifyToken: 'demo-verify-token',
  businessId: '600100',
  wabaId: '700100',
  token: 'demo-meta-token',
  phoneNumberId: '800100',
  displayPhoneNumber: '+44 20 7946 0101',
  secondPhoneNumberId: '800200',
  secondDisplayPhoneNumber: '+44 20 7946 0102',
  template: {
    id: '710100',
    name: 'order_ready',
    language: 'en_GB',
    body: 'Hello {{1}}, your order is ready to collect.',
  },
  other: {
    businessId: '600900',
    wabaId: '700900',
    token: 'other-meta-token',
    phoneNumberId: '800900',
    displayPhoneNumber: '+44 20 7946 0109',
  },
} as const
