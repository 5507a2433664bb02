import { systemClock } from '../platform/clock.ts'
import type { Env } from '../platform/env.ts'
import { listUncheckedAccounts } from '../sweeps/sweeps.repo.ts'

/** Every account is read again once an hour: not everything Meta decides is told by a webhook. */
const EVERY_MS = 3_600_000
const LIMIT = 50

/** Puts the accounts of one shard whose turn it is on the queue. Resolves to how many there were. */
export async function sweepAccounts(env: Env, shard: number, db: D1Database): Promise<number> {
  const due = await listUncheckedAccounts(db, systemClock() - EVERY_MS, LIMIT)
  if (due.length > 0)
    await env.BACKGROUND.sendBatch(
      due.map(({ orgId, wabaId }) => ({ body: { kind: 'refresh_account', orgId, shard, wabaId } })),
    )
  return due.length
}
