import type { DueNumber } from '../sweeps/sweeps.repo.ts'
import type { Clock } from '../platform/clock.ts'
import type { Logger } from '../platform/logger.ts'

/** Every number is looked at once an hour. */
const EVERY_MS = 3_600_000
const LIMIT = 20

export type HealthSweepPorts = {
  listDue(before: number, limit: number): Promise<DueNumber[]>
  /** Looks at one number: asks Meta, judges, notes what is wrong. */
  look(due: DueNumber): Promise<void>
  /** Organisations with something bad that nobody was told of. */
  listUntoldOrgs(limit: number): Promise<string[]>
  tell(orgId: string): Promise<number>
  clock: Clock
  logger: Logger
}

/** Looks at the numbers of one shard whose turn it is, and tells alert addresses. One that fails stops no other. */
export async function sweepHealth(ports: HealthSweepPorts): Promise<{ looked: number; failed: number; told: number }> {
  const figures = { looked: 0, failed: 0, told: 0 }
  const due = await ports.listDue(ports.clock() - EVERY_MS, LIMIT)
  const looks = await Promise.allSettled(due.map((number) => ports.look(number)))
  for (const look of looks) {
    if (look.status === 'fulfilled') figures.looked += 1
    else {
      figures.failed += 1
      ports.logger.error('health.look_failed', look.reason)
    }
  }
  const tellings = await Promise.allSettled((await ports.listUntoldOrgs(LIMIT)).map((orgId) => ports.tell(orgId)))
  for (const telling of tellings) if (telling.status === 'fulfilled') figures.told += telling.value
  return figures
}
