import { findScope } from '../orgs/orgs.repo.ts'
import { systemClock } from '../platform/clock.ts'
import type { Env } from '../platform/env.ts'
import { readConfig } from '../platform/env.ts'
import { hasShard } from '../platform/scope.ts'
import { issueSessionToken } from '../sessions/session.token.ts'
import { createAgentsRepo } from '../sessions/sessions.repo.ts'
import type { AdminSessionPorts } from './admin-session.usecases.ts'
import { createDeskRepo } from './desk.repo.ts'

/** What a proof is made with. */
export function createProofPorts(env: Env): Omit<AdminSessionPorts, 'signIns' | 'sha256' | 'open' | 'challengeOf'> {
  return {
    findScope: async (shard, orgId) => (hasShard(shard) ? findScope(env, shard, orgId) : null),
    saveAgent: (scope, agent, checkedAt) => createAgentsRepo(scope).save(agent, checkedAt),
    portalNameOf: async (scope) => (await createDeskRepo(scope).read())?.portal_name ?? null,
    issue: (who) => issueSessionToken(readConfig(env).SESSION_KEY, who, systemClock),
    clock: systemClock,
  }
}
