import type { SetupFailure } from '../../../contract/index.ts'
import { runArchiveHistory } from '../archive/archive.jobs.ts'
import { noteStages } from '../audit/stages.repo.ts'
import { dueStatement } from '../numbers/due.repo.ts'
import { loadScope } from '../orgs/orgs.repo.ts'
import { systemClock } from '../platform/clock.ts'
import type { Env } from '../platform/env.ts'
import type { BackgroundJob } from '../platform/jobs.ts'
import { logger } from '../platform/logger.ts'
import type { OrgScope } from '../platform/scope.ts'
import { objectNames } from '../platform/scope.ts'
import { createQuotasRepo } from '../quotas/quotas.repo.ts'
import { changesOf, parseWebhookBody } from '../whatsapp/webhook-body.ts'
import { accountStateOf } from './account-events.model.ts'
import { createAccountEventsRepo } from './account-events.repo.ts'
import { refreshAccount as readAgain } from './accounts.usecases.ts'
import { createOnboardingDeps } from './onboarding.ports.ts'

type RefreshJob = Extract<BackgroundJob, { kind: 'refresh_account' }>

/** Something about the account is another now, or an hour went by: reads it again. One that is gone meanwhile is nothing to do. */
export async function runRefreshAccount(env: Env, { orgId, shard, wabaId }: RefreshJob): Promise<void> {
  const scope = await loadScope(env, shard, orgId)
  const { accounts, numbers } = createOnboardingDeps(env, scope)
  if ((await accounts.find(wabaId)) === null) return
  const failure = await refreshAccount(env, scope, wabaId)
  await dueStatement(scope, wabaId).run()
  await noteStages(scope, await createQuotasRepo(scope).listStandings(systemClock()), systemClock())
  // Whatever a lost job left behind is archived with the hourly look.
  for (const { phoneNumberId, isCoexistent } of await numbers.list())
    if (isCoexistent) await runArchiveHistory(env, { kind: 'archive_history', orgId, shard, phoneNumberId })
  if (failure !== null) logger.warn('onboarding.not_refreshed', { orgId, wabaId, key: failure.key })
}

/**
 * What webhooks told of an account, which Graph does not tell, then everything Graph tells of it. Answers why Meta would not say; the
 * failure stands on the account. Throws 404 for an account of nobody's here.
 */
export async function refreshAccount(env: Env, scope: OrgScope, wabaId: string): Promise<SetupFailure | null> {
  const events = createAccountEventsRepo(scope)
  await events.markChecked(wabaId, systemClock())
  const updates: unknown[] = []
  for (const body of await events.listUpdates(objectNames.lane.account(wabaId))) {
    const text = body.startsWith('blob:') ? await (await env.BLOBS.get(body.slice('blob:'.length)))?.text() : body
    updates.push(...changesOf(parseWebhookBody(text ?? '')).map(({ value }) => value))
  }
  await events.saveState(wabaId, accountStateOf(updates))
  return readAgain(createOnboardingDeps(env, scope), wabaId)
}
