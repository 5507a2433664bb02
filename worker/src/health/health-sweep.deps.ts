import { noteStages } from '../audit/stages.repo.ts'
import { loadScope } from '../orgs/orgs.repo.ts'
import { systemClock } from '../platform/clock.ts'
import { hmacHex } from '../platform/crypto.ts'
import type { Env } from '../platform/env.ts'
import { readConfig } from '../platform/env.ts'
import { call } from '../platform/http.ts'
import { logger } from '../platform/logger.ts'
import { createQuotasRepo } from '../quotas/quotas.repo.ts'
import { listUncheckedNumbers, listUntoldOrgs } from '../sweeps/sweeps.repo.ts'
import { tellProblems } from './alerts.usecases.ts'
import { createHealthPorts, metaOf } from './health.deps.ts'
import { createHealthRepo } from './health.repo.ts'
import type { HealthSweepPorts } from './health.sweep.ts'
import { lookAgain, readNumberHealth } from './health.usecases.ts'
import { createProblemsRepo } from './problems.repo.ts'

const POST_TIMEOUT_MS = 10_000

/** What looking at the numbers of one shard needs. */
export function createHealthSweepPorts(env: Env, shard: number, db: D1Database): HealthSweepPorts {
  return {
    listDue: (before, limit) => listUncheckedNumbers(db, before, limit),
    listUntoldOrgs: (limit) => listUntoldOrgs(db, limit),
    clock: systemClock,
    logger,
    look: async ({ orgId, phoneNumberId }) => {
      const scope = await loadScope(env, shard, orgId)
      const ports = createHealthPorts(env, scope)
      const problems = createProblemsRepo(scope)
      const row = await ports.repo.findNumber(phoneNumberId)
      if (row === null) return
      await problems.noteArrival(phoneNumberId, systemClock())
      // Its turn is over whatever Meta says: a number whose token is worth nothing must not keep the others waiting.
      await problems.markChecked(phoneNumberId, systemClock())
      const refusal = await lookAgain(ports, metaOf(env, scope), row).catch((error: unknown) => {
        logger.warn('health.meta_not_read', { orgId, why: error instanceof Error ? error.message : 'unknown' })
        return null
      })
      if (refusal !== null) logger.warn('health.meta_not_read', { orgId, why: refusal.error.details })
      const { checks } = await readNumberHealth(ports, phoneNumberId)
      await problems.replace(phoneNumberId, checks, systemClock())
      await noteStages(scope, await createQuotasRepo(scope).listStandings(systemClock()), systemClock())
    },
    tell: async (orgId) => {
      const scope = await loadScope(env, shard, orgId)
      const secret = await alertSecret(env, orgId)
      return tellProblems({
        problems: createProblemsRepo(scope),
        readAlertUrl: async () => (await createHealthRepo(scope).readDesk()).alertUrl,
        portalId: scope.portalId,
        clock: systemClock,
        logger,
        post: async (url, body) => {
          const signature = `sha256=${await hmacHex(secret, body)}`
          const headers = { 'content-type': 'application/json', 'x-kaiwa-signature': signature }
          const answer = await call(url, { method: 'POST', headers, body }, POST_TIMEOUT_MS)
          return answer.ok && answer.value.status >= 200 && answer.value.status < 300
        },
      })
    },
  }
}

/** What an organisation's alerts are signed with; shown to its administrator. */
export function alertSecret(env: Env, orgId: string): Promise<string> {
  return hmacHex(readConfig(env).SESSION_KEY, `alerts:${orgId}`)
}
