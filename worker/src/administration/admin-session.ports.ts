import { findScope } from '../orgs/orgs.repo.ts'
import { systemClock } from '../platform/clock.ts'
import { sha256Base64Url } from '../platform/crypto.ts'
import type { Env } from '../platform/env.ts'
import { readConfig } from '../platform/env.ts'
import { hasShard } from '../platform/scope.ts'
import { issueSessionToken } from '../sessions/session.token.ts'
import { createAgentsRepo } from '../sessions/sessions.repo.ts'
import type { AdminSessionPorts } from './admin-session.usecases.ts'
import { createDeskRepo } from './desk.repo.ts'
import { createSignInPorts } from './sign-in.ports.ts'

/** Proofs over the Worker's bindings. */
export function createAdminSessionPorts(env: Env, ownOrigin: string): AdminSessionPorts {
  const { signIns, sha256, open } = createSignInPorts(env, ownOrigin)
  return { ...createProofPorts(env), signIns, sha256, open, challengeOf: sha256Base64Url }
}

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
