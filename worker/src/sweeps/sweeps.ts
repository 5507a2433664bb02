import { createAbandonedPorts } from '../administration/abandoned.ports.ts'
import { endAbandoned } from '../administration/abandoned.usecases.ts'
import { createHealthSweepPorts } from '../health/health-sweep.deps.ts'
import { sweepHealth } from '../health/health.sweep.ts'
import { createLaneSweepPorts } from '../ingest/sweep.ports.ts'
import { sweepLanes } from '../ingest/sweep.usecases.ts'
import { expireWaitingStatuses } from '../ingest/waiting.repo.ts'
import { sweepMedia } from '../media/media.jobs.ts'
import { sweepAccounts } from '../onboarding/refresh.sweep.ts'
import { systemClock } from '../platform/clock.ts'
import type { Env } from '../platform/env.ts'
import { objectNames, SHARD_COUNT, shardDatabase } from '../platform/scope.ts'
import { listOrgsWithExpired, listStaleWork } from './sweeps.repo.ts'
import type { Sweep } from './sweeps.types.ts'
import { expireStatuses, wakeStaleWork } from './sweeps.usecases.ts'

/** Everything that is done every minute, over the Worker's bindings. */
export function createSweeps(env: Env): Sweep[] {
  const shards = Array.from({ length: SHARD_COUNT }, (_, shard) => ({ shard, db: shardDatabase(env, shard) }))
  return [
    ...shards.map(({ shard, db }) => ({
      name: `work of shard ${shard}`,
      run: () =>
        wakeStaleWork({
          listStale: (before, pivot, limit) => listStaleWork(db, before, pivot, limit),
          wake: ({ orgId, conversationId }) =>
            env.CONVERSATION.getByName(objectNames.conversation(shard, orgId, conversationId)).wake({
              reason: 'sweep',
            }),
          clock: systemClock,
          random: Math.random,
        }),
    })),
    ...shards.map(({ shard, db }) => ({
      name: `waiting statuses of shard ${shard}`,
      run: () =>
        expireStatuses({
          listOrgs: (now, limit) => listOrgsWithExpired(db, now, limit),
          expire: (orgId, now) => expireWaitingStatuses({ db, orgId }, now),
          clock: systemClock,
        }),
    })),
    ...shards.map(({ shard, db }) => ({
      name: `accounts of shard ${shard}`,
      run: async () => ({ refreshed: await sweepAccounts(env, shard, db) }),
    })),
    ...shards.map(({ shard, db }) => ({
      name: `health of shard ${shard}`,
      run: () => sweepHealth(createHealthSweepPorts(env, shard, db)),
    })),
    { name: 'lanes', run: async () => ({ touched: await sweepLanes(createLaneSweepPorts(env), systemClock()) }) },
    { name: 'sign-ins', run: () => endAbandoned(createAbandonedPorts(env)) },
    { name: 'media', run: async () => ({ queued: await sweepMedia(env) }) },
  ]
}
