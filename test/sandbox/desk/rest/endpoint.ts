import type { Context, Hono, MiddlewareHandler } from 'hono'
import { readAccessToken } from '../accounts/tokens.ts'
import { findAgent } from '../context.ts'
import type { DeskContext } from '../context.ts'
import {
  DeskError,
  invalidOauth,
  notFound,
  orgMismatch,
  scopeMismatch,
  unauthorized,
  unprocessable,
} from '../errors.ts'
import type { AccessToken, Agent, Portal } from '../state.ts'
import { sleep } from '../../shared/platform.ts'
import { charge, chargeHeaders, concurrencyLimit, costOf } from './credits.ts'
import type { Cost } from './credits.ts'
import { isObject } from './input.ts'
import { readQuery } from './query.ts'
import type { Query, QueryRules } from './query.ts'

const BASE = '/api/v1'

/** One authorised call: whose token it came with, and on which portal. */
export type Call = {
  c: Context
  desk: DeskContext
  portal: Portal
  agent: Agent
  query: Query
  /** A path parameter. */
  param: (name: string) => string
}

export type Endpoint = {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  /** Below `/api/v1`. */
  path: string
  /** All of them are needed, as the specification lists them for the operation. */
  scopes: readonly string[]
  cost: Cost
  query?: QueryRules
  /** The call works without the `orgId` header. */
  isOrgFree?: true
  handle: (call: Call) => Response | Promise<Response>
}

/** Mounts the endpoints behind the gate: token, scope, organisation, concurrency, credits, query, in this order. */
export function addEndpoints(app: Hono, desk: DeskContext, inFlight: InFlight, endpoints: readonly Endpoint[]): void {
  for (const endpoint of endpoints) {
    app.on(endpoint.method, `${BASE}${endpoint.path}`, (c) => answer(c, desk, inFlight, endpoint))
  }
  app.all(`${BASE}/*`, (c) => {
    const path = new URL(c.req.url).pathname.slice(BASE.length)
    const isOtherMethod = endpoints.some((endpoint) => matches(endpoint.path, path))
    return isOtherMethod
      ? refusal(c, new DeskError(405, 'METHOD_NOT_ALLOWED', 'The HTTP method is not allowed for this URL.'))
      : refusal(c, notFound())
  })
}

/** Counts the calls of each portal that run now, faults and delays included. */
export class InFlight {
  readonly #counts = new Map<string, number>()

  middleware(): MiddlewareHandler {
    return async (c, next) => {
      const orgId = c.req.header('orgId')
      if (orgId === undefined || !c.req.path.startsWith(`${BASE}/`)) return next()
      this.#counts.set(orgId, this.of(orgId) + 1)
      try {
        await next()
      } finally {
        this.#counts.set(orgId, this.of(orgId) - 1)
      }
    }
  }

  of(orgId: string): number {
    return this.#counts.get(orgId) ?? 0
  }
}

export function json(call: Call, body: unknown): Response {
  return call.c.body(JSON.stringify(body), 200, { 'content-type': 'application/json;charset=utf-8' })
}

export function noContent(call: Call): Response {
  return call.c.body(null, 204)
}

/** What calls answer that have nothing to say: 200 without a body. */
export function done(call: Call): Response {
  return call.c.body(null, 200)
}

/** `{data: [...]}`; an empty list is 204 without a body. */
export function list(call: Call, items: readonly unknown[], more: object = {}): Response {
  return items.length === 0 ? noContent(call) : json(call, { data: items, ...more })
}

/** The page of a list that `from` and `limit` ask for. */
export function pageOf<T>(call: Call, items: readonly T[], usualLimit = 10): T[] {
  const start = call.query.number('from', 0)
  return items.slice(start, start + call.query.number('limit', usualLimit))
}

async function answer(c: Context, desk: DeskContext, inFlight: InFlight, endpoint: Endpoint): Promise<Response> {
  let headers: Record<string, string> = {}
  try {
    const { portal, agent } = authorise(c, desk, endpoint)
    const { settings } = desk.state
    if (inFlight.of(portal.orgId) > concurrencyLimit(settings)) {
      throw new DeskError(429, 'TOO_MANY_REQUESTS', 'Too many requests are running at the same time.')
    }
    const weight = costOf(endpoint.cost, { offset: offsetOf(c), records: await recordsOf(c, endpoint) })
    headers = chargeHeaders(charge(portal, settings, weight, desk.clock.now()))
    desk.save()
    if (settings.latencyMs > 0) await sleep(settings.latencyMs)
    const query = readQuery(new URL(c.req.url).searchParams, endpoint.query ?? {})
    const response = await endpoint.handle({ c, desk, portal, agent, query, param: (name) => c.req.param(name) ?? '' })
    for (const [name, value] of Object.entries(headers)) response.headers.set(name, value)
    desk.save()
    return response
  } catch (error) {
    if (error instanceof DeskError) return refusal(c, error, headers)
    throw error
  }
}

function refusal(c: Context, error: DeskError, headers: Record<string, string> = {}): Response {
  return c.body(JSON.stringify(error.body()), error.status, {
    'content-type': 'application/json;charset=utf-8',
    ...headers,
    ...error.headers,
  })
}

function authorise(c: Context, desk: DeskContext, endpoint: Endpoint): { portal: Portal; agent: Agent } {
  const authorization = c.req.header('authorization')
  if (authorization === undefined) throw unauthorized()
  const token = /^Zoho-oauthtoken (\S+)$/.exec(authorization)?.[1]
  const grant = token === undefined ? undefined : readAccessToken(desk.state.accounts, token, desk.clock.now())
  if (grant === undefined) throw invalidOauth()
  const portal = desk.state.portals[grant.orgId]
  const agent = portal === undefined ? undefined : findAgent(portal, grant.agentId)
  if (portal === undefined || agent === undefined || agent.status !== 'ACTIVE') throw unauthorized()
  if (!endpoint.scopes.every((scope) => hasScope(grant, scope))) throw scopeMismatch()
  checkOrg(c.req.header('orgId') ?? c.req.query('orgId'), portal, endpoint)
  return { portal, agent }
}

function checkOrg(orgId: string | undefined, portal: Portal, endpoint: Endpoint): void {
  if (orgId === undefined) {
    if (endpoint.isOrgFree === true) return
    throw unprocessable("The 'orgId' parameter is missing.")
  }
  if (!/^\d+$/.test(orgId)) throw unprocessable("The value passed for the 'orgId' parameter is invalid.")
  if (orgId !== portal.orgId) throw orgMismatch()
}

/** `Desk.tickets.ALL` holds every `Desk.tickets.…`; scopes are compared without regard to case. */
function hasScope(grant: AccessToken, wanted: string): boolean {
  const all = wanted.replace(/\.[A-Z]+$/, '.ALL').toLowerCase()
  return grant.scopes.some((scope) => scope === '*' || [wanted.toLowerCase(), all].includes(scope.toLowerCase()))
}

function offsetOf(c: Context): number {
  const offset = Number(c.req.query('from') ?? 0)
  return Number.isFinite(offset) ? offset : 0
}

async function recordsOf(c: Context, endpoint: Endpoint): Promise<number> {
  if (endpoint.cost !== 'bulk') return 0
  try {
    const body: unknown = JSON.parse(await c.req.text())
    const ids = isObject(body) ? (body.ids ?? body.ticketIds) : undefined
    return Array.isArray(ids) ? ids.length : 0
  } catch {
    return 0
  }
}

function matches(pattern: string, path: string): boolean {
  const source = pattern.replace(/:[A-Za-z]+/g, '[^/]+')
  return new RegExp(`^${source}$`).test(path)
}
