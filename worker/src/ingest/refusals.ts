import type { Env } from '../platform/env.ts'
import { logger } from '../platform/logger.ts'
import { objectNames } from '../platform/scope.ts'

/** Why the door refused a webhook; also the counter's name. */
export type Refused = 'bad_signature' | 'bad_verify_token' | 'too_large' | 'unknown_path' | 'not_configured'

const GATHER_MS = 1_000

/** Counts of this isolate that have not reached the lane named `unrouted`. */
const counts = new Map<Refused, number>()
let gatheringUntil = 0

/**
 * Counts a refused webhook, and keeps nothing else of it. A flood costs this isolate one call to a Durable Object a second, which in
 * turn costs D1 one write a minute.
 */
export function countRefusal(env: Env, ctx: Pick<ExecutionContext, 'waitUntil'>, reason: Refused): void {
  counts.set(reason, (counts.get(reason) ?? 0) + 1)
  if (Date.now() < gatheringUntil) return
  // Somebody else gathers again should this request's time end before it has handed over.
  gatheringUntil = Date.now() + 3 * GATHER_MS
  ctx.waitUntil(handOver(env))
}

async function handOver(env: Env): Promise<void> {
  await scheduler.wait(GATHER_MS)
  gatheringUntil = 0
  const taken = [...counts]
  counts.clear()
  try {
    await env.LANE.getByName(objectNames.lane.unrouted).countRefusals(taken)
  } catch (error) {
    for (const [reason, count] of taken) counts.set(reason, (counts.get(reason) ?? 0) + count)
    logger.error('door.count_failed', error)
  }
}
