import { findContact, maySeeTicket, nameOf } from '../context.ts'
import type { Ticket } from '../state.ts'
import { needContact } from './contacts.model.ts'
import { list, pageOf } from './endpoint.ts'
import type { Call, Endpoint } from './endpoint.ts'
import { plain } from './input.ts'
import { from, id, limit, text } from './query.ts'
import type { QueryRule } from './query.ts'
import { statusTypeOf } from './ticket-rules.ts'
import { contactsTicketView, includedViews, listedTicketView, searchedTicketView } from './ticket-view.ts'
import { fitsField, fitsWords } from './wildcard.ts'

const DAY_MS = 86_400_000
const DUE_DATES: QueryRule = { kind: 'text', oneOf: ['overdue', 'tomorrow', 'currentWeek', 'currentMonth', 'today'] }

/** Tickets in lists: all, one contact's, and the search. */
export const ticketListEndpoints: readonly Endpoint[] = [
  {
    method: 'GET',
    path: '/tickets/search',
    scopes: ['Desk.tickets.READ', 'Desk.search.READ'],
    cost: 'list',
    query: {
      _all: text(100),
      id,
      ticketNumber: id,
      subject: text(1000),
      description: text(),
      departmentId: id,
      contactId: id,
      contactName: text(200),
      assigneeId: id,
      accountId: id,
      accountName: text(200),
      productId: id,
      productName: text(200),
      channel: text(),
      status: text(),
      priority: text(),
      category: text(),
      tag: { kind: 'text', min: 3, max: 100 },
      createdTimeRange: { kind: 'range' },
      modifiedTimeRange: { kind: 'range' },
      customerResponseTimeRange: { kind: 'range' },
      dueDateRange: { kind: 'range' },
      ...Object.fromEntries(Array.from({ length: 10 }, (_, position) => [`customField${position + 1}`, text()])),
      sortBy: { kind: 'sort', fields: ['relevance', 'modifiedTime', 'createdTime', 'customerResponseTime'] },
      limit: limit(100),
      from: from(4999),
    },
    handle: searchTickets,
  },
  {
    method: 'GET',
    path: '/tickets',
    scopes: ['Desk.tickets.READ'],
    cost: 'list',
    query: {
      include: { kind: 'list', oneOf: ['contacts', 'products', 'departments', 'team', 'assignee'] },
      departmentId: id,
      departmentIds: { kind: 'list' },
      teamIds: { kind: 'list' },
      assignee: text(),
      channel: text(),
      status: text(),
      dueDate: DUE_DATES,
      closedTime: text(),
      receivedInDays: { kind: 'text', oneOf: ['15', '30', '90'] },
      sortBy: { kind: 'sort', fields: ['dueDate', 'createdTime', 'recentThread'] },
      limit: limit(99),
      from: from(),
    },
    handle: listTickets,
  },
  {
    method: 'GET',
    path: '/contacts/:contactId/tickets',
    scopes: ['Desk.contacts.READ', 'Desk.tickets.READ', 'Desk.search.READ'],
    cost: 'list',
    query: {
      include: { kind: 'list', oneOf: ['products', 'departments', 'team', 'assignee', 'isRead'] },
      departmentId: id,
      dueDate: DUE_DATES,
      isSpam: { kind: 'boolean' },
      sortBy: { kind: 'sort', fields: ['createdTime', 'modifiedTime'] },
      limit: limit(99),
      from: from(),
    },
    handle: listTicketsOfContact,
  },
]

function listTickets(call: Call): Response {
  const { query } = call
  const departmentIds = [...query.list('departmentIds'), ...query.list('departmentId')]
  const statuses = query.list('status')
  const assignee = query.text('assignee')
  const channel = query.text('channel')
  const days = query.number('receivedInDays', 0)
  const since = call.desk.clock.now() - days * DAY_MS
  const found = visibleTickets(call).filter(
    (ticket) =>
      !ticket.isSpam &&
      (departmentIds.length === 0 || departmentIds.includes(ticket.departmentId)) &&
      (statuses.length === 0 || statuses.includes(ticket.status)) &&
      (channel === undefined || ticket.channel === channel) &&
      (assignee === undefined ||
        (assignee === 'Unassigned' ? ticket.assigneeId === null : ticket.assigneeId === assignee)) &&
      (days === 0 || Date.parse(ticket.createdTime) >= since) &&
      query.list('teamIds').length === 0,
  )
  return ticketList(call, sorted(call, found, 'createdTime'), listedTicketView)
}

function listTicketsOfContact(call: Call): Response {
  const contact = needContact(call.portal, call.param('contactId'))
  const departmentId = call.query.text('departmentId')
  const isSpam = call.query.flag('isSpam') ?? false
  const tickets = visibleTickets(call).flatMap((ticket) =>
    call.desk.state.settings.contactTicketsLag ? (call.desk.ticketIndex.seen(ticket) ?? []) : ticket,
  )
  const found = tickets.filter(
    (ticket) =>
      ticket.contactId === contact.id &&
      ticket.isSpam === isSpam &&
      (departmentId === undefined || ticket.departmentId === departmentId),
  )
  return ticketList(call, sorted(call, found, 'createdTime'), contactsTicketView)
}

