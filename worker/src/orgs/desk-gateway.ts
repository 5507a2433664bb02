import { deskCalls } from '../desk/calls.ts'
import type { DeskCall } from '../desk/calls.ts'
import type { DeskFailure, DeskGateway, DeskResult } from '../desk/desk.types.ts'
import type { CallUsage } from '../desk/rest-client.ts'
import { performCall } from '../desk/rest-client.ts'
import type { Clock } from '../platform/clock.ts'
import { systemClock } from '../platform/clock.ts'
import { dataCentre } from '../platform/data-centres.ts'
import type { Env } from '../platform/env.ts'
import { readConfig } from '../platform/env.ts'
import { failed } from '../platform/errors.ts'
import type { Logger } from '../platform/logger.ts'
import { logger } from '../platform/logger.ts'
import type { OrgScope } from '../platform/scope.ts'
import { objectNames } from '../platform/scope.ts'
import type { LeaseAnswer, LeaseOutcome, LeaseRefusal, OrgLeases } from './lease.types.ts'

/** TOO_MANY_REQUESTS is answered by coming again this often; each time the gate makes everybody wait longer. */
const BUSY_TRIES = 4

type GatewayDeps = { org: OrgLeases; origin: string; portalId: string; clock: Clock; logger: Logger }

/** The Desk of one organisation, each call under a permit of its `Org` object. */
export function createDeskGateway(env: Env, scope: OrgScope): DeskGateway {
  const config = readConfig(env)
  return deskGatewayOf({
    org: env.ORG.getByName(objectNames.org(scope.shard, scope.orgId)),
    origin: dataCentre(scope.dataCentre, config).desk,
    portalId: scope.portalId,
    clock: systemClock,
    logger,
  })
}

export function deskGatewayOf(deps: GatewayDeps): DeskGateway {
  const perform = <Value>(call: DeskCall<Value>): Promise<DeskResult<Value>> => performUnderLease(deps, call)
  return {
    getTicket: (ticketId) => perform(deskCalls.getTicket(ticketId)),
    createTicket: (ticket) => perform(deskCalls.createTicket(ticket)),
    updateTicketStatus: (ticketId, status) => perform(deskCalls.updateTicketStatus(ticketId, status)),
    listContactTickets: (contactId, sortBy, limit) => perform(deskCalls.listContactTickets(contactId, sortBy, limit)),
    listComments: (ticketId, limit) => perform(deskCalls.listComments(ticketId, limit)),
    createComment: (ticketId, comment) => perform(deskCalls.createComment(ticketId, comment)),
    upload: (file) => perform(deskCalls.upload(file)),
    searchContacts: (search) => perform(deskCalls.searchContacts(search)),
    getContact: (contactId) => perform(deskCalls.getContact(contactId)),
    createContact: (contact) => perform(deskCalls.createContact(contact)),
    getAgent: (agentId) => perform(deskCalls.getAgent(agentId)),
    listAgents: (from) => perform(deskCalls.listAgents(from)),
    listDepartments: () => perform(deskCalls.listDepartments()),
    listOrganizations: () => perform(deskCalls.listOrganizations()),
  }
}

/** Lease, call, release; once more with a fresh token where Desk refused the old one, and some times where it was too busy. */
async function performUnderLease<Value>(deps: GatewayDeps, request: DeskCall<Value>): Promise<DeskResult<Value>> {
  let hasFreshToken = false
  for (let tries = 1; ; tries += 1) {
    const lease = await leaseOf(deps, request.credits)
    if (!lease.ok) return failed(failureOfRefusal(lease.error))
    const { leaseId, accessToken } = lease.value
    const session = { origin: deps.origin, portalId: deps.portalId, accessToken }
    const { result, usage } = await performCall(session, request, deps.clock())
    await release(deps, leaseId, outcomeOf(result, usage))
    if (result.ok) return result
    if (result.error.kind === 'token') {
      await deps.org.markInvalid(accessToken)
      if (hasFreshToken) return result
      hasFreshToken = true
    } else if (result.error.kind !== 'busy' || tries >= BUSY_TRIES) {
      return result
    }
  }
}

/** An object that restarts gives no permit now and gives one soon. */
async function leaseOf(deps: GatewayDeps, credits: number): Promise<LeaseAnswer> {
  try {
    return await deps.org.lease({ credits })
  } catch (error) {
    deps.logger.error('desk.lease_failed', error)
    return failed({ reason: 'unavailable', retryAt: deps.clock() + 1_000 })
  }
}

/** A permit that cannot be given back expires; Desk's answer, which is known by now, must not be lost over it. */
async function release(deps: GatewayDeps, leaseId: string, outcome: LeaseOutcome): Promise<void> {
  try {
    await deps.org.release(leaseId, outcome)
  } catch (error) {
    deps.logger.error('desk.release_failed', error)
  }
}

function outcomeOf(result: DeskResult<unknown>, usage: CallUsage): LeaseOutcome {
  const credits = { creditsUsed: usage.creditsUsed, creditsLeft: usage.creditsLeft }
  if (usage.status === 0) return { kind: 'unanswered', ...credits }
  if (!result.ok && result.error.kind === 'paused') return { kind: 'paused', retryAt: result.error.retryAt, ...credits }
  if (!result.ok && result.error.kind === 'busy') return { kind: 'busy', ...credits }
  return { kind: 'answered', ...credits }
}

function failureOfRefusal({ reason, retryAt }: LeaseRefusal): DeskFailure {
  switch (reason) {
    case 'paused':
      return { kind: 'paused', retryAt }
    case 'revoked':
      return { kind: 'revoked' }
    case 'busy':
      return { kind: 'busy', retryAt }
    case 'unavailable':
      return { kind: 'unreachable', reason: 'no access token' }
  }
}
