import type { Logger } from './platform/logger.ts'
import type { Sweep } from './sweeps/sweeps.types.ts'

export type SweepReport = { name: string; ok: boolean; figures: Record<string, number> }

/** Runs every sweep, whatever becomes of the others. A sweep that fails is reported and comes again with the next minute. */
export async function runSweeps(sweeps: readonly Sweep[], logger: Logger): Promise<SweepReport[]> {
  return Promise.all(
    sweeps.map(async ({ name, run }) => {
      try {
        const figures = await run()
        logger.info('cron.swept', { sweep: name, ...figures })
        return { name, ok: true, figures }
      } catch (error) {
        logger.error('cron.failed', error, { sweep: name })
        return { name, ok: false, figures: {} }
      }
    }),
  )
}
