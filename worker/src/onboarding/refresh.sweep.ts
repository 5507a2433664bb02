import { systemClock } from '../platform/clock.ts'
import type { Env } from '../platform/env.ts'
import { SHARD_COUNT, shardDatabase } from '../platform/scope.ts'
import { listAccountsOfBusiness, listUncheckedAccounts } from '../sweeps/sweeps.repo.ts'

/** Every account is read again once an hour: not everything Meta decides is told by a webhook. */
const EVERY_MS = 3_600_000
const LIMIT = 50

/** Puts the accounts of one shard whose turn it is on the queue. Resolves to how many there were. */
export async function sweepAccounts(env: Env, shard: number, db: D1Database): Promise<number> {
  const due = await listUncheckedAccounts(db, systemClock() - EVERY_MS, LIMIT)
  await enqueue(env, shard, due)
  return due.length
}

/** Has the accounts of a business read again, in whatever shard they are. */
export async function refreshBusiness(env: Env, businessId: string): Promise<void> {
  for (let shard = 0; shard < SHARD_COUNT; shard += 1)
    await enqueue(env, shard, await listAccountsOfBusiness(shardDatabase(env, shard), businessId))
}

async function enqueue(
  { BACKGROUND }: Env,
  shard: number,
  accounts: readonly { orgId: string; wabaId: string }[],
): Promise<void> {
  if (accounts.length === 0) return
  await BACKGROUND.sendBatch(
    accounts.map(({ orgId, wabaId }) => ({ body: { kind: 'refresh_account', orgId, shard, wabaId } })),
  )
}
