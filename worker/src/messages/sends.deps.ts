import { systemClock } from '../platform/clock.ts'
import type { Env } from '../platform/env.ts'
import type { OrgScope } from '../platform/scope.ts'
import { objectNames } from '../platform/scope.ts'
import { createQuotasRepo } from '../quotas/quotas.repo.ts'
import { createSendsRepo } from './sends.repo.ts'
import type { SendDeps } from './sends.usecases.ts'

/** What accepting messages for one conversation works with, from the Worker's bindings. */
export function sendDeps(env: Env, scope: OrgScope, conversationId: string): SendDeps {
  const name = objectNames.conversation(scope.shard, scope.orgId, conversationId)
  return {
    repo: createSendsRepo(scope),
    quotas: createQuotasRepo(scope),
    clock: systemClock,
    wake: () => env.CONVERSATION.getByName(name).wake({ reason: 'send' }),
  }
}
