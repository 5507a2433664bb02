import { loadScope } from '../orgs/orgs.repo.ts'
import type { Env } from '../platform/env.ts'
import type { BackgroundJob } from '../platform/jobs.ts'
import { objectNames } from '../platform/scope.ts'
import { summaryOf } from '../whatsapp/summary.ts'
import { changesOf, parseWebhookBody } from '../whatsapp/webhook-body.ts'
import type { WebhookChange } from '../whatsapp/webhook-body.ts'
import { readContacts } from './archive.contacts.ts'
import { ARCHIVE_FIELDS, readArchive } from './archive.messages.ts'
import type { ArchivedMessage } from './archive.messages.ts'
import type { ArchiveEntry } from './archive.repo.ts'
import { createArchiveRepo } from './archive.repo.ts'
import type { ArchivedAct } from './archive.statements.repo.ts'

type ArchiveJob = Extract<BackgroundJob, { kind: 'archive_history' }>

const AT_ONCE = 20

/** Archives what came for a number of the Business app. Each webhook is done with in one transaction: cut short, it goes on where it was. */
export async function runArchiveHistory(env: Env, { orgId, shard, phoneNumberId }: ArchiveJob): Promise<void> {
  const scope = await loadScope(env, shard, orgId)
  const repo = createArchiveRepo(scope)
  for (;;) {
    const events = await repo.listEvents(objectNames.lane.number(phoneNumberId), ARCHIVE_FIELDS, AT_ONCE)
    if (events.length === 0) return
    for (const event of events) {
      const key = event.body.startsWith('blob:') ? event.body.slice('blob:'.length) : null
      const text = key === null ? event.body : ((await (await env.BLOBS.get(key))?.text()) ?? '')
      await repo.keep(phoneNumberId, event, entryOf(changesOf(parseWebhookBody(text)), event.receivedAt))
      if (key !== null) await env.BLOBS.delete(key)
    }
  }
}

function entryOf(changes: readonly WebhookChange[], receivedAt: number): ArchiveEntry {
  const news = changes.map((change) => readArchive(change))
  const messages = news.flatMap((one) => one.messages)
  const told = news.flatMap(({ progress }) => progress ?? [])
  return {
    messages: messages.map((one) => ({ ...one, content: JSON.stringify(one.content) })),
    acts: messages.flatMap(actOf),
    contacts: changes.flatMap((change) => readContacts(change, receivedAt)),
    progress: told.length === 0 ? null : Math.max(...told),
    declined: news.find(({ declined }) => declined !== null)?.declined ?? null,
  }
}

/** What a message does with an earlier one; of an edit that cannot be read nothing is done. */
function actOf({ wamid, contact, content, summary, sentAt }: ArchivedMessage): ArchivedAct[] {
  if ((content.kind !== 'edit' && content.kind !== 'revoke') || content.targetWamid === null) return []
  const { targetWamid: target } = content
  const act = { wamid, target, contact, at: sentAt }
  if (content.kind === 'revoke') return [{ ...act, text: null, summary }]
  const { text } = content
  return text === null ? [] : [{ ...act, text, summary: summaryOf({ kind: 'text', text }) }]
}
