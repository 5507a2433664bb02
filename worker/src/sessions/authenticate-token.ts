import { findScope } from '../orgs/orgs.repo.ts'
import type { Env } from '../platform/env.ts'
import { hasShard } from '../platform/scope.ts'
import type { Auth } from '../platform/session.ts'
import { verifySessionToken } from './session.token.ts'
import { authenticate } from './sessions.usecases.ts'

/** Who holds a token now; throws 401 for any other. What the routes and the live sockets ask. */
export function authenticateToken(env: Env, token: string): Promise<Auth> {
  return authenticate(
    {
      readToken: (text) => verifySessionToken(env, text),
      findScope: async (shard, orgId) => (hasShard(shard) ? findScope(env, shard, orgId) : null),
    },
    token,
  )
}
