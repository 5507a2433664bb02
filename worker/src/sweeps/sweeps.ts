import { sweepMedia } from '../media/media.jobs.ts'
import { systemClock } from '../platform/clock.ts'
import type { Env } from '../platform/env.ts'
import { objectNames, SHARD_COUNT, shardDatabase } from '../platform/scope.ts'
import { expireWaitingStatuses, listRoutes, listStaleWork } from './sweeps.repo.ts'
import type { Sweep } from './sweeps.types.ts'
import { expireStatuses, touchLanes, wakeStaleWork } from './sweeps.usecases.ts'

/** Everything that is done every minute, over the Worker's bindings. */
export function createSweeps(env: Env): Sweep[] {
  const shards = Array.from({ length: SHARD_COUNT }, (_, shard) => shard)
  const touch = (name: string) => env.LANE.getByName(name).touch()
  return [
    ...shards.map((shard) => ({
      name: `work of shard ${shard}`,
      run: () =>
        wakeStaleWork({
          listStale: (before, pivot, limit) => listStaleWork(shardDatabase(env, shard), before, pivot, limit),
          wake: ({ orgId, conversationId }) =>
            env.CONVERSATION.getByName(objectNames.conversation(shard, orgId, conversationId)).wake({
              reason: 'sweep',
            }),
          clock: systemClock,
          random: Math.random,
        }),
    })),
    ...shards.map((shard) => ({
      name: `waiting statuses of shard ${shard}`,
      run: () =>
        expireStatuses({
          expire: (now, limit) => expireWaitingStatuses(shardDatabase(env, shard), now, limit),
          clock: systemClock,
        }),
    })),
    {
      name: 'lanes',
      run: () =>
        touchLanes({
          listRoutes: (turn, limit) => listRoutes(env.DIRECTORY, turn, limit),
          touchNumber: (id) => touch(objectNames.lane.number(id)),
          touchAccount: (id) => touch(objectNames.lane.account(id)),
          touchUnrouted: () => touch(objectNames.lane.unrouted),
          clock: systemClock,
        }),
    },
    { name: 'media', run: async () => ({ queued: await sweepMedia(env) }) },
  ]
}
