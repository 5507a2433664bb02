import { demoPortals, demoZoho } from '../demo.ts'
import type { DemoAgent, DemoPortal } from '../demo.ts'
import { defaultSettings } from './settings.ts'
import type { DeskSettings } from './settings.ts'

/** What the Desk double holds. It is plain JSON: file contents lie beside it in the `FileStore`. */
export type DeskState = {
  /** Last number given to a new record. */
  lastId: number
  /** By orgId. */
  portals: Record<string, Portal>
  accounts: AccountsState
  settings: DeskSettings
}

export type Portal = {
  orgId: string
  companyName: string
  portalName: string
  departments: Department[]
  agents: Agent[]
  contacts: Record<string, Contact>
  tickets: Record<string, Ticket>
  /** By id: every uploaded file, used or not. */
  uploads: Record<string, Upload>
  lastTicketNumber: number
  /** Credits used on that UTC day; Zoho resets them in the data centre's time zone. */
  credits: { day: string; used: number }
  extension: ExtensionState
}

export type Department = { id: string; name: string; isEnabled: boolean; isDefault: boolean; createdTime: string }

export type Agent = DemoAgent

export const CONTACT_TEXT_FIELDS = {
  lastName: 200,
  firstName: 40,
  email: 255,
  secondaryEmail: 100,
  phone: 50,
  mobile: 50,
  type: 100,
  title: 100,
  description: 65_535,
  street: 250,
  city: 30,
  state: 30,
  zip: 30,
  country: 30,
  facebook: 100,
  twitter: 100,
} as const

export type ContactTextField = keyof typeof CONTACT_TEXT_FIELDS

export const isContactTextField = (name: string): name is ContactTextField => name in CONTACT_TEXT_FIELDS

export type Contact = Record<Exclude<ContactTextField, 'lastName'>, string | null> & {
  id: string
  lastName: string
  accountId: string | null
  ownerId: string | null
  cf: Record<string, unknown>
  isSpam: boolean
  isTrashed: boolean
  createdTime: string
  modifiedTime: string
}

export type Ticket = {
  id: string
  ticketNumber: string
  subject: string
  description: string | null
  departmentId: string
  contactId: string
  status: string
  channel: string | null
  assigneeId: string | null
  priority: string | null
  category: string | null
  subCategory: string | null
  classification: string | null
  language: string | null
  phone: string | null
  email: string | null
  dueDate: string | null
  resolution: string | null
  cf: Record<string, unknown>
  tags: string[]
  createdBy: string
  modifiedBy: string
  createdTime: string
  modifiedTime: string
  closedTime: string | null
  onholdTime: string | null
  customerResponseTime: string
  isSpam: boolean
  isTrashed: boolean
  /** The ticket that swallowed this one; a merged ticket answers as if it did not exist. */
  mergedInto: string | null
  comments: Comment[]
  attachmentIds: string[]
  sharedDepartments: SharedDepartment[]
}

export const SHARE_TYPES = ['READ_ONLY', 'READ_WRITE', 'RESTRICTED_ACCESS']

export type SharedDepartment = { id: string; type: string }

export type Comment = {
  id: string
  content: string
  contentType: 'plainText' | 'html'
  isPublic: boolean
  commenterId: string
  commentedTime: string
  modifiedTime: string | null
  attachmentIds: string[]
}

export type Upload = {
  id: string
  name: string
  type: string
  size: number
  creatorId: string
  createdTime: string
  isPublic: boolean
  /** Where it was used: an upload serves one comment or one ticket. */
  usedBy: string | null
}

export type ExtensionState = {
  installationId: string
  securityContext: string
  isInstalled: boolean
  installedBy: string
  /** Values of the manifest's config parameters, secure ones included. */
  config: Record<string, string>
  database: DatabaseRow[]
}

export type DatabaseRow = { key: string; value: unknown; queriableValue: string }

export type AccountsState = {
  /** By code. */
  codes: Record<string, GrantCode>
  /** By token. */
  refreshTokens: Record<string, RefreshToken>
  accessTokens: Record<string, AccessToken>
}

export type Grant = { clientId: string; orgId: string; agentId: string; scopes: string[] }
export type GrantCode = Grant & { redirectUri: string; givesRefreshToken: boolean; expiresAt: number }
/** `issued` are the times (epoch ms) at which access tokens were asked for, newest last. */
export type RefreshToken = Grant & { createdAt: number; issued: number[] }
/** `refreshToken` is null for an online sign-in. */
export type AccessToken = Grant & { refreshToken: string | null; createdAt: number; expiresAt: number }

/** The demo's portals; `isEmpty` leaves out the refresh tokens of a server that is already connected. */
export function createState(nowIso: string, isEmpty: boolean): DeskState {
  const portals = Object.fromEntries(demoPortals.map((portal) => [portal.orgId, portalOf(portal, nowIso)]))
  const refreshTokenOf = (portal: DemoPortal): RefreshToken => ({
    clientId: demoZoho.clientId,
    orgId: portal.orgId,
    agentId: portal.agents[0]?.id ?? '',
    scopes: [...demoZoho.scopes],
    // Granted long ago: it does not count against the refresh tokens of this minute.
    createdAt: 0,
    issued: [],
  })
  const [demo, other] = demoPortals
  return {
    lastId: 0,
    portals,
    accounts: {
      codes: {},
      refreshTokens: {
        ...(isEmpty || demo === undefined ? {} : { [demoZoho.refreshToken]: refreshTokenOf(demo) }),
        ...(isEmpty || other === undefined ? {} : { [demoZoho.otherRefreshToken]: refreshTokenOf(other) }),
      },
      accessTokens: {},
    },
    settings: defaultSettings(),
  }
}

/** A new record's id: 19 digits, beyond what a JavaScript number can hold, as Desk's are. */
export function newId(state: DeskState): string {
  state.lastId += 1
  return `1800000${String(state.lastId).padStart(12, '0')}`
}

function portalOf(demo: DemoPortal, nowIso: string): Portal {
  return {
    orgId: demo.orgId,
    companyName: demo.companyName,
    portalName: demo.portalName,
    departments: demo.departments.map((department) => ({ ...department, isEnabled: true, createdTime: nowIso })),
    agents: demo.agents.map((agent) => ({ ...agent })),
    contacts: Object.fromEntries(
      demo.contacts.map((contact) => [contact.id, newContact(contact.id, contact, demo.agents[0]?.id ?? null, nowIso)]),
    ),
    tickets: {},
    uploads: {},
    lastTicketNumber: 100,
    credits: { day: nowIso.slice(0, 10), used: 0 },
    extension: {
      installationId: `18000000009${demo.orgId}`,
      securityContext: `demo-security-context-${demo.orgId}`,
      isInstalled: true,
      installedBy: demo.agents[0]?.id ?? '',
      config: {},
      database: [],
    },
  }
}

/** A contact with every field present. */
export function newContact(
  id: string,
  fields: Partial<Contact> & { lastName: string },
  ownerId: string | null,
  nowIso: string,
): Contact {
  return {
    id,
    firstName: null,
    email: null,
    secondaryEmail: null,
    phone: null,
    mobile: null,
    type: null,
    title: null,
    description: null,
    street: null,
    city: null,
    state: null,
    zip: null,
    country: null,
    facebook: null,
    twitter: null,
    accountId: null,
    ownerId,
    cf: {},
    isSpam: false,
    isTrashed: false,
    createdTime: nowIso,
    modifiedTime: nowIso,
    ...fields,
  }
}
