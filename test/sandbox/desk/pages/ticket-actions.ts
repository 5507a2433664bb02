import { forbidden, unprocessable } from '../errors.ts'
import { addComment } from '../rest/comments.model.ts'
import { checkFields, isObject } from '../rest/input.ts'
import {
  CREATE_RULES,
  STATUSES,
  UPDATE_RULES,
  isAssignable,
  needTicket,
  needWritableTicket,
} from '../rest/ticket-rules.ts'
import { changed, createTicket, mergeTickets, moveTicket, setStatus, updateTicket } from '../rest/tickets.model.ts'
import type { Doer } from '../rest/tickets.model.ts'
import type { Ticket } from '../state.ts'

/** What the ticket page's buttons do. Throws a DeskError with a sentence for the agent when it cannot be done. */
export function runTicketAction(doer: Doer, action: string, value: unknown): unknown {
  const body = isObject(value) ? value : {}
  if (doer.agent.rolePermissionType === 'Light' && action !== 'comment') throw forbidden()
  if (action === 'create') {
    return { id: createTicket(doer, checkFields(body, CREATE_RULES, ['subject', 'departmentId'])).id }
  }
  const ticketId = String(body.ticketId)
  if (action === 'restore' || action === 'delete') {
    return inBin(doer, needTicket(doer.portal, doer.agent, ticketId), action)
  }
  const ticket = needWritableTicket(doer.portal, doer.agent, ticketId)
  return changeTicket(doer, ticket, action, body)
}

function inBin(doer: Doer, ticket: Ticket, action: 'restore' | 'delete'): object {
  changed(doer, ticket, () => {
    ticket.isTrashed = false
  })
  // Deleted for good: as if it had never been.
  if (action === 'delete') delete doer.portal.tickets[ticket.id]
  return {}
}

function changeTicket(doer: Doer, ticket: Ticket, action: string, body: Record<string, unknown>): object {
  switch (action) {
    case 'status': {
      const status = String(body.status)
      if (!STATUSES.includes(status)) throw unprocessable('There is no such status.')
      changed(doer, ticket, () => setStatus(doer, ticket, status))
      return {}
    }
    case 'move':
      moveTicket(doer, ticket, String(body.departmentId))
      return {}
    case 'assign': {
      const agentId = typeof body.agentId === 'string' && body.agentId !== '' ? body.agentId : null
      if (agentId !== null && !isAssignable(doer.portal, agentId, ticket.departmentId)) {
        throw unprocessable('This agent is not of the department.')
      }
      changed(doer, ticket, () => Object.assign(ticket, { assigneeId: agentId }))
      return {}
    }
    case 'spam':
      changed(doer, ticket, () => Object.assign(ticket, { isSpam: body.isSpam !== false }))
      return {}
    case 'trash':
      changed(doer, ticket, () => Object.assign(ticket, { isTrashed: true }))
      return {}
    case 'merge':
      mergeTickets(doer, ticket, [needWritableTicket(doer.portal, doer.agent, String(body.otherId))])
      return {}
    case 'set':
      updateTicket(doer, ticket, checkFields(isObject(body.fields) ? body.fields : {}, UPDATE_RULES, []))
      return {}
    case 'comment':
      return comment(doer, ticket, body)
    default:
      throw unprocessable('There is no such action.')
  }
}

function comment(doer: Doer, ticket: Ticket, body: Record<string, unknown>): object {
  const content = String(body.content).trim()
  if (content === '' || content.length > 32_000) throw unprocessable('A comment has 1 to 32,000 characters.')
  const added = addComment(doer, ticket, {
    content,
    contentType: 'plainText',
    // A light agent's comments never reach the customer.
    isPublic: body.isPublic === true && doer.agent.rolePermissionType !== 'Light',
    attachmentIds: [],
  })
  return { commentId: added.id, commentedTime: added.commentedTime }
}
