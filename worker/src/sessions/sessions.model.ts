import type { Role } from '../../../contract/index.ts'

/** An agent as Desk last showed them to us. */
export type KnownAgent = { id: string; name: string; role: Role; departments: readonly string[]; isActive: boolean }

const HOUR_MS = 60 * 60 * 1_000
/** What Desk said is taken as it is for so long. */
const FRESH_MS = HOUR_MS
/** While Desk cannot be asked, what it said is good for so long. */
const USABLE_MS = 24 * HOUR_MS

/** Whether Desk must be asked about an agent. One who was refused is asked about each time: they may have been let in again. */
export function mustAskDesk(known: { agent: KnownAgent; checkedAt: number } | null, now: number): boolean {
  return known === null || !known.agent.isActive || now - known.checkedAt >= FRESH_MS
}

/** Whether what Desk said before may stand in while it does not answer. */
export function isStillUsable(checkedAt: number, now: number): boolean {
  return now - checkedAt < USABLE_MS
}

/** Our role of Desk's `rolePermissionType`: light agents may read, administrators administer, everybody else answers. */
export function roleOf(rolePermissionType: string): Role {
  switch (rolePermissionType) {
    case 'Admin':
      return 'admin'
    case 'Light':
      return 'viewer'
    default:
      return 'agent'
  }
}

const RANKS: Record<Role, number> = { viewer: 0, agent: 1, admin: 2 }

export function isRoleEnough(role: Role, needed: Role): boolean {
  return RANKS[role] >= RANKS[needed]
}

/** The departments whose conversations somebody may see; null for all of them. Desk shows administrators every department. */
export function visibleDepartments(session: { role: Role; departments: readonly string[] }): readonly string[] | null {
  return session.role === 'admin' ? null : session.departments
}
