import { systemClock } from '../platform/clock.ts'
import type { Env } from '../platform/env.ts'
import { newId } from '../platform/ids.ts'
import { logger } from '../platform/logger.ts'
import { objectNames, shardDatabase } from '../platform/scope.ts'
import type { Blobs } from './blobs.ts'
import { spillLarge } from './blobs.ts'
import type { CommitPorts } from './commit.usecases.ts'
import { readPlace, readPortfolio } from './counters.repo.ts'
import { createClaimsRepo } from '../onboarding/claims.repo.ts'
import { refreshBusiness } from '../onboarding/refresh.sweep.ts'
import { readUnclaimed } from '../onboarding/shared-accounts.ts'
import { findAccountRoute, findNumberRoute, findShard, keepUnrouted } from './directory.repo.ts'
import type { DrainPorts } from './drain.usecases.ts'
import type { Homes } from './facts.repo.ts'
import { loadFacts } from './facts.repo.ts'
import { Follower } from './follow.ts'
import type { Owner } from './ingest.types.ts'
import type { LaneRepo } from './lane.repo.ts'
import { writePlan } from './writes.repo.ts'

/** What a lane works with, from the Worker's bindings. `name` is one of `objectNames.lane`. */
export function createDrainPorts(env: Env, name: string, repo: LaneRepo): DrainPorts {
  const [kind, id = ''] = name.split(':')
  const isNumberLane = kind === 'number'
  const follower = createFollower(env)
  return {
    name,
    isNumberLane,
    repo,
    findOwner: createFindOwner(env.DIRECTORY, kind, id),
    openShard: (owner) => openShard(env, owner, name, isNumberLane ? id : null),
    noteUnclaimed: async (parts) => {
      if (kind !== 'account') return
      const readAgain = (businessId: string) => refreshBusiness(env, businessId)
      await readUnclaimed({ ...createClaimsRepo(env.DIRECTORY), readAgain }, parts)
    },
    keepUnrouted: (letters) => keepUnrouted(env.DIRECTORY, name, letters),
    blobs: createBlobs(env.BLOBS),
    follow: (owner, aftermath) => follower.add(owner, aftermath),
    clock: systemClock,
    wait: (ms) => scheduler.wait(ms),
    logger,
  }
}

/** The route is asked for each time. Where an organisation lives is learnt once: that never changes. */
function createFindOwner(db: D1Database, kind: string | undefined, id: string): DrainPorts['findOwner'] {
  const shards = new Map<string, number>()
  return async () => {
    if (kind !== 'number' && kind !== 'account') return 'nobody'
    const route = kind === 'number' ? await findNumberRoute(db, id) : await findAccountRoute(db, id)
    if (route === null) return null
    const shard = shards.get(route.orgId) ?? (await findShard(db, route.orgId))
    if (shard === null) return null
    shards.set(route.orgId, shard)
    return { ...route, shard }
  }
}

/** Counters and dead letters of an account's lane stand under the lane's name, where a number's stand under its id. */
async function openShard(env: Env, owner: Owner, lane: string, numberId: string | null): Promise<CommitPorts | null> {
  const { orgId, shard } = owner
  const db = shardDatabase(env, shard)
  const portfolioId = numberId === null ? '' : await readPortfolio({ db, orgId }, numberId)
  if (portfolioId === null) return null
  const phoneNumberId = numberId ?? lane
  const homes: Homes = new Map()
  return {
    ground: { orgId, shard, phoneNumberId, portfolioId },
    readPlace: () => readPlace({ db, orgId }, phoneNumberId),
    loadFacts: (needs) => loadFacts({ db, orgId, phoneNumberId, homes }, needs),
    writePlan: async (plan) => {
      try {
        return await writePlan({ db, orgId, phoneNumberId, lane, now: systemClock() }, plan)
      } catch (error) {
        // Something the plan was made from is not true any more: whatever it was, nothing is taken for known.
        homes.clear()
        throw error
      }
    },
    spill: (item) => spillLarge(createBlobs(env.BLOBS), `letters/${orgId}/${lane}`, item),
    ids: { contact: () => newId('ct'), conversation: () => newId('cv') },
    logger,
  }
}

function createBlobs(bucket: R2Bucket): Blobs {
  return {
    get: async (key) => (await (await bucket.get(key))?.text()) ?? null,
    put: async (key, text) => void (await bucket.put(key, text)),
    delete: (key) => bucket.delete(key),
  }
}

function createFollower(env: Env): Follower {
  return new Follower({
    wake: ({ shard, orgId }, conversationId, wake) =>
      env.CONVERSATION.getByName(objectNames.conversation(shard, orgId, conversationId)).wake(wake),
    wait: (ms) => scheduler.wait(ms),
    enqueue: async (jobs) => void (await env.BACKGROUND.sendBatch(jobs.map((body) => ({ body })))),
    logger,
  })
}
