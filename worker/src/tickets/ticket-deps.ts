import { createDeskGateway } from '../orgs/desk-gateway.ts'
import { systemClock } from '../platform/clock.ts'
import type { Env } from '../platform/env.ts'
import { logger } from '../platform/logger.ts'
import type { OrgScope } from '../platform/scope.ts'
import { createEffectJournal } from './effects.repo.ts'
import { createTicketGateRepo } from './ticket-gate.repo.ts'
import type { TicketDeps } from './tickets.ports.ts'
import { createTicketsRepo } from './tickets.repo.ts'

/** What a conversation's object needs to record itself in Desk. Made once per object: the journal makes its tables. */
export function createTicketDeps(
  env: Env,
  scope: OrgScope,
  conversationId: string,
  storage: Pick<DurableObjectStorage, 'sql' | 'transactionSync'>,
  onChanged: () => void,
): TicketDeps {
  return {
    repo: createTicketsRepo(scope, conversationId),
    gate: createTicketGateRepo(scope, conversationId),
    desk: createDeskGateway(env, scope),
    effects: createEffectJournal(storage),
    media: {
      async open(r2Key) {
        const object = await env.BLOBS.get(r2Key)
        return object === null ? null : { size: object.size, body: object.body }
      },
    },
    clock: systemClock,
    random: Math.random,
    logger,
    onChanged,
  }
}
