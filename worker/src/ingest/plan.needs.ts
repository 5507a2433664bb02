import { aliasesOf } from '../contacts/identity.model.ts'
import { parseCallbackData } from '../messages/sends.model.ts'
import type { InboundMessage, StatusUpdate } from '../whatsapp/events.ts'
import { targetOf } from './content.model.ts'
import type { Item, Needs } from './ingest.types.ts'

/** The organisation and number a batch is planned for. */
export type Ground = { orgId: string; shard: number; phoneNumberId: string; portfolioId: string }

/** The seq our own send carried; null where the status says nothing of the kind, or names another organisation. */
export function seqOf(status: StatusUpdate, { orgId, shard }: Ground): number | null {
  const callback = status.callback === null ? null : parseCallbackData(status.callback)
  return callback !== null && callback.orgId === orgId && callback.shard === shard ? callback.seq : null
}

/** What has to be looked up before these events can be planned. */
export function needsOf(items: readonly Item[], ground: Ground): Needs {
  const needs: Needs = { wamids: [], targets: [], people: [], statusWamids: [], callbacks: [], letters: [] }
  for (const { event, replayOf } of items) {
    if (replayOf !== null) needs.letters.push(replayOf)
    if (event.kind === 'message') addMessage(needs, event, ground)
    if (event.kind === 'status') addStatus(needs, event, ground)
  }
  return needs
}

function addMessage(needs: Needs, message: InboundMessage, { portfolioId }: Ground): void {
  needs.wamids.push(message.wamid)
  const target = targetOf(message.content)
  if (target === null) needs.targets.push(message.wamid)
  else needs.wamids.push(target)
  const { sender, relink } = message
  needs.people.push({ aliases: aliasesOf(sender, portfolioId), isMoving: relink !== null })
  if (relink === null) return
  for (const ids of [relink.before, relink.after]) {
    needs.people.push({ aliases: aliasesOf(ids, portfolioId), isMoving: true })
  }
}

function addStatus(needs: Needs, status: StatusUpdate, ground: Ground): void {
  const seq = seqOf(status, ground)
  if (seq !== null) needs.callbacks.push({ seq, wamid: status.wamid })
  else if (status.wamid !== null) {
    needs.wamids.push(status.wamid)
    needs.statusWamids.push(status.wamid)
  }
}
