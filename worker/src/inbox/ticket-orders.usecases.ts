import type { ConversationView, MakeTicketBody, TicketForm } from '../../../contract/index.ts'
import { agentIdSchema, departmentIdSchema } from '../../../contract/index.ts'
import type { ReadConversationsPorts, Visibility } from '../conversations/conversations.usecases.ts'
import { canSee, getConversation } from '../conversations/conversations.usecases.ts'
import type { DeskResult } from '../desk/desk.types.ts'
import { saidText } from '../tickets/message-text.model.ts'
import { subjectOf } from '../tickets/ticket-text.model.ts'
import type { TicketsRepo } from '../tickets/tickets.repo.ts'
import { isOpener } from '../tickets/tickets.model.ts'
import type { DeskFacts, DeskMessage } from '../tickets/tickets.rows.ts'
import type { AgentToAssign } from './agents.cache.ts'
import { ticketOrderErrors } from './ticket-orders.errors.ts'
import type { TicketOrdersRepo } from './ticket-orders.repo.ts'

export type Department = { id: string; name: string }

export type TicketOrderPorts = ReadConversationsPorts & {
  orders: TicketOrdersRepo
  ticketsOf(conversationId: string): Pick<TicketsRepo, 'readFacts' | 'readUnrecorded'>
  /** Desk's enabled departments; none while Desk was never asked. */
  listDepartments(): Promise<Department[]>
  listAssignees(): Promise<DeskResult<AgentToAssign[]>>
  wake(conversationId: string): Promise<void>
}

export type Orderer = { id: string; name: string; sees: Visibility }

/**
 * What making a ticket of a conversation begins with: the customer's first words as subject, the channel's department, and who may be
 * given it (nobody while Desk does not answer). Throws 409 where there is nothing to make a ticket of.
 */
export async function readTicketForm(ports: TicketOrderPorts, orderer: Orderer, id: string): Promise<TicketForm> {
  await getConversation(ports, orderer.sees, id)
  const { facts, opener } = await requireOpener(ports, id)
  const departments = await listDepartments(ports, orderer.sees, facts)
  const agents = await ports.listAssignees()
  const isListed = new Set(departments.map((department) => department.id))
  const assignees = (agents.ok ? agents.value : [])
    .map((agent) => ({ ...agent, departmentIds: agent.departmentIds.filter((each) => isListed.has(each)) }))
    .filter(({ departmentIds }) => departmentIds.length > 0)
  const self = assignees.find((agent) => agent.id === orderer.id)
  const { departmentId } = facts.channel
  return {
    subject: subjectOf({
      kind: opener.kind,
      text: saidText(opener),
      summary: opener.summary,
      sender: facts.contact.name,
    }),
    departmentId: departmentIdSchema.parse(departmentId),
    departments: departments.map((department) => ({
      id: departmentIdSchema.parse(department.id),
      name: department.name,
    })),
    assigneeId: self?.departmentIds.includes(departmentId) === true ? agentIdSchema.parse(self.id) : null,
    agents: assignees.map((agent) => ({
      id: agentIdSchema.parse(agent.id),
      name: agent.name,
      departmentIds: agent.departmentIds.map((each) => departmentIdSchema.parse(each)),
    })),
  }
}

/** Orders a ticket; the conversation makes it. The same order again is the same ticket; somebody else's meanwhile is 409. */
export async function orderTicket(
  ports: TicketOrderPorts,
  orderer: Orderer,
  id: string,
  { subject, departmentId, assigneeId }: MakeTicketBody,
): Promise<ConversationView> {
  const { channel } = await getConversation(ports, orderer.sees, id)
  const { facts } = await requireOpener(ports, id)
  const departments = await listDepartments(ports, orderer.sees, facts)
  if (!departments.some((department) => department.id === departmentId)) throw ticketOrderErrors.departmentUnknown()
  if (assigneeId !== undefined) await requireAssignee(ports, assigneeId, departmentId)
  const order = {
    subject,
    departmentId,
    assigneeId: assigneeId ?? null,
    agentId: orderer.id,
    agentName: orderer.name,
    at: ports.clock(),
  }
  const kept = await ports.orders.order(id, order, channel.name)
  const isMine =
    kept !== null &&
    kept.agentId === order.agentId &&
    kept.subject === order.subject &&
    kept.departmentId === order.departmentId &&
    kept.assigneeId === order.assigneeId
  if (!isMine) throw ticketOrderErrors.alreadyOrdered()
  await ports.wake(id)
  return getConversation(ports, orderer.sees, id)
}

/** The customer's first message that no ticket holds. */
async function requireOpener(
  { ticketsOf }: TicketOrderPorts,
  id: string,
): Promise<{ facts: DeskFacts; opener: DeskMessage }> {
  const tickets = ticketsOf(id)
  const facts = await tickets.readFacts(null)
  if (facts === null) throw ticketOrderErrors.nothingSaid()
  const { messages } = await tickets.readUnrecorded(facts, isOpener)
  const opener = messages.find(isOpener)
  if (opener === undefined)
    throw facts.ticketId === null ? ticketOrderErrors.nothingSaid() : ticketOrderErrors.hasTicket()
  return { facts, opener }
}

/** Those the agent works in; the channel's own too, where Desk could not be asked yet. */
async function listDepartments(
  ports: TicketOrderPorts,
  sees: Visibility,
  { channel }: DeskFacts,
): Promise<Department[]> {
  const known = await ports.listDepartments()
  const all = known.length === 0 ? [{ id: channel.departmentId, name: channel.departmentId }] : known
  return all.filter(({ id }) => canSee(sees, id))
}

async function requireAssignee(
  { listAssignees }: TicketOrderPorts,
  assigneeId: string,
  departmentId: string,
): Promise<void> {
  const agents = await listAssignees()
  // Desk itself refuses a wrong one; without its list nothing can be said here.
  if (!agents.ok) return
  const agent = agents.value.find(({ id }) => id === assigneeId)
  if (agent?.departmentIds.includes(departmentId) !== true) throw ticketOrderErrors.assigneeUnknown()
}
