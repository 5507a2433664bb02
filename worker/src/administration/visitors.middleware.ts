import type { Context } from 'hono'
import type { AppEnv } from '../platform/app-env.ts'
import { permitsOf, requirePermit, SESSION_WINDOW_SECONDS } from '../platform/rate-limit.ts'

/** Counts calls of people whom we do not know yet, by where they come from. */
export function requireVisitorPermit(c: Context<AppEnv>): Promise<void> {
  const address = c.req.header('CF-Connecting-IP') ?? 'unknown'
  return requirePermit(permitsOf(c.env.SESSION_LIMIT), `visitor:${address}`, SESSION_WINDOW_SECONDS)
}
