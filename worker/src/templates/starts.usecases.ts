import type { StartConversationBody } from '../../../contract/index.ts'
import { newContact } from '../contacts/contact.model.ts'
import type { ContactFacts } from '../contacts/contact.model.ts'
import { aliasesOf } from '../contacts/identity.model.ts'
import { canSee } from '../conversations/conversations.usecases.ts'
import type { Visibility } from '../conversations/conversations.usecases.ts'
import type { DeskGateway } from '../desk/desk.types.ts'
import type { MessageRow } from '../messages/messages.rows.ts'
import { sendErrors } from '../messages/sends.errors.ts'
import { numberNotFound } from '../numbers/numbers.usecases.ts'
import type { Clock } from '../platform/clock.ts'
import type { Permit } from '../quotas/places.repo.ts'
import type { QuotasRepo } from '../quotas/quotas.repo.ts'
import { fullError, requirePermit } from '../quotas/quotas.usecases.ts'
import { summaryOf } from '../whatsapp/summary.ts'
import type { AcceptedTemplate, TicketToJoin } from './start-messages.repo.ts'
import { startErrors } from './starts.errors.ts'
import { readDialled } from './starts.model.ts'
import type { SendingNumber, StartsRepo } from './starts.repo.ts'
import { cleanValue } from './templates.model.ts'
import type { FilledTemplate } from './templates.model.ts'
import type { TemplatePorts } from './templates.usecases.ts'
import { fillApproved } from './templates.usecases.ts'
import { isTheirs, nameOfContact, readTicket } from './ticket-contact.ts'
import type { TicketRead } from './ticket-contact.ts'

export type StartPorts = {
  repo: StartsRepo
  quotas: QuotasRepo
  desk: Pick<DeskGateway, 'getTicket' | 'getContact'>
  templatesOf(number: SendingNumber): TemplatePorts
  newId: { contact(): string; conversation(): string }
  /** The conversation looks at what it has to send. */
  wake(conversationId: string): Promise<void>
  clock: Clock
}

export type Agent = { id: string; name: string; sees: Visibility }

/** A request races with others for places, contacts and facts; after as many rounds it is given up. */
const MAX_ROUNDS = 5

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
  const { phoneNumberId } = body
  const number = await requireSendingNumber(repo, agent.sees, phoneNumberId)
  const phone = phoneOf(body.to)
  const known = await repo.findPerson(phone.alias, phoneNumberId)
  if (known?.conversation && !canSee(agent.sees, known.conversation.departmentId)) throw startErrors.otherDepartment()
  const sent = known?.conversation ? await repo.findSent(known.conversation.id, body.clientId) : null
  if (sent !== null) return { row: mustBeSame(sent, body), isNew: false }
  await requirePermit(ports.quotas, phoneNumberId, 'template', ports.clock())
  const from = body.ticketId === undefined ? null : await readTicket(ports.desk, agent.sees, body.ticketId)
  const isSamePerson = from !== null && from.contact !== null && isTheirs(from.contact, phone.digits)
  const template = await fillApproved(ports.templatesOf(number), body.template)
  const contact = nameFrom(newContact(ports.newId.contact(), phone.person, ''), isSamePerson ? from : null)
  const ticket = from === null ? null : toJoin(from, isSamePerson)
  const accepted = await underPermit(ports, phoneNumberId, async (permit, now) => {
    const contactId = (await repo.findPerson(phone.alias, phoneNumberId))?.contactId ?? contact.id
    if (ticket !== null && (await repo.isTicketTaken(ticket.id, contactId, phoneNumberId))) {
      throw startErrors.ticketTaken()
    }
    const start = {
      ...toMessage(agent, body.clientId, template, now),
      phoneNumberId,
      contact: { ...contact, id: contactId },
      phone: phone.alias,
      conversationId: ports.newId.conversation(),
      departmentId: from?.ticket.departmentId ?? number.departmentId,
      channelName: number.channelName ?? number.displayPhoneNumber,
      ticket,
    }
    return { contactId, accepted: await repo.start(start, permit) }
  })
  return finish(ports, accepted, body)
}

