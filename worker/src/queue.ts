import { backgroundJobSchema } from './platform/jobs.ts'
import type { BackgroundJob } from './platform/jobs.ts'
import type { Logger } from './platform/logger.ts'

/** What is needed of a queue's message. */
export type QueuedMessage = {
  readonly id: string
  readonly body: unknown
  readonly attempts: number
  ack(): void
  retry(options?: { delaySeconds?: number }): void
}

export type JobHandlers = {
  [Kind in BackgroundJob['kind']]: (job: Extract<BackgroundJob, { kind: Kind }>) => Promise<void>
}

const MAX_RETRY_SECONDS = 600

/**
 * Runs background jobs, each for itself: one that fails is tried again later and, after the queue's last try, goes to the dead-letter
 * queue; its neighbours are done. A job that no version of ours can have written goes the same way.
 */
export async function runJobs(
  messages: readonly QueuedMessage[],
  handlers: JobHandlers,
  logger: Logger,
): Promise<void> {
  await Promise.all(
    messages.map(async (message) => {
      try {
        const job = backgroundJobSchema.parse(message.body)
        await run(job, handlers)
        message.ack()
      } catch (error) {
        logger.error('queue.job_failed', error, { id: message.id, attempts: message.attempts })
        message.retry({ delaySeconds: Math.min(MAX_RETRY_SECONDS, 5 * 2 ** message.attempts) })
      }
    }),
  )
}

/** Keeps jobs that were given up, so that somebody can look at them. One that cannot be kept is offered again. */
export async function keepDeadJobs(
  messages: readonly QueuedMessage[],
  keep: (id: string, record: string) => Promise<void>,
  logger: Logger,
): Promise<void> {
  await Promise.all(
    messages.map(async (message) => {
      try {
        await keep(message.id, JSON.stringify({ id: message.id, job: message.body }))
        logger.warn('queue.job_dead', { id: message.id })
        message.ack()
      } catch (error) {
        logger.error('queue.dead_job_not_kept', error, { id: message.id })
        message.retry()
      }
    }),
  )
}

function run(job: BackgroundJob, handlers: JobHandlers): Promise<void> {
  switch (job.kind) {
    case 'fetch_media':
      return handlers.fetch_media(job)
    case 'refresh_account':
      return handlers.refresh_account(job)
    case 'archive_history':
      return handlers.archive_history(job)
    case 'wake_conversations':
      return handlers.wake_conversations(job)
  }
}
