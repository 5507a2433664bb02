import { phoneKey } from '../contacts/phone.model.ts'
import { canSee } from '../conversations/conversations.usecases.ts'
import type { Visibility } from '../conversations/conversations.usecases.ts'
import type { DeskContact, DeskGateway, DeskTicket } from '../desk/desk.types.ts'
import { toLine } from '../whatsapp/summary.ts'
import { startErrors } from './starts.errors.ts'
import { readPhones } from './starts.model.ts'

const MAX_NAME = 120

export type TicketRead = { ticket: DeskTicket; contact: DeskContact | null }

/** A ticket that the agent may see, with its contact. Throws 404 for any other. */
export async function readTicket(
  desk: Pick<DeskGateway, 'getTicket' | 'getContact'>,
  sees: Visibility,
  ticketId: string,
): Promise<TicketRead> {
  const ticket = await desk.getTicket(ticketId)
  if (!ticket.ok) {
    if (ticket.error.kind === 'gone' || ticket.error.kind === 'invalid') throw startErrors.ticketNotFound()
    throw startErrors.deskUnavailable(ticket.error)
  }
  if (!canSee(sees, ticket.value.departmentId)) throw startErrors.ticketNotFound()
  if (ticket.value.contactId === null) return { ticket: ticket.value, contact: null }
  const contact = await desk.getContact(ticket.value.contactId)
  if (!contact.ok && contact.error.kind !== 'gone') throw startErrors.deskUnavailable(contact.error)
  return { ticket: ticket.value, contact: contact.ok ? contact.value : null }
}

export function nameOfContact({ firstName, lastName }: DeskContact): string {
  return toLine([firstName, lastName].filter((part) => part !== null).join(' '), MAX_NAME)
}

/** Whether the Desk contact has this number, in any way of writing it. */
export function isTheirs({ phone, mobile }: DeskContact, digits: string): boolean {
  const keys = readPhones([mobile, phone], digits).map((known) => phoneKey(known.slice(1)))
  return keys.includes(phoneKey(digits))
}
