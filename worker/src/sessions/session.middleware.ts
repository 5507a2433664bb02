import type { Context, MiddlewareHandler } from 'hono'
import type { Role } from '../../../contract/index.ts'
import { findScope } from '../orgs/orgs.repo.ts'
import type { Access, AppEnv } from '../platform/app-env.ts'
import { isSameText, sha256Hex } from '../platform/crypto.ts'
import { readConfig } from '../platform/env.ts'
import { AppError } from '../platform/errors.ts'
import { notFoundError } from '../platform/failures.ts'
import { declarationOf } from '../platform/middleware.ts'
import { API_WINDOW_SECONDS, permitsOf, requirePermit } from '../platform/rate-limit.ts'
import type { AgentSession, Auth } from '../platform/session.ts'
import { authenticateToken } from './authenticate-token.ts'
import { sessionErrors } from './sessions.errors.ts'
import { isRoleEnough, visibleDepartments } from './sessions.model.ts'
import { findInstallation } from './sessions.repo.ts'

type Guard = (c: Context<AppEnv>) => Promise<void> | void

/** Lets a request through to the declared route it matches, if it brings what that route asks for. Undeclared routes are 404. */
export const guardAccess: MiddlewareHandler<AppEnv> = async (c, next) => {
  const declaration = declarationOf(c)
  if (declaration === undefined) throw notFoundError()
  await GUARDS[declaration.access](c)
  await next()
}

/** Counts the calls of one session's agent, on all their panels together. */
export const limitRate: MiddlewareHandler<AppEnv> = async (c, next) => {
  const auth = c.get('auth')
  if (auth !== undefined) {
    const { orgId, agentId } = auth.session
    await requirePermit(permitsOf(c.env.API_LIMIT), `${orgId}:${agentId}`, API_WINDOW_SECONDS)
  }
  await next()
}

/** The session of a route that asks for one. */
export function authOf(c: Context<AppEnv>): Auth {
  const auth = c.get('auth')
  if (auth === undefined) throw new Error('A route without a session asked for one.')
  return auth
}

/** Which conversations the session's agent may see. */
export function visibilityOf(session: AgentSession): { departments: readonly string[] | null } {
  return { departments: visibleDepartments(session) }
}

/** These routes check for themselves: a signature over raw bytes, a one-time ticket, a signed address. */
const passOn: Guard = () => undefined

const needs =
  (role: Role): Guard =>
  async (c) => {
    const token = bearerOf(c)
    if (token === null) throw sessionErrors.missing()
    const auth = await authenticateToken(c.env, token)
    if (!isRoleEnough(auth.session.role, role)) throw sessionErrors.roleTooLow(role)
    c.set('auth', auth)
  }

const GUARDS: Record<Access, Guard> = {
  public: passOn,
  signature: passOn,
  socket_ticket: passOn,
  signed_url: passOn,
  viewer: needs('viewer'),
  agent: needs('agent'),
  admin: needs('admin'),
  administrator: async (c) => {
    await needs('admin')(c)
    if (!authOf(c).session.isProof) throw sessionErrors.proofMissing()
  },

  install_key: async (c) => {
    const key = bearerOf(c)
    if (key === null) throw sessionErrors.keyMissing()
    const keyName = await sha256Hex(key)
    const found = await findInstallation(c.env.DIRECTORY, keyName)
    const scope = found === null ? null : await findScope(c.env, found.shard, found.orgId)
    if (scope === null) throw sessionErrors.keyUnknown()
    c.set('installation', { scope, keyName })
  },

  operator: async (c) => {
    const expected = readConfig(c.env).OPERATOR_TOKEN
    const given = bearerOf(c)
    if (expected === undefined || given === null || !(await isSameText(given, expected))) {
      throw new AppError({
        code: 'operator.refused',
        status: 401,
        message: 'Send the operator token: Authorization: Bearer <token>.',
        headers: { 'WWW-Authenticate': 'Bearer' },
      })
    }
  },

  sandbox: (c) => {
    if (readConfig(c.env).CLOCK_URL === undefined) throw notFoundError()
  },
}

/** Tokens of ours have at most some hundred characters; longer ones are not worth a look. */
const BEARER = /^Bearer +([\x21-\x7E]{8,4096})$/i

function bearerOf(c: Context<AppEnv>): string | null {
  return BEARER.exec(c.req.header('Authorization') ?? '')?.[1] ?? null
}
