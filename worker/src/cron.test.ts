import { expect, it } from 'vitest'
import { runSweeps } from './cron.ts'

it('runs every sweep whatever becomes of the others', async () => {
  const failures: string[] = []
  const logger = { info: () => undefined, warn: () => undefined, error: (event: string) => void failures.push(event) }
  const reports = await runSweeps(
    [
      { name: 'first', run: () => Promise.reject(new Error('no')) },
      { name: 'second', run: async () => ({ woken: 2 }) },
    ],
    logger,
  )
  expect(reports).toEqual([
    { name: 'first', ok: false, figures: {} },
    { name: 'second', ok: true, figures: { woken: 2 } },
  ])
  expect(failures).toEqual(['cron.failed'])
})
