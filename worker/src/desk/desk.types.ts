import type { Result } from '../platform/errors.ts'

/**
 * Why a Desk call brought no value, from one table (`failures.ts`). Whether the work may have been done on the other side is part
 * of the kind: only after `lost` and `server` must a caller look before it repeats an effect.
 */
export type DeskFailure =
  /** Nothing happened: no credits left, or token requests are throttled, until `retryAt` (epoch ms). */
  | { kind: 'paused'; retryAt: number }
  /** Nothing happened: too many calls at once. Spends no attempts. */
  | { kind: 'busy'; retryAt: number }
  /** Nothing happened: the connection's refresh token is worth nothing any more. */
  | { kind: 'revoked' }
  /** Nothing happened: this token is not accepted (any more). A fresh one may be. */
  | { kind: 'token' }
  /** Nothing happened: the connected user may not do this (scope, organisation, permission). */
  | { kind: 'forbidden'; code: string }
  /** Nothing happened: there is no such record. */
  | { kind: 'gone' }
  /** Nothing happened: the request is refused for what it says, and would be again. */
  | { kind: 'invalid'; code: string; fields: readonly InvalidField[] }
  /** Nothing happened: no connection came about. */
  | { kind: 'unreachable'; reason: string }
  /** Desk answered with a failure of its own; the work was hardly done. */
  | { kind: 'server'; status: number }
  /** No readable answer: the work may have been done, or may still be. */
  | { kind: 'lost'; reason: string }

/** `name` without its leading slash, as `contactId`; `type` is invalid, missing or duplicate. */
export type InvalidField = { name: string; type: string }

export type DeskResult<Value> = Result<Value, DeskFailure>

export type DeskTicket = {
  id: string
  ticketNumber: string
  subject: string | null
  /** HTML as Desk keeps it; null in lists. */
  description: string | null
  departmentId: string
  contactId: string | null
  statusType: 'open' | 'on_hold' | 'closed'
  isSpam: boolean
  isTrashed: boolean
  isArchived: boolean
  /** Epoch milliseconds, by Desk's clock. */
  createdAt: number | null
  closedAt: number | null
}

export type DeskComment = { id: string; content: string; commentedAt: number | null }

export type DeskContact = {
  id: string
  firstName: string | null
  lastName: string | null
  phone: string | null
  mobile: string | null
  /** Undefined where the answer left it out. */
  description: string | null | undefined
  isTrashed: boolean
  isSpam: boolean
  createdAt: number | null
}

export type DeskAgent = {
  id: string
  name: string
  status: string
  isConfirmed: boolean
  /** AgentPublic, AgentPersonal, AgentTeamPersonal, Admin, Custom or Light. */
  rolePermissionType: string
  departmentIds: string[]
}

export type DeskDepartment = { id: string; name: string; isEnabled: boolean }

export type DeskOrganization = {
  id: string
  companyName: string | null
  portalName: string | null
  edition: string | null
  /** Whether the caller administers it; null where Desk does not say. */
  isAdmin: boolean | null
}

export type NewTicket = {
  subject: string
  departmentId: string
  contactId: string
  /** HTML, at most 65,535 characters. */
  description: string
  phone: string | null
  /** An agent of the department. */
  assigneeId?: string
}

/** `content` is plain text of at most 32,000 characters. */
export type NewComment = { content: string; isPublic: boolean; attachmentIds: readonly string[] }

export type NewContact = { lastName: string; mobile: string | null; description: string }

/** Values of one field are alternatives; at most 30. Different fields would have to match together. */
export type ContactSearch =
  | { field: 'phone' | 'mobile'; values: readonly string[] }
  | { field: 'lastName'; value: string }

/** A file to upload. `open` gives a new stream of exactly `size` bytes each time: a refused token makes a second try. */
export type DeskFile = {
  name: string
  type: string
  size: number
  open: () => Promise<ReadableStream | null>
}

/** Everything we ask of one organisation's Desk. The REST API stands behind it today; another way may come. */
export type DeskGateway = {
  getTicket(ticketId: string): Promise<DeskResult<DeskTicket>>
  /** Created with channel "WhatsApp" and status Open. */
  createTicket(ticket: NewTicket): Promise<DeskResult<DeskTicket>>
  /** `status` is a status' name, as Open. */
  updateTicketStatus(ticketId: string, status: string): Promise<DeskResult<DeskTicket>>
  /** Newest first by the given time. */
  listContactTickets(
    contactId: string,
    sortBy: 'createdTime' | 'modifiedTime',
    limit: number,
  ): Promise<DeskResult<DeskTicket[]>>
  /** Newest first. */
  listComments(ticketId: string, limit: number): Promise<DeskResult<DeskComment[]>>
  createComment(ticketId: string, comment: NewComment): Promise<DeskResult<DeskComment>>
  upload(file: DeskFile): Promise<DeskResult<{ id: string }>>
  /** Contacts in the recycle bin are left out. */
  searchContacts(search: ContactSearch): Promise<DeskResult<DeskContact[]>>
  getContact(contactId: string): Promise<DeskResult<DeskContact>>
  createContact(contact: NewContact): Promise<DeskResult<DeskContact>>
  getAgent(agentId: string): Promise<DeskResult<DeskAgent>>
  /** Active agents, at most 200 from this place in the list on. */
  listAgents(from: number): Promise<DeskResult<DeskAgent[]>>
  listDepartments(): Promise<DeskResult<DeskDepartment[]>>
  listOrganizations(): Promise<DeskResult<DeskOrganization[]>>
}
