import { findAgent, findContact, findDepartment, maySeeTicket, nameOf } from '../context.ts'
import type { DeskContext } from '../context.ts'
import { MASK } from '../extension/config-params.ts'
import type { Manifest } from '../extension/manifest.ts'
import { statusTypeOf } from '../rest/ticket-rules.ts'
import type { Agent, Portal, Ticket } from '../state.ts'
import { htmlTree } from './html-tree.ts'
import type { HtmlNode } from './html-tree.ts'

/** A row of the ticket list. */
export type TicketRow = {
  id: string
  ticketNumber: string
  subject: string
  status: string
  statusType: string
  channel: string | null
  department: string
  contact: string
  commentCount: number
  modifiedTime: string
  isTrashed: boolean
  isSpam: boolean
}

export type FileLink = { id: string; name: string; size: number; type: string; href: string }

export type CommentItem = {
  id: string
  author: string
  time: string
  isEdited: boolean
  isPublic: boolean
  content: HtmlNode[] | string
  files: FileLink[]
}

export type TicketPage = TicketRow & {
  departmentId: string
  contactId: string
  assigneeId: string | null
  createdTime: string
  description: HtmlNode[]
  contactLines: string[]
  comments: CommentItem[]
  files: FileLink[]
  tags: string[]
  /** What `get("ticket")` of the SDK answers. */
  sdk: Record<string, unknown>
}

export type AgentItem = {
  id: string
  orgId: string
  name: string
  email: string
  role: string
  portalName: string
  timeZone: string
}

/** What a Desk page needs once. */
export type BootData = {
  agents: AgentItem[]
  departments: { id: string; orgId: string; name: string }[]
  contacts: { id: string; orgId: string; name: string }[]
  widgets: { name: string; location: string; url: string; icon: string }[]
  locales: string[]
  isStorageBlocked: boolean
  dataCentre: string
}

export type ConfigItem = { name: string; displayName: string; description: string; isSecure: boolean; value: string }

export function bootData(desk: DeskContext, manifest: Manifest, widgetOrigin: string): BootData {
  const portals = Object.values(desk.state.portals)
  const addressOf = (url: string): string => (url.startsWith('/') ? `${widgetOrigin}${url}` : url)
  return {
    agents: portals.flatMap((portal) =>
      portal.agents
        .filter((agent) => agent.status === 'ACTIVE')
        .map((agent) => ({
          id: agent.id,
          orgId: portal.orgId,
          name: nameOf(agent),
          email: agent.email,
          role: agent.rolePermissionType,
          portalName: portal.companyName,
          timeZone: agent.timeZone,
        })),
    ),
    departments: portals.flatMap((portal) =>
      portal.departments.map(({ id, name }) => ({ id, name, orgId: portal.orgId })),
    ),
    contacts: portals.flatMap((portal) =>
      Object.values(portal.contacts)
        .filter((contact) => !contact.isTrashed)
        .map((contact) => ({ id: contact.id, name: nameOf(contact), orgId: portal.orgId })),
    ),
    widgets: manifest.widgets.map((widget) => ({
      ...widget,
      url: addressOf(widget.url),
      icon: addressOf(widget.icon),
    })),
    locales: manifest.locales,
    isStorageBlocked: desk.state.settings.blockThirdPartyStorage,
    dataCentre: desk.state.settings.dataCentre,
  }
}

/** The agent's tickets, newest change first; those in the recycle bin and spam are marked, merged ones are gone. */
export function ticketRows(portal: Portal, agent: Agent): TicketRow[] {
  return Object.values(portal.tickets)
    .filter((ticket) => ticket.mergedInto === null && maySeeTicket(agent, ticket))
    .toSorted((left, right) => right.modifiedTime.localeCompare(left.modifiedTime))
    .map((ticket) => ticketRow(portal, ticket))
}

export function ticketPage(portal: Portal, ticket: Ticket): TicketPage {
  const contact = findContact(portal, ticket.contactId)
  return {
    ...ticketRow(portal, ticket),
    departmentId: ticket.departmentId,
    contactId: ticket.contactId,
    assigneeId: ticket.assigneeId,
    createdTime: ticket.createdTime,
    description: htmlTree(ticket.description ?? ''),
    contactLines: [contact?.mobile, contact?.phone, contact?.email].filter((line) => typeof line === 'string'),
    comments: ticket.comments.map((comment) => {
      const author = findAgent(portal, comment.commenterId)
      return {
        id: comment.id,
        author: author === undefined ? '?' : nameOf(author),
        time: comment.commentedTime,
        isEdited: comment.modifiedTime !== null,
        isPublic: comment.isPublic,
        content: comment.contentType === 'html' ? htmlTree(comment.content) : comment.content,
        files: fileLinks(portal, comment.attachmentIds),
      }
    }),
    files: fileLinks(portal, ticket.attachmentIds),
    tags: ticket.tags,
    sdk: sdkTicket(portal, ticket),
  }
}

export function configItems(portal: Portal, manifest: Manifest): ConfigItem[] {
  return manifest.config.map(({ name, displayName, description, isSecure }) => {
    const value = portal.extension.config[name]
    const shown = isSecure ? MASK : (value ?? '')
    return { name, displayName, description, isSecure, value: value === undefined ? '' : shown }
  })
}

function ticketRow(portal: Portal, ticket: Ticket): TicketRow {
  const contact = findContact(portal, ticket.contactId)
  return {
    id: ticket.id,
    ticketNumber: ticket.ticketNumber,
    subject: ticket.subject,
    status: ticket.status,
    statusType: statusTypeOf(ticket.status),
    channel: ticket.channel,
    department: findDepartment(portal, ticket.departmentId)?.name ?? '',
    contact: contact === undefined ? '' : nameOf(contact),
    commentCount: ticket.comments.length,
    modifiedTime: ticket.modifiedTime,
    isTrashed: ticket.isTrashed,
    isSpam: ticket.isSpam,
  }
}

function fileLinks(portal: Portal, ids: readonly string[]): FileLink[] {
  return ids.flatMap((id) => {
    const upload = portal.uploads[id]
    if (upload === undefined) return []
    const { name, size, type } = upload
    return [{ id, name, size, type, href: `/__sandbox/desk/files/${portal.orgId}/${id}` }]
  })
}

function sdkTicket(portal: Portal, ticket: Ticket): Record<string, unknown> {
  const contact = findContact(portal, ticket.contactId)
  return {
    id: ticket.id,
    number: ticket.ticketNumber,
    ticketNumber: ticket.ticketNumber,
    departmentId: ticket.departmentId,
    contactId: ticket.contactId,
    contactName: contact === undefined ? '' : nameOf(contact),
    email: ticket.email ?? contact?.email ?? '',
    phone: ticket.phone ?? contact?.phone ?? contact?.mobile ?? '',
    subject: ticket.subject,
    description: ticket.description ?? '',
    status: ticket.status,
    channel: ticket.channel,
    priority: ticket.priority,
    assigneeId: ticket.assigneeId,
    dueDate: ticket.dueDate,
    createdTime: ticket.createdTime,
    modifiedTime: ticket.modifiedTime,
    threadCount: '0',
    commentCount: String(ticket.comments.length),
    isSpam: ticket.isSpam,
  }
}
