import { createDeskGateway } from '../orgs/desk-gateway.ts'
import { sealContexts } from '../orgs/seal-contexts.ts'
import { systemClock } from '../platform/clock.ts'
import { open } from '../platform/crypto.ts'
import { graphOrigin } from '../platform/data-centres.ts'
import type { Env } from '../platform/env.ts'
import { readConfig } from '../platform/env.ts'
import { newId } from '../platform/ids.ts'
import { logger } from '../platform/logger.ts'
import type { OrgScope } from '../platform/scope.ts'
import { objectNames } from '../platform/scope.ts'
import { createQuotasRepo } from '../quotas/quotas.repo.ts'
import { listApprovedTemplates } from '../whatsapp/graph-templates.ts'
import { createStartsRepo } from './starts.repo.ts'
import type { SendingNumber } from './starts.repo.ts'
import type { StartPorts } from './starts.usecases.ts'
import { createTemplateCache } from './template-cache.ts'
import type { TemplatePorts } from './templates.usecases.ts'

/** What reading the templates of a number's account needs. */
export function createTemplatePorts(env: Env, { orgId }: OrgScope, number: SendingNumber): TemplatePorts {
  const config = readConfig(env)
  const { phoneNumberId, wabaId, token: sealed } = number
  return {
    cache: createTemplateCache(env.CACHE, orgId, wabaId),
    ask: async () => {
      const token = await open(config.ENCRYPTION_KEYS, sealContexts(orgId).metaToken(phoneNumberId), sealed)
      return listApprovedTemplates({ origin: graphOrigin(config), version: config.GRAPH_VERSION, token }, wabaId)
    },
    clock: systemClock,
    logger,
  }
}

/** What starting conversations of one organisation needs. */
export function createStartPorts(env: Env, scope: OrgScope): StartPorts {
  return {
    repo: createStartsRepo(scope),
    quotas: createQuotasRepo(scope),
    desk: createDeskGateway(env, scope),
    templatesOf: (number) => createTemplatePorts(env, scope, number),
    newId: { contact: () => newId('ct'), conversation: () => newId('cv') },
    wake: (id) =>
      env.CONVERSATION.getByName(objectNames.conversation(scope.shard, scope.orgId, id)).wake({ reason: 'send' }),
    clock: systemClock,
  }
}
