import type { TicketForm } from '../../../../contract/index.ts'

/** Who works in a department: a ticket is given to nobody else. */
export function agentsOf({ agents }: Pick<TicketForm, 'agents'>, departmentId: string): TicketForm['agents'] {
  return agents.filter(({ departmentIds }) => departmentIds.some((id) => id === departmentId))
}
