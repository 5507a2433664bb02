import { findAgent } from '../context.ts'
import type { DeskContext } from '../context.ts'
import { invalidData, invalidField, unprocessable } from '../errors.ts'
import { sanitizeHtml } from '../html.ts'
import { newContact, newId } from '../state.ts'
import type { Agent, Portal, Ticket } from '../state.ts'
import { contactWithEmail } from './contacts.model.ts'
import { checkFields } from './input.ts'
import type { Fields } from './input.ts'
import {
  INLINE_CONTACT_RULES,
  checkReferences,
  isAssignable,
  needDepartment,
  sharedDepartments,
  statusTypeOf,
} from './ticket-rules.ts'
import { claimUploads } from './uploads.model.ts'

const TEXT_FIELDS = [
  'channel',
  'assigneeId',
  'priority',
  'category',
  'subCategory',
  'classification',
  'language',
  'phone',
  'email',
  'dueDate',
  'resolution',
] as const

/** What every change goes through: who did it, on which portal. */
export type Doer = { desk: DeskContext; portal: Portal; agent: Agent }

export function createTicket(doer: Doer, fields: Fields): Ticket {
  const { desk, portal, agent } = doer
  const departmentId = fields.text('departmentId') ?? ''
  checkReferences(desk, portal, fields, departmentId)
  needDepartment(portal, agent, departmentId)
  const contactId = fields.text('contactId') ?? contactOf(doer, fields.object('contact'))
  const now = desk.clock.iso()
  portal.lastTicketNumber += 1
  const ticket: Ticket = {
    id: newId(desk.state),
    ticketNumber: String(portal.lastTicketNumber),
    subject: fields.text('subject') ?? '',
    description: null,
    departmentId,
    contactId,
    status: 'Open',
    channel: null,
    assigneeId: null,
    priority: null,
    category: null,
    subCategory: null,
    classification: null,
    language: null,
    phone: null,
    email: null,
    dueDate: null,
    resolution: null,
    cf: {},
    tags: [],
    createdBy: agent.id,
    modifiedBy: agent.id,
    createdTime: now,
    modifiedTime: now,
    closedTime: null,
    onholdTime: null,
    customerResponseTime: now,
    isSpam: false,
    isTrashed: false,
    mergedInto: null,
    comments: [],
    attachmentIds: [],
    sharedDepartments: [],
  }
  desk.ticketIndex.note(ticket.id, null)
  apply(doer, ticket, fields)
  portal.tickets[ticket.id] = ticket
  desk.changes.tell({ kind: 'ticket', orgId: portal.orgId, ticketId: ticket.id })
  return ticket
}

export function updateTicket(doer: Doer, ticket: Ticket, fields: Fields): void {
  const { desk, portal } = doer
  checkReferences(desk, portal, fields, ticket.departmentId)
  if (fields.has('subject') && fields.text('subject') === null) {
    throw invalidData([{ fieldName: '/subject', errorType: 'missing' }])
  }
  const shared = sharedDepartments(portal, fields)
  claimUploads(portal, fields.ids('uploads'), `tickets/${ticket.id}`, 'uploads')
  changed(doer, ticket, () => {
    ticket.attachmentIds.push(...fields.ids('uploads'))
    if (shared !== undefined) ticket.sharedDepartments = shared
    apply(doer, ticket, fields)
  })
}

/** Runs a change of a ticket with all that follows from one: index, modified time, pages told. */
export function changed({ desk, portal, agent }: Doer, ticket: Ticket, change: () => void): void {
  desk.ticketIndex.note(ticket.id, ticket)
  change()
  ticket.modifiedTime = desk.clock.iso()
  ticket.modifiedBy = agent.id
  desk.changes.tell({ kind: 'ticket', orgId: portal.orgId, ticketId: ticket.id })
}

export function setStatus(doer: Doer, ticket: Ticket, status: string): void {
  const now = doer.desk.clock.iso()
  const type = statusTypeOf(status)
  ticket.status = status
  ticket.closedTime = type === 'Closed' ? (ticket.closedTime ?? now) : null
  ticket.onholdTime = type === 'On Hold' ? (ticket.onholdTime ?? now) : null
}

/** Moving leaves the assignee behind when he is not of the new department. */
export function moveTicket(doer: Doer, ticket: Ticket, departmentId: string): void {
  needDepartment(doer.portal, doer.agent, departmentId)
  if (departmentId === ticket.departmentId) throw invalidField('departmentId')
  changed(doer, ticket, () => {
    ticket.departmentId = departmentId
    if (ticket.assigneeId !== null && !isAssignable(doer.portal, ticket.assigneeId, departmentId))
      ticket.assigneeId = null
  })
}

/**
 * The others are swallowed: their comments and attachments live on in `target` and they themselves no longer exist.
 * What Desk really answers for a merged-away id is unconfirmed.
 */
export function mergeTickets(doer: Doer, target: Ticket, others: readonly Ticket[]): void {
  if (others.length === 0) throw invalidData([{ fieldName: '/ids', errorType: 'missing' }])
  if (others.includes(target)) throw unprocessable('A ticket cannot be merged into itself.')
  changed(doer, target, () => {
    for (const other of others) {
      target.comments.push(...other.comments)
      target.attachmentIds.push(...other.attachmentIds)
    }
    target.comments.sort((left, right) => left.commentedTime.localeCompare(right.commentedTime))
  })
  for (const other of others) {
    changed(doer, other, () => {
      other.mergedInto = target.id
      other.comments = []
      other.attachmentIds = []
    })
  }
}

function apply(doer: Doer, ticket: Ticket, fields: Fields): void {
  const subject = fields.text('subject')
  if (typeof subject === 'string') ticket.subject = subject
  const description = fields.text('description')
  if (description !== undefined) ticket.description = description === null ? null : sanitizeHtml(description)
  const contactId = fields.text('contactId')
  if (typeof contactId === 'string') ticket.contactId = contactId
  for (const name of TEXT_FIELDS) {
    const value = fields.text(name)
    if (value !== undefined) ticket[name] = value
  }
  ticket.cf = { ...ticket.cf, ...fields.object('cf') }
  const status = fields.text('status')
  if (typeof status === 'string') setStatus(doer, ticket, status)
}

/** The contact named inside the body: the one with this e-mail address, or a new one. */
function contactOf({ desk, portal, agent }: Doer, contact: Record<string, unknown> | undefined): string {
  if (contact === undefined) throw invalidData([{ fieldName: '/contactId', errorType: 'missing' }])
  const fields = checkFields(contact, INLINE_CONTACT_RULES, ['lastName'], 'contact/')
  const email = fields.text('email') ?? null
  const phone = fields.text('phone') ?? null
  if (email === null && phone === null) throw invalidData([{ fieldName: '/contact/email', errorType: 'missing' }])
  const known = email === null ? undefined : contactWithEmail(portal, email)
  if (known !== undefined) return known.id
  const owner = findAgent(portal, agent.id)?.id ?? null
  const created = newContact(
    newId(desk.state),
    {
      lastName: fields.text('lastName') ?? '',
      firstName: fields.text('firstName') ?? null,
      mobile: fields.text('mobile') ?? null,
      email,
      phone,
    },
    owner,
    desk.clock.iso(),
  )
  desk.contactIndex.note(created.id, null)
  portal.contacts[created.id] = created
  return created.id
}