/** A template into a conversation that the agent may see, as when its window is closed. */
export async function sendTemplate(
  ports: StartPorts,
  agent: Agent,
  { id, phoneNumberId }: { id: string; phoneNumberId: string },
  body: Pick<StartConversationBody, 'clientId' | 'template'>,
): Promise<AcceptedTemplate> {
  const { repo } = ports
  const sent = await repo.findSent(id, body.clientId)
  if (sent !== null) return { row: mustBeSame(sent, body), isNew: false }
  await requirePermit(ports.quotas, phoneNumberId, 'template', ports.clock())
  const number = await repo.findNumber(phoneNumberId)
  const contactId = await repo.contactOf(id)
  if (number === null || contactId === null) throw numberNotFound()
  const template = await fillApproved(ports.templatesOf(number), body.template)
  const accepted = await underPermit(ports, phoneNumberId, async (permit, now) => ({
    contactId,
    accepted: await repo.sendInto({ id, contactId }, toMessage(agent, body.clientId, template, now), permit),
  }))
  return finish(ports, accepted, body)
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

/**
 * Asks for a permit and tries with it; what the try was judged by may have changed meanwhile, so it is judged again. Throws
 * `quota.<refusal>`.
 */
async function underPermit(
  { quotas, clock }: StartPorts,
  phoneNumberId: string,
  attempt: (permit: Permit, now: number) => Promise<{ contactId: string; accepted: AcceptedTemplate | null }>,
): Promise<AcceptedTemplate> {
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const now = clock()
    const permit = await requirePermit(quotas, phoneNumberId, 'template', now)
    const { accepted, contactId } = await attempt(permit, now)
    if (accepted !== null) return accepted
    const { pool } = permit
    if (pool === null) continue
    const isFull = (await quotas.readUsage(now))[pool] >= permit.limit
    if (isFull && !(await quotas.hasPlace(pool, contactId))) throw await fullError(quotas, permit, now)
  }
  throw startErrors.busy()
}

async function finish(
  ports: StartPorts,
  accepted: AcceptedTemplate,
  body: Pick<StartConversationBody, 'template'>,
): Promise<AcceptedTemplate> {
  mustBeSame(accepted.row, body)
  if (accepted.isNew) await ports.wake(accepted.row.conversation_id)
  return accepted
}

/** A client id belongs to one message for ever. */
function mustBeSame(row: MessageRow, { template }: Pick<StartConversationBody, 'template'>): MessageRow {
  const { content, template_parameters: parameters } = row
  const isSame =
    content.kind === 'template' &&
    content.name === template.name &&
    content.language === template.language &&
    JSON.stringify(parameters?.map(({ text }) => text)) === JSON.stringify(template.bodyParams.map(cleanValue))
  if (!isSame) throw sendErrors.clientIdReused()
  return row
}

function phoneOf(to: string) {
  const digits = readDialled(to)
  if (digits === null) throw startErrors.phoneInvalid()
  const person = { parentUserId: null, userId: null, phone: digits, name: null, username: null }
  const [alias] = aliasesOf(person, '')
  if (alias === undefined) throw startErrors.phoneInvalid()
  return { digits, alias, person }
}

function toMessage(agent: Agent, clientId: string, template: FilledTemplate, now: number) {
  const { name, language, text } = template
  const summary = summaryOf({ kind: 'template', name, language, text })
  return { clientId, template, summary, agentId: agent.id, agentName: agent.name, now }
}

/** Somebody new has the name that Desk knows them by. */
function nameFrom(contact: ContactFacts, from: TicketRead | null): ContactFacts {
  const name = from?.contact ? nameOfContact(from.contact) : ''
  return name === '' ? contact : { ...contact, name, nameSource: 'desk' }
}

function toJoin({ ticket, contact }: TicketRead, isSamePerson: boolean): TicketToJoin {
  const deskContactId = isSamePerson ? (contact?.id ?? null) : null
  return { id: ticket.id, number: ticket.ticketNumber, departmentId: ticket.departmentId, deskContactId }
}
