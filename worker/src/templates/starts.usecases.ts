import type { StartConversationBody } from '../../../contract/index.ts'
import { newContact } from '../contacts/contact.model.ts'
import type { ContactFacts } from '../contacts/contact.model.ts'
import { aliasesOf } from '../contacts/identity.model.ts'
import { phoneKey } from '../contacts/phone.model.ts'
import { canSee } from '../conversations/conversations.usecases.ts'
import type { Visibility } from '../conversations/conversations.usecases.ts'
import type { DeskContact, DeskGateway, DeskTicket } from '../desk/desk.types.ts'
import { sendErrors } from '../messages/sends.errors.ts'
import type { Clock } from '../platform/clock.ts'
import { numberNotFound } from '../numbers/numbers.usecases.ts'
import { summaryOf, toLine } from '../whatsapp/summary.ts'
import { startErrors } from './starts.errors.ts'
import { readDialled, readPhones } from './starts.model.ts'
import type { AcceptedTemplate, SendingNumber, StartsRepo, TicketToJoin } from './starts.repo.ts'
import type { FilledTemplate } from './templates.model.ts'
import type { TemplatePorts } from './templates.usecases.ts'
import { fillApproved } from './templates.usecases.ts'

export type StartPorts = {
  repo: StartsRepo
  desk: Pick<DeskGateway, 'getTicket' | 'getContact'>
  templatesOf(number: SendingNumber): TemplatePorts
  newId: { contact(): string; conversation(): string }
  /** The conversation looks at what it has to send. */
  wake(conversationId: string): Promise<void>
  clock: Clock
}

export type Agent = { id: string; name: string; sees: Visibility }

const MAX_NAME = 120

/**
 * Begins a conversation with a template, or sends it into the one that is there; the same clientId again is the same message. Started
 * from a ticket, the conversation goes on in that ticket. Nothing is kept of what is refused.
 */
export async function startConversation(
  ports: StartPorts,
  agent: Agent,
  body: StartConversationBody,
): Promise<AcceptedTemplate> {
  const { repo } = ports
  const number = await requireSendingNumber(repo, agent.sees, body.phoneNumberId)
  const digits = readDialled(body.to)
  if (digits === null) throw startErrors.phoneInvalid()
  const ids = { parentUserId: null, userId: null, phone: digits }
  const [phone] = aliasesOf(ids, '')
  if (phone === undefined) throw startErrors.phoneInvalid()
  const known = await repo.findPerson(phone, body.phoneNumberId)
  if (known?.conversation && !canSee(agent.sees, known.conversation.departmentId)) throw startErrors.otherDepartment()
  const from = body.ticketId === undefined ? null : await readTicket(ports, agent.sees, body.ticketId)
  const isSamePerson = from?.contact !== null && from !== null && isTheirs(from.contact, digits)
  const template = await fillApproved(ports.templatesOf(number), body.template)
  const accepted = await repo.start({
    ...toMessage(agent, body.clientId, template, ports.clock()),
    phoneNumberId: body.phoneNumberId,
    contact: named(newContact(ports.newId.contact(), { ...ids, name: null, username: null }, ''), from, isSamePerson),
    phone,
    conversationId: ports.newId.conversation(),
    departmentId: from?.ticket.departmentId ?? number.departmentId,
    ticket: from === null ? null : toJoin(from, isSamePerson),
  })
  if (accepted === null) throw startErrors.ticketTaken()
  return finish(ports, accepted, template)
}

/** A template into a conversation that the agent may see, as when its window is closed. */
export async function sendTemplate(
  ports: StartPorts,
  agent: Agent,
  conversation: { id: string; phoneNumberId: string },
  body: Pick<StartConversationBody, 'clientId' | 'template'>,
): Promise<AcceptedTemplate> {
  const number = await ports.repo.findNumber(conversation.phoneNumberId)
  if (number === null) throw numberNotFound()
  const template = await fillApproved(ports.templatesOf(number), body.template)
  const accepted = await ports.repo.sendInto(conversation.id, toMessage(agent, body.clientId, template, ports.clock()))
  if (accepted === null) throw sendErrors.notFound()
  return finish(ports, accepted, template)
}

/** A number with a channel in a department that the agent sees. */
export async function requireSendingNumber(
  repo: StartsRepo,
  sees: Visibility,
  phoneNumberId: string,
): Promise<SendingNumber & { departmentId: string }> {
  const number = await repo.findNumber(phoneNumberId)
  if (number === null) throw numberNotFound()
  const { departmentId } = number
  if (departmentId === null) {
    if (sees.departments === null) throw startErrors.noChannel()
    throw numberNotFound()
  }
  if (!canSee(sees, departmentId)) throw numberNotFound()
  return { ...number, departmentId }
}

export type TicketRead = { ticket: DeskTicket; contact: DeskContact | null }

/** A ticket that the agent may see, with its contact. */
export async function readTicket(
  { desk }: Pick<StartPorts, 'desk'>,
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

async function finish(
  ports: StartPorts,
  accepted: AcceptedTemplate,
  template: FilledTemplate,
): Promise<AcceptedTemplate> {
  const { content } = accepted.row
  const isSame =
    content.kind === 'template' &&
    content.name === template.name &&
    content.language === template.language &&
    content.text === template.text
  if (!isSame) throw sendErrors.clientIdReused()
  if (accepted.isNew) await ports.wake(accepted.row.conversation_id)
  return accepted
}

function toMessage(agent: Agent, clientId: string, template: FilledTemplate, now: number) {
  const { name, language, text } = template
  const summary = summaryOf({ kind: 'template', name, language, text })
  return { clientId, template, summary, agentId: agent.id, agentName: agent.name, now }
}

/** Whether the Desk contact has this number, in any way of writing it. */
function isTheirs({ phone, mobile }: DeskContact, digits: string): boolean {
  const keys = readPhones([mobile, phone], digits).map((known) => phoneKey(known.slice(1)))
  return keys.includes(phoneKey(digits))
}

/** Somebody new has the name that Desk knows them by. */
function named(contact: ContactFacts, from: TicketRead | null, isSamePerson: boolean): ContactFacts {
  const name = isSamePerson && from?.contact ? nameOfContact(from.contact) : ''
  return name === '' ? contact : { ...contact, name, nameSource: 'desk' }
}

function toJoin({ ticket, contact }: TicketRead, isSamePerson: boolean): TicketToJoin {
  const deskContactId = isSamePerson ? (contact?.id ?? null) : null
  return { id: ticket.id, number: ticket.ticketNumber, departmentId: ticket.departmentId, deskContactId }
}
