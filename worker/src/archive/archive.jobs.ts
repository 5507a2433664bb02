import { createNumbersSetupRepo } from '../onboarding/numbers.setup.repo.ts'
import { ownFailure } from '../onboarding/setup-failures.model.ts'
import { loadScope } from '../orgs/orgs.repo.ts'
import { systemClock } from '../platform/clock.ts'
import type { Env } from '../platform/env.ts'
import type { BackgroundJob } from '../platform/jobs.ts'
import { objectNames } from '../platform/scope.ts'
import { changesOf, parseWebhookBody } from '../whatsapp/webhook-body.ts'
import { readArchive } from './archive.messages.ts'
import { createArchiveRepo } from './archive.repo.ts'

type ArchiveJob = Extract<BackgroundJob, { kind: 'archive_history' }>

const AT_ONCE = 20

/** Archives what came for a number of the Business app. Each webhook is done with in one transaction: cut short, it goes on where it was. */
export async function runArchiveHistory(env: Env, { orgId, shard, phoneNumberId }: ArchiveJob): Promise<void> {
  const scope = await loadScope(env, shard, orgId)
  const repo = createArchiveRepo(scope)
  for (;;) {
    const events = await repo.listEvents(objectNames.lane.number(phoneNumberId), AT_ONCE)
    if (events.length === 0) return
    for (const { id, body } of events) {
      const key = body.startsWith('blob:') ? body.slice('blob:'.length) : null
      const text = key === null ? body : ((await (await env.BLOBS.get(key))?.text()) ?? '')
      const news = changesOf(parseWebhookBody(text)).map((change) => readArchive(change))
      const messages = news.flatMap((one) => one.messages)
      const declined = news.find((one) => one.declined !== null)?.declined
      if (declined !== undefined && declined !== null)
        await createNumbersSetupRepo(scope).saveFailure(
          phoneNumberId,
          ownFailure('history', 'cancelled', systemClock(), { details: declined }),
        )
      await repo.keep(
        phoneNumberId,
        id,
        messages.map((one) => ({ ...one, content: JSON.stringify(one.content) })),
      )
      if (key !== null) await env.BLOBS.delete(key)
    }
  }
}
