import type { Context } from 'hono'
import type { AppEnv } from '../platform/app-env.ts'
import { permitsOf, requirePermit, SESSION_WINDOW_SECONDS } from '../platform/rate-limit.ts'

type VisitorCall = 'sign_in' | 'return' | 'confirm' | 'session' | 'window' | 'result'

/** Counts calls of people whom we do not know yet, by where they come from; each kind of call for itself. */
export function requireVisitorPermit(c: Context<AppEnv>, kind: VisitorCall): Promise<void> {
  const address = c.req.header('CF-Connecting-IP') ?? 'unknown'
  return requirePermit(permitsOf(c.env.SESSION_LIMIT), `visitor:${kind}:${address}`, SESSION_WINDOW_SECONDS)
}
