import { findAgent, findContact, findDepartment, findTicket, maySeeDepartment, maySeeTicket } from '../context.ts'
import type { DeskContext } from '../context.ts'
import { forbidden, invalidData, invalidField, notFound, unprocessable } from '../errors.ts'
import type { FieldProblem } from '../errors.ts'
import { SHARE_TYPES } from '../state.ts'
import type { Agent, Portal, SharedDepartment, Ticket } from '../state.ts'
import { checkCustomFields } from './custom-fields.ts'
import { checkFields } from './input.ts'
import type { Fields, Rules } from './input.ts'

const STATUS_TYPES: Record<string, 'Open' | 'On Hold' | 'Closed'> = {
  Open: 'Open',
  Escalated: 'Open',
  'On Hold': 'On Hold',
  Closed: 'Closed',
}

export const STATUSES = Object.keys(STATUS_TYPES)

/** Fields that creating and changing share. */
const SHARED_RULES: Rules = {
  subject: { kind: 'text', max: 1000 },
  description: { kind: 'text', max: 65_535 },
  contactId: { kind: 'id' },
  status: { kind: 'text', oneOf: STATUSES },
  channel: { kind: 'text', max: 100 },
  assigneeId: { kind: 'id' },
  productId: { kind: 'id' },
  priority: { kind: 'text', oneOf: ['High', 'Medium', 'Low'] },
  category: { kind: 'text', max: 100 },
  subCategory: { kind: 'text', max: 100 },
  classification: { kind: 'text', oneOf: ['Problem', 'Request', 'Question', 'Others'] },
  language: { kind: 'text', max: 100 },
  phone: { kind: 'text', max: 120 },
  email: { kind: 'text', max: 150, pattern: /^[^\s@]+@[^\s@]+\.[^\s@]+$/ },
  dueDate: { kind: 'time' },
  entitySkills: { kind: 'ids' },
  cf: { kind: 'object' },
  customFields: { kind: 'object' },
}

export const CREATE_RULES: Rules = { ...SHARED_RULES, departmentId: { kind: 'id' }, contact: { kind: 'object' } }

export const UPDATE_RULES: Rules = {
  ...SHARED_RULES,
  resolution: { kind: 'text', max: 65_535 },
  sharedDepartments: { kind: 'objects' },
  uploads: { kind: 'ids' },
}

const SHARED_DEPARTMENT_RULES: Rules = { id: { kind: 'id' }, type: { kind: 'text', oneOf: SHARE_TYPES } }

/** The contact inside `POST /tickets`; e-mail or phone is needed beside the name (which of them: unconfirmed). */
export const INLINE_CONTACT_RULES: Rules = {
  lastName: { kind: 'text', max: 200 },
  firstName: { kind: 'text', max: 40 },
  email: { kind: 'text', max: 255, pattern: /^[^\s@]+@[^\s@]+\.[^\s@]+$/ },
  phone: { kind: 'text', max: 50 },
  mobile: { kind: 'text', max: 50 },
}

export function statusTypeOf(status: string): 'Open' | 'On Hold' | 'Closed' {
  return STATUS_TYPES[status] ?? 'Open'
}

/** Throws INVALID_DATA when a field names something that the portal does not have. */
export function checkReferences(desk: DeskContext, portal: Portal, fields: Fields, departmentId: string): void {
  const problems: FieldProblem[] = []
  const contactId = fields.text('contactId')
  if (typeof contactId === 'string' && findContact(portal, contactId) === undefined) problems.push(invalid('contactId'))
  if (findDepartment(portal, departmentId) === undefined) problems.push(invalid('departmentId'))
  const assigneeId = fields.text('assigneeId')
  if (typeof assigneeId === 'string' && !isAssignable(portal, assigneeId, departmentId))
    problems.push(invalid('assigneeId'))
  // No products exist here.
  if (typeof fields.text('productId') === 'string') problems.push(invalid('productId'))
  const channel = fields.text('channel')
  const { channels } = desk.state.settings
  if (typeof channel === 'string' && channels !== null && !channels.includes(channel)) problems.push(invalid('channel'))
  if (problems.length > 0) throw invalidData(problems)
  checkCustomFields(fields.object('cf'), desk.state.settings)
}

/** The departments a ticket is to be shared with; undefined when the body does not speak of it. */
export function sharedDepartments(portal: Portal, fields: Fields): SharedDepartment[] | undefined {
  if (!fields.has('sharedDepartments')) return undefined
  return fields.objects('sharedDepartments').map((entry) => {
    const checked = checkFields(entry, SHARED_DEPARTMENT_RULES, ['id', 'type'], 'sharedDepartments/')
    const id = checked.text('id') ?? ''
    if (findDepartment(portal, id) === undefined) throw invalidField('sharedDepartments')
    return { id, type: checked.text('type') ?? '' }
  })
}

export function isAssignable(portal: Portal, agentId: string, departmentId: string): boolean {
  const agent = findAgent(portal, agentId)
  return agent?.status === 'ACTIVE' && agent.departmentIds.includes(departmentId)
}

/** The ticket, if this agent may see it. Throws URL_NOT_FOUND or FORBIDDEN. */
export function needTicket(portal: Portal, agent: Agent, ticketId: string): Ticket {
  const ticket = findTicket(portal, ticketId)
  if (ticket === undefined) throw notFound()
  if (!maySeeTicket(agent, ticket)) throw forbidden()
  return ticket
}

/** The ticket, if it may be written to: nothing is added to a ticket in the recycle bin. */
export function needWritableTicket(portal: Portal, agent: Agent, ticketId: string): Ticket {
  const ticket = needTicket(portal, agent, ticketId)
  if (ticket.isTrashed) throw unprocessable('The ticket is in the recycle bin; no operation is possible on it.')
  return ticket
}

/** Throws INVALID_DATA when the department of a move or a creation does not exist, FORBIDDEN when it is not the agent's. */
export function needDepartment(portal: Portal, agent: Agent, departmentId: string): void {
  if (findDepartment(portal, departmentId) === undefined) throw invalidField('departmentId')
  if (!maySeeDepartment(agent, departmentId)) throw forbidden()
}

function invalid(name: string): FieldProblem {
  return { fieldName: `/${name}`, errorType: 'invalid' }
}
