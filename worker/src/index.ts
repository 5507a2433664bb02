import { env as bindings } from 'cloudflare:workers'
import { runArchiveHistory } from './archive/archive.jobs.ts'
import { createApp } from './app.ts'
import { runWakeConversations } from './channels/wakes.jobs.ts'
import { runSweeps } from './cron.ts'
import { deliveryPath, handleWebhook } from './ingest/door.ts'
import { runFetchMedia } from './media/media.jobs.ts'
import { runRefreshAccount } from './onboarding/refresh.jobs.ts'
import { createDeskGateway } from './orgs/desk-gateway.ts'
import { syncClock } from './platform/clock.ts'
import type { Env } from './platform/env.ts'
import { readConfig } from './platform/env.ts'
import { logger } from './platform/logger.ts'
import { keepDeadJobs, runJobs } from './queue.ts'
import { createSweeps } from './sweeps/sweeps.ts'

export { Conversation } from './conversations/conversation.do.ts'
export { Lane } from './ingest/lane.do.ts'
export { Sender } from './messages/sender.do.ts'
export { Org } from './orgs/org.do.ts'

const runCron = (env: Env) => runSweeps(createSweeps(env), logger)
const app = createApp({ deskOf: createDeskGateway, ...(bindings.CLOCK_URL ? { runCron } : {}) })

const DEAD_QUEUE = 'kaiwa-background-dead'

export default {
  fetch(request, env, ctx) {
    // Meta's deliveries skip what the API's requests go through: nothing of it is for them, and the door has to be quick.
    const path = deliveryPath(request)
    return path === null ? app.fetch(request, env, ctx) : handleWebhook(request, env, ctx, path)
  },

  async queue(batch, env) {
    await syncClock(readConfig(env).CLOCK_URL)
    if (batch.queue === DEAD_QUEUE) {
      await keepDeadJobs(
        batch.messages,
        async (id, record) => void (await env.BLOBS.put(`dead-jobs/${id}.json`, record)),
        logger,
      )
      return
    }
    await runJobs(
      batch.messages,
      {
        fetch_media: (job) => runFetchMedia(env, job),
        refresh_account: (job) => runRefreshAccount(env, job),
        archive_history: (job) => runArchiveHistory(env, job),
        wake_conversations: (job) => runWakeConversations(env, job),
      },
      logger,
    )
  },

  async scheduled(_, env) {
    await syncClock(readConfig(env).CLOCK_URL)
    await runCron(env)
  },
} satisfies ExportedHandler<Env>
