import { z } from 'zod'
import { syncClock, systemClock } from '../platform/clock.ts'
import type { Env } from '../platform/env.ts'
import { readConfig } from '../platform/env.ts'
import { createRouter, defineRoute, jsonAnswer } from '../platform/router.ts'

const reportSchema = z.object({
  name: z.string(),
  ok: z.boolean(),
  figures: z.record(z.string(), z.number()),
})

const tick = defineRoute('sandbox', {
  method: 'post',
  path: '/__tick',
  hide: true,
  responses: { 200: jsonAnswer(z.object({ now: z.string(), sweeps: z.array(reportSchema) }), 'What ran.') },
})

/** What the sandbox calls after its clock jumped: takes the new time over and does at once what the minute's cron does. */
export function tickRoutes(runCron: (env: Env) => Promise<Array<z.infer<typeof reportSchema>>>) {
  return createRouter().openapi(tick, async (c) => {
    await syncClock(readConfig(c.env).CLOCK_URL, true)
    const sweeps = await runCron(c.env)
    return c.json({ now: new Date(systemClock()).toISOString(), sweeps }, 200)
  })
}
