import { z } from 'zod'
import type { Env } from '../platform/env.ts'
import { AppError } from '../platform/errors.ts'
import type { OrgScope } from '../platform/scope.ts'
import { shardDatabase } from '../platform/scope.ts'

const shardRowSchema = z.object({ portal_id: z.string(), data_centre: z.string(), epoch: z.number() })

/** The scope of an organisation in its shard; null when that shard does not hold it. */
export async function findScope(env: Env, shard: number, orgId: string): Promise<OrgScope | null> {
  const db = shardDatabase(env, shard)
  const row = await db
    .prepare('SELECT portal_id, data_centre, epoch FROM organisations WHERE id = ?')
    .bind(orgId)
    .first()
  if (row === null) return null
  const { portal_id: portalId, data_centre: dataCentre, epoch } = shardRowSchema.parse(row)
  return { orgId, portalId, dataCentre, shard, epoch, db }
}

/** Like `findScope`, for callers that were handed the organisation by us and cannot go on without it. */
export async function loadScope(env: Env, shard: number, orgId: string): Promise<OrgScope> {
  const scope = await findScope(env, shard, orgId)
  if (scope === null)
    throw new AppError({ code: 'orgs.unknown', status: 404, message: 'This organisation is not known here.' })
  return scope
}
