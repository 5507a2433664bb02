import type { Env } from './env.ts'

/**
 * One organisation and the database it lives in. Repositories are built from a scope and put `orgId` into every WHERE, so
 * that none can be built without an organisation.
 */
export type OrgScope = {
  readonly orgId: string
  readonly portalId: string
  readonly dataCentre: string
  readonly shard: number
  readonly epoch: number
  readonly db: D1Database
}

const SHARDS = ['SHARD_0', 'SHARD_1'] as const
export const SHARD_COUNT = SHARDS.length

/** Whether a shard of this number is bound. */
export function hasShard(shard: number): boolean {
  return SHARDS[shard] !== undefined
}

/** The database of a shard. Throws for a number that has no binding. */
export function shardDatabase(env: Env, shard: number): D1Database {
  const name = SHARDS[shard]
  if (name === undefined) throw new Error(`Shard ${shard} has no binding.`)
  return env[name]
}

/** Names of Durable Objects. The organisation is part of every name but a lane's, whose number decides the organisation. */
export const objectNames = {
  lane: {
    number: (phoneNumberId: string) => `number:${phoneNumberId}`,
    account: (wabaId: string) => `account:${wabaId}`,
    unrouted: 'unrouted',
  },
  org: (shard: number, orgId: string) => `${shard}:${orgId}`,
  conversation: (shard: number, orgId: string, conversationId: string) => `${shard}:${orgId}:${conversationId}`,
  sender: (shard: number, orgId: string, phoneNumberId: string) => `${shard}:${orgId}:${phoneNumberId}`,
}

/** The parts of a conversation's or another organisation object's name. */
export function parseObjectName(name: string | undefined): { shard: number; orgId: string; id: string } {
  const [shard, orgId, id] = (name ?? '').split(':')
  if (shard === undefined || orgId === undefined) throw new Error('A Durable Object was opened without its name.')
  return { shard: Number(shard), orgId, id: id ?? '' }
}
