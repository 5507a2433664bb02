import { z } from 'zod'
import type { Env } from '../platform/env.ts'
import { logger } from '../platform/logger.ts'
import { createRouter, defineRoute, jsonAnswer, named } from '../platform/router.ts'
import { SHARD_COUNT, shardDatabase } from '../platform/scope.ts'
import { VERSION } from '../platform/version.ts'
import { isReachable } from './system.repo.ts'

const healthSchema = z.object({
  ok: z.boolean(),
  version: z.string(),
  /** Databases that did not answer. */
  unreachable: z.array(z.string()),
})

const health = defineRoute('public', {
  method: 'get',
  path: '/healthz',
  tags: ['System'],
  summary: 'Whether the Worker can work',
  description: 'Asks each database. 503 where one does not answer.',
  responses: {
    200: jsonAnswer(healthSchema, 'Everything answers.'),
    503: jsonAnswer(healthSchema, 'A database does not answer.'),
  },
})

const description = defineRoute('public', {
  method: 'get',
  path: '/openapi.json',
  tags: ['System'],
  summary: 'This description',
  responses: { 200: jsonAnswer(named('OpenApiDocument', z.looseObject({})), 'OpenAPI 3.1.') },
})

/** `describeApi` makes the description of the whole app, which is not complete yet when these routes are made. */
export function systemRoutes(describeApi: (origin: string) => Record<string, unknown>) {
  return createRouter()
    .openapi(health, async (c) => {
      const unreachable = await listUnreachable(c.env)
      return unreachable.length === 0
        ? c.json({ ok: true, version: VERSION, unreachable }, 200)
        : c.json({ ok: false, version: VERSION, unreachable }, 503)
    })
    .openapi(description, (c) => c.json(describeApi(new URL(c.req.url).origin), 200))
}

async function listUnreachable(env: Env): Promise<string[]> {
  const shards = Array.from(
    { length: SHARD_COUNT },
    (_, shard) => [`SHARD_${shard}`, shardDatabase(env, shard)] as const,
  )
  const databases = [['DIRECTORY', env.DIRECTORY] as const, ...shards]
  const checked = await Promise.all(
    databases.map(async ([name, db]) => {
      try {
        return (await isReachable(db)) ? [] : [name]
      } catch (error) {
        logger.error('system.unreachable', error, { name })
        return [name]
      }
    }),
  )
  return checked.flat()
}
