import { findAgent, findContact, findDepartment } from '../context.ts'
import type { DeskContext } from '../context.ts'
import type { Portal, Ticket } from '../state.ts'
import { statusTypeOf } from './ticket-rules.ts'
import { without } from './views.ts'
import type { View } from './views.ts'

const NOT_SEARCHED_FIELDS =
  'channelCode source attachmentCount approvalCount taskCount timeEntryCount layoutDetails channelRelatedInfo isDeleted isTrashed isResponseOverdue'.split(
    ' ',
  )

/** A ticket as create, get, update and merge give it. */
export function ticketView(desk: DeskContext, portal: Portal, ticket: Ticket): View {
  return {
    ...commonView(desk, portal, ticket),
    description: ticket.description,
    resolution: ticket.resolution,
    classification: ticket.classification,
    cf: ticket.cf,
    customFields: {},
    entitySkills: [],
    secondaryContacts: [],
    sharedDepartments: ticket.sharedDepartments.map(({ id, type }) => ({
      id,
      type,
      name: findDepartment(portal, id)?.name ?? null,
    })),
    attachmentCount: String(ticket.attachmentIds.length),
    approvalCount: '0',
    taskCount: '0',
    timeEntryCount: '0',
    modifiedTime: ticket.modifiedTime,
    modifiedBy: ticket.modifiedBy,
    slaId: null,
    layoutDetails: { id: '1800000000760', layoutName: 'Default' },
    channelRelatedInfo: null,
    isDeleted: false,
    isTrashed: ticket.isTrashed,
    isEscalated: ticket.status === 'Escalated',
    isOverDue: false,
    isResponseOverdue: false,
  }
}

/** What only `GET /tickets/{id}` adds. */
export function singleTicketView(desk: DeskContext, portal: Portal, ticket: Ticket): View {
  return {
    ...ticketView(desk, portal, ticket),
    createdBy: ticket.createdBy,
    tagCount: String(ticket.tags.length),
    followerCount: '0',
    isFollowing: false,
    sentiment: null,
  }
}

export function listedTicketView(desk: DeskContext, portal: Portal, ticket: Ticket): View {
  return { ...commonView(desk, portal, ticket), relationshipType: 'None', sentiment: null, lastThread: null }
}

/** The item of the contact's tickets: shorter than that of the list. */
export function contactsTicketView(desk: DeskContext, portal: Portal, ticket: Ticket): View {
  return without(listedTicketView(desk, portal, ticket), ['layoutId', 'category', 'subCategory'])
}

/** The item of the search: it does not say whether the ticket is in the recycle bin. */
export function searchedTicketView(desk: DeskContext, portal: Portal, ticket: Ticket): View {
  const assignee = findAgent(portal, ticket.assigneeId)
  return {
    ...without(ticketView(desk, portal, ticket), NOT_SEARCHED_FIELDS),
    contact: without(contactPart(portal, ticket.contactId) ?? {}, ['isSpam']),
    ...includedViews(portal, ticket, ['departments', 'products', 'team']),
    assignee:
      assignee === undefined
        ? null
        : { ...without(agentPart(portal, assignee.id) ?? {}, ['email']), emailId: assignee.email, zuid: assignee.zuid },
    lastThread: null,
    relationshipType: 'None',
    childTicketCount: '0',
    createdBy: ticket.createdBy,
    isRead: true,
  }
}

/** The related records that `include` asks for. */
export function includedViews(portal: Portal, ticket: Ticket, includes: readonly string[]): View {
  const view: View = {}
  if (includes.includes('contacts')) view.contact = contactPart(portal, ticket.contactId)
  if (includes.includes('departments')) {
    const department = findDepartment(portal, ticket.departmentId)
    view.department = department === undefined ? null : { id: department.id, name: department.name }
  }
  if (includes.includes('assignee')) view.assignee = agentPart(portal, ticket.assigneeId)
  for (const [include, name] of Object.entries({ products: 'product', team: 'team', contract: 'contractId' })) {
    if (includes.includes(include)) view[name] = null
  }
  if (includes.includes('isRead')) view.isRead = true
  if (includes.includes('skills')) view.skillsInfo = []
  return view
}

function commonView(desk: DeskContext, portal: Portal, ticket: Ticket): View {
  return {
    id: ticket.id,
    ticketNumber: ticket.ticketNumber,
    subject: ticket.subject,
    status: ticket.status,
    statusType: statusTypeOf(ticket.status),
    channel: ticket.channel,
    channelCode: null,
    departmentId: ticket.departmentId,
    contactId: ticket.contactId,
    assigneeId: ticket.assigneeId,
    accountId: null,
    teamId: null,
    productId: null,
    layoutId: '1800000000760',
    email: ticket.email,
    phone: ticket.phone,
    priority: ticket.priority,
    category: ticket.category,
    subCategory: ticket.subCategory,
    language: ticket.language,
    threadCount: '0',
    commentCount: String(ticket.comments.length),
    createdTime: ticket.createdTime,
    customerResponseTime: ticket.customerResponseTime,
    closedTime: ticket.closedTime,
    onholdTime: ticket.onholdTime,
    dueDate: ticket.dueDate,
    responseDueDate: null,
    isSpam: ticket.isSpam,
    isArchived: false,
    source: { type: 'SYSTEM', appName: null, extId: null, permalink: null, appPhotoURL: null },
    webUrl: `${desk.origin}/support/${portal.portalName}/ShowHomePage.do#Cases/dv/${ticket.id}`,
  }
}

function contactPart(portal: Portal, contactId: string): View | null {
  const contact = findContact(portal, contactId)
  if (contact === undefined) return null
  const { id, firstName, lastName, email, phone, mobile, type, isSpam } = contact
  return { id, firstName, lastName, email, phone, mobile, type, isSpam, account: null }
}

function agentPart(portal: Portal, agentId: string | null): View | null {
  const agent = findAgent(portal, agentId)
  if (agent === undefined) return null
  return { id: agent.id, firstName: agent.firstName, lastName: agent.lastName, email: agent.email, photoURL: null }
}
