import { createRoute, OpenAPIHono } from '@hono/zod-openapi'
import type { RouteConfig, z } from '@hono/zod-openapi'
import { errorBodySchema } from '../../../contract/index.ts'
import type { Access, AppEnv, Declaration } from './app-env.ts'
import { refuseInvalid } from './failures.ts'

const declarations = new Map<string, Declaration>()

const SECURITY: Record<Access, string | null> = {
  public: null,
  signature: 'metaSignature',
  install_key: 'installKey',
  viewer: 'session',
  agent: 'session',
  admin: 'session',
  administrator: 'administrator',
  operator: 'operator',
  socket_ticket: null,
  signed_url: null,
  sandbox: null,
}

const failureBody = named('ErrorBody', errorBodySchema)
const failure = (description: string) => ({ description, content: { 'application/json': { schema: failureBody } } })

/**
 * Declares a route: the only way to get one. A request that matches no declared route is 404, whatever else was registered. Answers
 * that every route of this access can give are added to its description.
 */
export function defineRoute<Path extends string, Config extends Omit<RouteConfig, 'path'> & { path: Path }>(
  access: Access,
  config: Config,
): Config & { path: Path } {
  const route = createRoute<Path, Config>(config)
  const declaration = { method: config.method.toUpperCase(), path: route.getRoutingPath(), access }
  const key = declarationKey(declaration.method, declaration.path)
  if (declarations.has(key)) throw new Error(`${key} is declared twice.`)
  declarations.set(key, declaration)
  const security = SECURITY[access]
  if (security !== null) Object.assign(route, { security: [{ [security]: [] }] })
  Object.assign(route, { responses: { ...commonFailures(access, config), ...config.responses } })
  return route
}

/** What `defineRoute` declared for a method and path; undefined when nothing did. */
export function findDeclaration(method: string, path: string): Declaration | undefined {
  return declarations.get(declarationKey(method, path))
}

export function listDeclarations(): Declaration[] {
  return [...declarations.values()]
}

/** A router for declared routes; bodies and queries that do not fit are refused by `refuseInvalid`. */
export function createRouter(): OpenAPIHono<AppEnv> {
  return new OpenAPIHono<AppEnv>({ defaultHook: refuseInvalid })
}

/**
 * A schema under its own name in the description. Schemas made before the description's library was loaded do not know its methods, so
 * a copy is named.
 */
export function named<Schema extends z.ZodType>(name: string, schema: Schema): Schema {
  return schema.clone().openapi(name)
}

/** A JSON answer of a route's description. */
export function jsonAnswer<Schema>(schema: Schema, description: string) {
  return { description, content: { 'application/json': { schema } } }
}

function declarationKey(method: string, path: string): string {
  return `${method} ${path}`
}

function commonFailures(access: Access, { request, path }: Omit<RouteConfig, 'path'> & { path: string }) {
  const isProtected = access !== 'public' && access !== 'sandbox'
  const hasBody = request?.body !== undefined
  return {
    ...((hasBody || request?.query !== undefined) && { 400: failure('The request cannot be read.') }),
    ...(isProtected && { 401: failure('Who asks is not known, or is not any more.') }),
    ...(isProtected && access !== 'signature' && { 403: failure('Who asks may not do this.') }),
    ...(path.includes('{') && { 404: failure('There is no such thing here, or not for who asks.') }),
    ...(hasBody && {
      413: failure('The body is too large.'),
      415: failure('The body is of another type than accepted.'),
    }),
    ...(hasBody && { 422: failure('The body was read and is not accepted.') }),
    ...(isProtected &&
      access !== 'signature' && { 429: failure('Too many requests; Retry-After says when to come again.') }),
    500: failure('Something failed here.'),
  }
}
