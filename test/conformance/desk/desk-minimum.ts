import type { JsonObject } from '../contract/json.ts'

const needs = (...required: string[]): JsonObject => ({ type: 'object', required })

/**
 * What each call with a JSON body really needs, by operationId. The files require too much in the shared parts; for these
 * calls the last part of the body's `allOf`, or what is known of the live API, says it.
 */
const requestMinimum: Readonly<Record<string, JsonObject>> = {
  createTicket: {
    allOf: [needs('subject', 'departmentId'), { anyOf: [needs('contactId'), needs('contact')] }],
    properties: { contact: needs('lastName') },
  },
  updateTicket: needs(),
  createContact: needs('lastName'),
  updateContact: needs(),
  createTicketComment: needs('content'),
  updateTicketComment: needs('content'),
  deleteTicket: needs('ticketIds'),
  markTicketAsSpam: needs('ids', 'isSpam'),
  closeTickets: needs('ids'),
  moveTicket: needs('departmentId'),
  mergeTicket: needs('ids'),
  associateTicketTags: needs('tags'),
  dissociateTicketTags: needs('tags'),
  deleteContact: needs('contactIds'),
}

const DOCUMENT = 'contract://desk/minimum'

export const minimumDocument: readonly [string, JsonObject] = [DOCUMENT, { components: { schemas: requestMinimum } }]

/** Throws for a call that has no entry: its minimum must be looked up before it is used. */
export function minimumReference(operationId: string): string {
  if (requestMinimum[operationId] === undefined) throw new Error(`the minimum of ${operationId} is not listed`)
  return `${DOCUMENT}#/components/schemas/${operationId}`
}
