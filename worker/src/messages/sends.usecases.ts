import type { SendMessageBody } from '../../../contract/index.ts'
import type { Clock } from '../platform/clock.ts'
import type { MessageRow } from './messages.rows.ts'
import { sendErrors } from './sends.errors.ts'
import { checkText, isWindowOpen, MAX_ATTEMPTS } from './sends.model.ts'
import type { SendsRepo } from './sends.repo.ts'

type Deps = { repo: SendsRepo; clock: Clock; wake: () => Promise<void> }
type Agent = { id: string; name: string }

/**
 * Accepts an agent's text for sending; the conversation sends it. The same clientId again is the same message. Throws the errors of
 * `sends.errors.ts`; nothing is kept of a refused text.
 */
export async function acceptText(
  deps: Deps,
  agent: Agent,
  conversationId: string,
  body: SendMessageBody,
): Promise<{ row: MessageRow; isNew: boolean }> {
  const checked = checkText(body.text)
  if ('problem' in checked) {
    throw checked.problem === 'empty' ? sendErrors.textEmpty() : sendErrors.textTooLong(checked.characters)
  }
  const content = JSON.stringify({ kind: 'text', text: checked.text })
  const accepted = await deps.repo.accept({
    conversationId,
    clientId: body.clientId,
    content,
    summary: summaryOf(checked.text),
    quoteWamid: await quotedWamid(deps.repo, conversationId, body.replyTo),
    agentId: agent.id,
    agentName: agent.name,
    now: deps.clock(),
  })
  if (accepted === null) throw sendErrors.windowClosed()
  if (accepted.row.content.kind !== 'text' || accepted.row.content.text !== checked.text)
    throw sendErrors.clientIdReused()
  if (accepted.isNew) await deps.wake()
  return accepted
}

async function quotedWamid(
  repo: SendsRepo,
  conversationId: string,
  replyTo: string | undefined,
): Promise<string | null> {
  if (replyTo === undefined) return null
  const quoted = await repo.find(conversationId, Number(replyTo.slice(1)))
  if (quoted?.wamid === undefined || quoted.wamid === null) throw sendErrors.quoteNotFound()
  return quoted.wamid
}

/** Sends a failed message once more: exactly one new call to Meta, no automatic ones after it. */
export async function retryMessage(deps: Deps, conversationId: string, seq: number): Promise<MessageRow> {
  return requeue(deps, conversationId, seq, 'failed')
}

/** What a person decided about a message whose answer was lost: it arrived, or it is to be sent again. */
export async function settleMessage(
  deps: Deps,
  conversationId: string,
  seq: number,
  outcome: 'arrived' | 'send_again',
): Promise<MessageRow> {
  if (outcome === 'send_again') return requeue(deps, conversationId, seq, 'unknown')
  if (!(await deps.repo.markArrived(conversationId, seq))) {
    if ((await deps.repo.find(conversationId, seq)) === null) throw sendErrors.notFound()
    throw sendErrors.notUnknown()
  }
  await deps.wake()
  return mustFind(deps.repo, conversationId, seq)
}

async function requeue(
  deps: Deps,
  conversationId: string,
  seq: number,
  from: 'failed' | 'unknown',
): Promise<MessageRow> {
  const facts = await deps.repo.readFacts(conversationId)
  const message = await deps.repo.find(conversationId, seq)
  if (facts === null || message === null || message.direction !== 'out') throw sendErrors.notFound()
  const now = deps.clock()
  if (message.kind !== 'template' && !isWindowOpen(facts.lastInboundAt, now)) throw sendErrors.windowClosed()
  if (!(await deps.repo.requeue(conversationId, seq, from, MAX_ATTEMPTS - 1, now))) {
    throw from === 'failed' ? sendErrors.notFailed() : sendErrors.notUnknown()
  }
  await deps.wake()
  return mustFind(deps.repo, conversationId, seq)
}

async function mustFind(repo: SendsRepo, conversationId: string, seq: number): Promise<MessageRow> {
  const row = await repo.find(conversationId, seq)
  if (row === null) throw sendErrors.notFound()
  return row
}

/** The text on one line, cut to 200 characters. */
function summaryOf(text: string): string {
  return Array.from(text.replace(/\s+/g, ' ').trim()).slice(0, 200).join('')
}
