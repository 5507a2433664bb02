import { loadScope } from '../orgs/orgs.repo.ts'
import { systemClock } from '../platform/clock.ts'
import { open } from '../platform/crypto.ts'
import { graphOrigin } from '../platform/data-centres.ts'
import type { Env } from '../platform/env.ts'
import { readConfig } from '../platform/env.ts'
import { failed } from '../platform/errors.ts'
import type { BackgroundJob } from '../platform/jobs.ts'
import { logger } from '../platform/logger.ts'
import type { OrgScope } from '../platform/scope.ts'
import { objectNames, SHARD_COUNT, shardDatabase } from '../platform/scope.ts'
import { createSendsRepo } from '../messages/sends.repo.ts'
import { locateMedia } from '../whatsapp/graph-client.ts'
import { createMediaRepo, listDueMedia } from './media.repo.ts'
import type { MediaRow } from './media.repo.ts'
import { copyMedia } from './media.store.ts'
import { fetchMedia } from './media.usecases.ts'

type FetchMediaJob = Extract<BackgroundJob, { kind: 'fetch_media' }>

/** Runs one job of the background queue: fetches a message's file from Meta. */
export async function runFetchMedia(env: Env, job: FetchMediaJob): Promise<void> {
  const scope = await loadScope(env, job.shard, job.orgId)
  const token = tokenReader(env, scope)
  await fetchMedia(
    {
      repo: createMediaRepo(scope),
      clock: systemClock,
      logger,
      random: Math.random,
      locate: async (row) => {
        const known = await token(row)
        if (known === null)
          return failed({ code: 190, status: 0, details: 'This number is not connected.', retryAfterMs: null })
        const config = readConfig(env)
        const access = { origin: graphOrigin(config), version: config.GRAPH_VERSION, token: known }
        return locateMedia(access, row.meta_media_id, row.phone_number_id)
      },
      copy: async (row, location) => copyMedia(env, scope, (await token(row)) ?? '', row, location),
      wake: (conversationId) => {
        const name = objectNames.conversation(scope.shard, scope.orgId, conversationId)
        return env.CONVERSATION.getByName(name).wake({ reason: 'media' })
      },
    },
    job.messageSeq,
  )
}

function tokenReader(env: Env, scope: OrgScope): (row: MediaRow) => Promise<string | null> {
  const sends = createSendsRepo(scope)
  return async (row) => {
    const sealed = await sends.readToken(row.phone_number_id)
    if (sealed === null) return null
    return open(readConfig(env).ENCRYPTION_KEYS, `meta_token:${scope.orgId}:${row.phone_number_id}`, sealed)
  }
}

const SWEEP_LIMIT = 100

/** Puts files that are due, or whose job was lost, back into the queue. Resolves to how many. */
export async function sweepMedia(env: Env): Promise<number> {
  let count = 0
  for (let shard = 0; shard < SHARD_COUNT; shard += 1) {
    const due = await listDueMedia(shardDatabase(env, shard), systemClock() - 2_000, SWEEP_LIMIT)
    if (due.length === 0) continue
    await env.BACKGROUND.sendBatch(due.map((media) => ({ body: { kind: 'fetch_media', shard, ...media } })))
    count += due.length
  }
  return count
}
