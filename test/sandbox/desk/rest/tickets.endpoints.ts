import { forbidden, invalidData, invalidField } from '../errors.ts'
import type { Ticket } from '../state.ts'
import { done, json, noContent } from './endpoint.ts'
import type { Call, Endpoint } from './endpoint.ts'
import { readFields } from './input.ts'
import type { Rules } from './input.ts'
import { CREATE_RULES, UPDATE_RULES, needTicket, needWritableTicket } from './ticket-rules.ts'
import { includedViews, singleTicketView, ticketView } from './ticket-view.ts'
import { changed, createTicket, mergeTickets, moveTicket, setStatus, updateTicket } from './tickets.model.ts'

const INCLUDES = ['contacts', 'products', 'departments', 'team', 'assignee', 'contract', 'isRead', 'skills']
const IDS_RULE: Rules = { ids: { kind: 'ids', max: 100 } }

/** Tickets one by one: create, read, change, move, close, trash, spam, merge, tags. */
export const ticketEndpoints: readonly Endpoint[] = [
  {
    method: 'POST',
    path: '/tickets/moveToTrash',
    scopes: ['Desk.tickets.DELETE'],
    cost: 'delete',
    handle: async (call) => {
      const fields = await readFields(call.c, { ticketIds: { kind: 'ids', max: 100 } }, ['ticketIds'])
      for (const ticket of ticketsOf(call, fields.ids('ticketIds'), 'ticketIds')) {
        changed(call, ticket, () => {
          ticket.isTrashed = true
        })
      }
      return noContent(call)
    },
  },
  {
    method: 'POST',
    path: '/tickets/markSpam',
    scopes: ['Desk.tickets.UPDATE'],
    cost: 'bulk',
    handle: async (call) => {
      const fields = await readFields(call.c, { ...IDS_RULE, isSpam: { kind: 'boolean' } }, ['ids', 'isSpam'])
      const isSpam = fields.flag('isSpam') === true
      for (const ticket of ticketsOf(call, fields.ids('ids'), 'ids')) {
        changed(call, ticket, () => Object.assign(ticket, { isSpam }))
      }
      return done(call)
    },
  },
  {
    method: 'POST',
    path: '/closeTickets',
    scopes: ['Desk.tickets.UPDATE'],
    cost: 'bulk',
    handle: async (call) => {
      const fields = await readFields(call.c, IDS_RULE, ['ids'])
      for (const ticket of ticketsOf(call, fields.ids('ids'), 'ids')) {
        changed(call, ticket, () => setStatus(call, ticket, 'Closed'))
      }
      return done(call)
    },
  },
  {
    method: 'POST',
    path: '/tickets',
    scopes: ['Desk.tickets.CREATE'],
    cost: 'single',
    handle: async (call) => {
      const fields = await readFields(call.c, CREATE_RULES, ['subject', 'departmentId'])
      refuseLightAgent(call)
      return json(call, ticketView(call.desk, call.portal, createTicket(call, fields)))
    },
  },
  {
    method: 'GET',
    path: '/tickets/:ticketId',
    scopes: ['Desk.tickets.READ'],
    cost: 'single',
    query: { include: { kind: 'list', oneOf: INCLUDES } },
    handle: (call) => {
      const ticket = needTicket(call.portal, call.agent, call.param('ticketId'))
      const included = includedViews(call.portal, ticket, call.query.list('include'))
      return json(call, { ...singleTicketView(call.desk, call.portal, ticket), ...included })
    },
  },
  {
    method: 'PATCH',
    path: '/tickets/:ticketId',
    scopes: ['Desk.tickets.UPDATE'],
    cost: 'single',
    query: { disableClosureNotification: { kind: 'boolean' } },
    handle: async (call) => {
      const ticket = needWritableTicket(call.portal, call.agent, call.param('ticketId'))
      const fields = await readFields(call.c, UPDATE_RULES, [])
      refuseLightAgent(call)
      updateTicket(call, ticket, fields)
      return json(call, ticketView(call.desk, call.portal, ticket))
    },
  },
  {
    method: 'POST',
    path: '/tickets/:ticketId/move',
    scopes: ['Desk.tickets.UPDATE'],
    cost: 'single',
    handle: async (call) => {
      const ticket = needWritableTicket(call.portal, call.agent, call.param('ticketId'))
      const rules: Rules = { departmentId: { kind: 'id' }, forumId: { kind: 'id' } }
      const fields = await readFields(call.c, rules, ['departmentId'])
      refuseLightAgent(call)
      moveTicket(call, ticket, fields.text('departmentId') ?? '')
      return done(call)
    },
  },
  {
    method: 'POST',
    path: '/tickets/:ticketId/merge',
    scopes: ['Desk.tickets.UPDATE'],
    cost: 'single',
    handle: async (call) => {
      const target = needWritableTicket(call.portal, call.agent, call.param('ticketId'))
      const fields = await readFields(call.c, { ...IDS_RULE, source: { kind: 'object' } }, ['ids'])
      refuseLightAgent(call)
      mergeTickets(call, target, ticketsOf(call, fields.ids('ids'), 'ids'))
      return json(call, ticketView(call.desk, call.portal, target))
    },
  },
  {
    method: 'GET',
    path: '/tickets/:ticketId/tags',
    scopes: ['Desk.tickets.READ'],
    cost: 'list',
    handle: (call) => {
      const ticket = needTicket(call.portal, call.agent, call.param('ticketId'))
      return ticket.tags.length === 0 ? noContent(call) : json(call, { tags: tagViews(ticket) })
    },
  },
  {
    method: 'POST',
    path: '/tickets/:ticketId/associateTag',
    scopes: ['Desk.tickets.CREATE'],
    cost: 'single',
    handle: async (call) => {
      const ticket = needWritableTicket(call.portal, call.agent, call.param('ticketId'))
      const tags = await readTags(call)
      changed(call, ticket, () => {
        ticket.tags = [...new Set([...ticket.tags, ...tags])]
      })
      return json(call, { data: tagViews(ticket).filter((tag) => tags.includes(tag.name)) })
    },
  },
  {
    method: 'POST',
    path: '/tickets/:ticketId/dissociateTag',
    scopes: ['Desk.tickets.CREATE'],
    cost: 'single',
    handle: async (call) => {
      const ticket = needWritableTicket(call.portal, call.agent, call.param('ticketId'))
      const tags = await readTags(call)
      changed(call, ticket, () => {
        ticket.tags = ticket.tags.filter((tag) => !tags.includes(tag))
      })
      return done(call)
    },
  },
]

/** All of them or none: an id that names no ticket refuses the whole call. */
function ticketsOf(call: Call, ids: readonly string[], field: string): Ticket[] {
  if (ids.length === 0) throw invalidData([{ fieldName: `/${field}`, errorType: 'missing' }])
  return ids.map((id) => {
    const ticket = call.portal.tickets[id]
    if (ticket === undefined || ticket.mergedInto !== null) throw invalidField(field)
    return needTicket(call.portal, call.agent, id)
  })
}

async function readTags(call: Call): Promise<string[]> {
  const fields = await readFields(call.c, { tags: { kind: 'texts', max: 100 } }, ['tags'])
  const tags = fields.ids('tags').filter((tag) => tag !== '')
  if (tags.length === 0) throw invalidData([{ fieldName: '/tags', errorType: 'missing' }])
  return tags
}

function tagViews(ticket: Ticket): { id: string; name: string; tagType: 'MANUAL' }[] {
  return ticket.tags.map((name, position) => ({
    id: `${ticket.id.slice(0, -3)}${800 + position}`,
    name,
    tagType: 'MANUAL',
  }))
}

function refuseLightAgent(call: Call): void {
  if (call.agent.rolePermissionType === 'Light') throw forbidden()
}
