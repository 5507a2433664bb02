import type { Context, MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { matchedRoutes } from 'hono/route'
import type { AppEnv, Declaration } from './app-env.ts'
import { syncClock } from './clock.ts'
import { readConfig } from './env.ts'
import { AppError } from './errors.ts'
import { newId } from './ids.ts'
import { logger } from './logger.ts'
import { findDeclaration } from './router.ts'

/** Names the request; every answer carries the name. */
export const nameRequest: MiddlewareHandler<AppEnv> = async (c, next) => {
  const requestId = newId('req')
  c.set('requestId', requestId)
  await next()
  if (isUpgrade(c)) return
  c.header('X-Request-Id', requestId)
  c.header('X-Content-Type-Options', 'nosniff')
}

/** Follows the sandbox's clock where one is bound. */
export const followClock: MiddlewareHandler<AppEnv> = async (c, next) => {
  await syncClock(readConfig(c.env).CLOCK_URL)
  await next()
}

/**
 * One line per request: the route's pattern, never the address, which may carry a secret. Webhooks that were taken are counted by the
 * lanes; a line for each would cost more than the work.
 */
export const logRequests: MiddlewareHandler<AppEnv> = async (c, next) => {
  const startedAt = Date.now()
  await next()
  const declaration = declarationOf(c)
  if (declaration?.access === 'signature' && c.res.ok) return
  logger.info('http.answered', {
    requestId: c.get('requestId'),
    route: declaration === undefined ? 'none' : `${declaration.method} ${declaration.path}`,
    status: c.res.status,
    ms: Date.now() - startedAt,
    orgId: c.get('auth')?.scope.orgId ?? c.get('installation')?.scope.orgId,
  })
}

/** Answers of the API belong to one session and one moment. */
export const forbidCaching: MiddlewareHandler<AppEnv> = async (c, next) => {
  await next()
  if (!isUpgrade(c) && !c.res.headers.has('Cache-Control')) c.header('Cache-Control', 'no-store')
}

/** Leaves requests for a socket alone, whose answer must not be touched. */
export function exceptUpgrades(middleware: MiddlewareHandler): MiddlewareHandler {
  return (c, next) => (c.req.header('Upgrade')?.toLowerCase() === 'websocket' ? next() : middleware(c, next))
}

/** Refuses bodies over `maxSize` bytes before anything reads them. */
export function limitBody(maxSize: number): MiddlewareHandler<AppEnv> {
  return bodyLimit({
    maxSize,
    onError: () => {
      throw new AppError({
        code: 'request.too_large',
        status: 413,
        message: `The body is larger than ${maxSize} bytes.`,
        details: { maxBytes: maxSize },
      })
    },
  })
}

/** The declared route that answers this request; undefined where there is none. */
export function declarationOf(c: Context<AppEnv>): Declaration | undefined {
  for (const route of matchedRoutes(c)) {
    const declaration = findDeclaration(route.method, route.path)
    if (declaration !== undefined) return declaration
  }
  return undefined
}

/** A socket's answer is handed on as it is: copying it to set a header would let go of the socket. */
function isUpgrade(c: Context<AppEnv>): boolean {
  return c.res.status === 101
}
