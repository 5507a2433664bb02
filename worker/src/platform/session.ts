import type { Role } from '../../../contract/index.ts'
import type { OrgScope } from './scope.ts'

/** Who is asking: what a session token says, verified. */
export type AgentSession = {
  orgId: string
  shard: number
  epoch: number
  agentId: string
  name: string
  role: Role
  /** Whether the person proved who they are by signing in to Zoho. Only such sessions change settings. */
  isProof: boolean
  /** Desk's ids of the departments the agent works in. */
  departments: readonly string[]
  /** Epoch milliseconds. */
  expiresAt: number
}

/** A session together with the organisation it was checked against. */
export type Auth = { session: AgentSession; scope: OrgScope }
