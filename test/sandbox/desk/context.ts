import type { SandboxClock } from '../shared/clock.ts'
import type { Changes } from './changes.ts'
import type { FileStore } from './files.ts'
import type { SearchIndex } from './search-index.ts'
import type { Agent, Contact, Department, DeskState, Portal, Ticket } from './state.ts'

/** What every part of the Desk double works on. */
export type DeskContext = {
  state: DeskState
  /** Writes the state down; cheap to call after every change. */
  save: () => void
  clock: SandboxClock
  /** `http://127.0.0.1:port` of this double: Desk, its REST API and the accounts server in one. */
  origin: string
  files: FileStore
  contactIndex: SearchIndex<Contact>
  ticketIndex: SearchIndex<Ticket>
  changes: Changes
}

/** A finder answers undefined for what does not exist; the caller decides what that means. */
export function findDepartment(portal: Portal, id: string | null | undefined): Department | undefined {
  return portal.departments.find((department) => department.id === id && department.isEnabled)
}

export function findAgent(portal: Portal, id: string | null | undefined): Agent | undefined {
  return portal.agents.find((agent) => agent.id === id)
}

export function findContact(portal: Portal, id: string | null | undefined): Contact | undefined {
  const contact = id === null || id === undefined ? undefined : portal.contacts[id]
  return contact?.isTrashed === true ? undefined : contact
}

/** A ticket that was merged into another or deleted for good does not exist any more. */
export function findTicket(portal: Portal, id: string | null | undefined): Ticket | undefined {
  const ticket = id === null || id === undefined ? undefined : portal.tickets[id]
  return ticket?.mergedInto === null ? ticket : undefined
}

/** Administrators see every department, others the departments they belong to. */
export function maySeeDepartment(agent: Agent, departmentId: string): boolean {
  return agent.rolePermissionType === 'Admin' || agent.departmentIds.includes(departmentId)
}

/** A ticket is seen in its department and in those it is shared with. */
export function maySeeTicket(agent: Agent, ticket: Ticket): boolean {
  const departmentIds = [ticket.departmentId, ...ticket.sharedDepartments.map(({ id }) => id)]
  return departmentIds.some((departmentId) => maySeeDepartment(agent, departmentId))
}

export function nameOf(person: { firstName: string | null; lastName: string }): string {
  return person.firstName === null || person.firstName === ''
    ? person.lastName
    : `${person.firstName} ${person.lastName}`
}