function searchTickets(call: Call): Response {
  const indexed = visibleTickets(call).flatMap((ticket) => call.desk.ticketIndex.seen(ticket) ?? [])
  const found = sorted(
    call,
    indexed.filter((ticket) => isFound(call, ticket)),
    'modifiedTime',
  )
  const views = pageOf(call, found).map((ticket) => searchedTicketView(call.desk, call.portal, ticket))
  return list(call, views, { count: String(found.length) })
}

function isFound({ query, portal }: Call, ticket: Ticket): boolean {
  const contact = findContact(portal, ticket.contactId)
  const contactName = contact === undefined ? null : nameOf(contact)
  const everywhere = query.text('_all')
  const anywhere = [ticket.subject, ticket.description, ticket.ticketNumber, ticket.phone, ticket.email, contactName]
  if (everywhere !== undefined && !anywhere.some((value) => fitsWords(everywhere, value))) return false
  const words: [string, string | null][] = [
    ['subject', ticket.subject],
    ['description', ticket.description],
    ['contactName', contactName],
    ['accountName', null],
    ['productName', null],
  ]
  const exact: [string, string | null][] = [
    ['id', ticket.id],
    ['ticketNumber', ticket.ticketNumber],
    ['departmentId', ticket.departmentId],
    ['contactId', ticket.contactId],
    ['assigneeId', ticket.assigneeId],
    ['channel', ticket.channel],
    ['priority', ticket.priority],
    ['category', ticket.category],
    ['accountId', null],
    ['productId', null],
  ]
  const isWanted = (name: string, fits: (wanted: string) => boolean): boolean => {
    const wanted = query.text(name)
    return wanted === undefined || fits(wanted)
  }
  return (
    words.every(([name, value]) => isWanted(name, (wanted) => fitsWords(wanted, value))) &&
    exact.every(([name, value]) =>
      isWanted(name, (wanted) => wanted.split(',').some((part) => fitsField(part, value))),
    ) &&
    isWanted('status', (wanted) => wanted.split(',').some((part) => isStatus(part, ticket.status))) &&
    isWanted('tag', (wanted) => ticket.tags.some((tag) => fitsField(wanted, tag))) &&
    Array.from({ length: 10 }, (_, position) => `customField${position + 1}`).every((name) =>
      isWanted(name, (wanted) => hasCustomValue(ticket, wanted)),
    ) &&
    (['createdTime', 'modifiedTime', 'customerResponseTime', 'dueDate'] as const).every((name) => {
      const range = query.range(`${name}Range`)
      const time = Date.parse(ticket[name] ?? '')
      return range === undefined || (time >= range.from && time <= range.to)
    })
  )
}

/** `${open}`, `${onhold}` and `${closed}` stand for a type of status. */
function isStatus(wanted: string, status: string): boolean {
  const type = /^\$\{(.+)\}$/.exec(wanted)?.[1]
  if (type === undefined) return fitsField(wanted, status)
  return statusTypeOf(status).replace(' ', '').toLowerCase() === type.toLowerCase()
}

/** `cf_name:value` */
function hasCustomValue(ticket: Ticket, wanted: string): boolean {
  const colon = wanted.indexOf(':')
  const value = ticket.cf[wanted.slice(0, colon)]
  return value !== undefined && value !== null && fitsField(wanted.slice(colon + 1), plain(value))
}

/** What this agent may see and what is neither in the recycle bin nor merged away. */
function visibleTickets(call: Call): Ticket[] {
  return Object.values(call.portal.tickets).filter(
    (ticket) => ticket.mergedInto === null && !ticket.isTrashed && maySeeTicket(call.agent, ticket),
  )
}

function ticketList(call: Call, tickets: readonly Ticket[], viewOf: typeof listedTicketView): Response {
  const includes = call.query.list('include')
  return list(
    call,
    pageOf(call, tickets).map((ticket) => ({
      ...viewOf(call.desk, call.portal, ticket),
      ...includedViews(call.portal, ticket, includes),
    })),
  )
}

function sorted(call: Call, tickets: Ticket[], usual: 'createdTime' | 'modifiedTime'): Ticket[] {
  const sortBy = call.query.text('sortBy') ?? `-${usual}`
  const direction = sortBy.startsWith('-') ? -1 : 1
  const field = sortBy.replace(/^-/, '')
  const keyOf = (ticket: Ticket): string => {
    if (field === 'dueDate') return ticket.dueDate ?? ''
    if (field === 'customerResponseTime') return ticket.customerResponseTime
    return field === 'createdTime' ? ticket.createdTime : ticket.modifiedTime
  }
  // Ids grow: they decide between equal times.
  return tickets.toSorted(
    (left, right) => (keyOf(left).localeCompare(keyOf(right)) || left.id.localeCompare(right.id)) * direction,
  )
}
