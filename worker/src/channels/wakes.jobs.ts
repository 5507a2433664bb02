import { loadScope } from '../orgs/orgs.repo.ts'
import { systemClock } from '../platform/clock.ts'
import type { Env } from '../platform/env.ts'
import type { BackgroundJob } from '../platform/jobs.ts'
import { logger } from '../platform/logger.ts'
import type { OrgScope } from '../platform/scope.ts'
import { objectNames } from '../platform/scope.ts'
import { createSwitchesRepo } from './switches.repo.ts'
import type { WakePorts } from './wakes.usecases.ts'
import { wakeNext } from './wakes.usecases.ts'

type WakeJob = Extract<BackgroundJob, { kind: 'wake_conversations' }>

/** Between one look at what is done and the next. */
const PAUSE_SECONDS = 1

/** What waking works with. `shown` only tells open panels. */
export function createWakePorts(env: Env, scope: OrgScope, reason: WakeJob['reason']): WakePorts {
  const { shard, orgId } = scope
  return {
    clock: systemClock,
    stillPending: (ids) => createSwitchesRepo(scope).stillPending(ids),
    wake: async (id) => {
      try {
        await env.CONVERSATION.getByName(objectNames.conversation(shard, orgId, id)).wake({ reason })
      } catch (error) {
        logger.error('channels.wake_failed', error, { conversationId: id })
      }
    },
    later: async ({ waiting, underWay }) => {
      const chain = { waiting: [...waiting], underWay: [...underWay] }
      await env.BACKGROUND.send(
        { kind: 'wake_conversations', orgId, shard, reason, ...chain },
        { delaySeconds: PAUSE_SECONDS },
      )
    },
  }
}

/** Goes on waking the conversations of a channel that is on again. */
export async function runWakeConversations(env: Env, { orgId, shard, reason, ...chain }: WakeJob): Promise<void> {
  await wakeNext(createWakePorts(env, await loadScope(env, shard, orgId), reason), chain)
}
