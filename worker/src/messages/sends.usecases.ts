import type { QuotaRefusal, SendMessageBody } from '../../../contract/index.ts'
import type { Clock } from '../platform/clock.ts'
import type { Permit } from '../quotas/places.repo.ts'
import type { QuotasRepo } from '../quotas/quotas.repo.ts'
import { permitOf, refusalError } from '../quotas/quotas.usecases.ts'
import { FULL_REFUSALS } from '../quotas/send-policy.model.ts'
import type { Deed, ToldDeed } from './deeds.repo.ts'
import type { MessageRow } from './messages.rows.ts'
import { sendErrors } from './sends.errors.ts'
import { CANCELLED_FAILURE, checkText, isWindowOpen, MAX_ATTEMPTS, sendKindOf } from './sends.model.ts'
import type { ConversationSendFacts, SendsRepo } from './sends.repo.ts'

export type SendDeps = { repo: SendsRepo; quotas: QuotasRepo; clock: Clock; wake: () => Promise<void> }
type Agent = { id: string; name: string }

/** Facts change seldom, and never this often while one send is judged. */
const MAX_TRIES = 5

/**
 * Accepts an agent's text for sending; the conversation sends it. The same clientId again is the same message. Throws the errors of
 * `sends.errors.ts` and `quota.<refusal>`; nothing is kept of a refused text.
 */
export async function acceptText(
  deps: SendDeps,
  agent: Agent,
  conversationId: string,
  body: SendMessageBody,
): Promise<{ row: MessageRow; isNew: boolean }> {
  const checked = checkText(body.text)
  if ('problem' in checked) {
    throw checked.problem === 'empty' ? sendErrors.textEmpty() : sendErrors.textTooLong(checked.characters)
  }
  const accepted = await accept(deps, {
    conversationId,
    clientId: body.clientId,
    content: JSON.stringify({ kind: 'text', text: checked.text }),
    summary: summaryOf(checked.text),
    quoteWamid: await quotedWamid(deps.repo, conversationId, body.replyTo),
    agentId: agent.id,
    agentName: agent.name,
  })
  if (accepted.row.content.kind !== 'text' || accepted.row.content.text !== checked.text)
    throw sendErrors.clientIdReused()
  if (accepted.isNew) await deps.wake()
  return accepted
}

type NewText = Omit<Parameters<SendsRepo['accept']>[0], 'contactId' | 'now'>

async function accept(deps: SendDeps, text: NewText): Promise<{ row: MessageRow; isNew: boolean }> {
  const { repo, clock } = deps
  for (let tries = 1; tries <= MAX_TRIES; tries += 1) {
    const now = clock()
    const facts = await repo.readFacts(text.conversationId)
    if (facts === null) throw sendErrors.windowClosed()
    const permit = permitOf(facts.standing, facts.phoneNumberId, 'answer', now)
    if ('refusal' in permit) return refuseNew(deps, text, facts, permit.refusal)
    const accepted = await repo.accept({ ...text, contactId: facts.contactId, now }, permit)
    if (accepted !== null) return accepted
    if (!isWindowOpen(facts.lastInboundAt, now)) throw sendErrors.windowClosed()
    const after = await repo.readFacts(text.conversationId)
    const isSame = after?.standing?.text === facts.standing?.text
    if (isSame && permit.pool !== null) return refuseNew(deps, text, facts, FULL_REFUSALS[permit.pool])
  }
  throw sendErrors.busy()
}

/** What was accepted before is known whatever the limits say by now. */
async function refuseNew(
  deps: SendDeps,
  { conversationId, clientId }: NewText,
  facts: ConversationSendFacts,
  refusal: QuotaRefusal,
): Promise<{ row: MessageRow; isNew: boolean }> {
  const row = await deps.repo.findByClientId(conversationId, clientId)
  if (row !== null) return { row, isNew: false }
  throw await quotaErrorOf(deps, facts, refusal)
}

async function quotaErrorOf(
  { quotas, clock }: SendDeps,
  facts: ConversationSendFacts,
  refusal: QuotaRefusal,
): Promise<Error> {
  return refusalError(refusal, facts.standing, await quotas.readUsage(clock()), clock())
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
export async function retryMessage(
  deps: SendDeps,
  conversationId: string,
  seq: number,
  deed: Deed | null = null,
): Promise<MessageRow> {
  return requeue(deps, { conversationId, seq, from: 'failed' }, toldOf(deps, deed, 'message.sent_again'))
}

/** What a person decided about a message whose answer was lost: it arrived, or it is to be sent again. */
export async function settleMessage(
  deps: SendDeps,
  conversationId: string,
  seq: number,
  outcome: 'arrived' | 'send_again',
  deed: Deed | null = null,
): Promise<MessageRow> {
  const told = toldOf(deps, deed, 'message.settled', { outcome })
  if (outcome === 'send_again') return requeue(deps, { conversationId, seq, from: 'unknown' }, told)
  if (!(await deps.repo.markArrived(conversationId, seq, told))) {
    if ((await deps.repo.find(conversationId, seq)) === null) throw sendErrors.notFound()
    throw sendErrors.notUnknown()
  }
  await deps.wake()
  return mustFind(deps.repo, conversationId, seq)
}

/** Takes a message back that waits to be sent. One that is on its way already cannot be. */
export async function cancelMessage(
  deps: SendDeps,
  conversationId: string,
  seq: number,
  deed: Deed | null = null,
): Promise<MessageRow> {
  const told = toldOf(deps, deed, 'message.cancelled')
  if (!(await deps.repo.cancel({ conversationId, seq }, CANCELLED_FAILURE, deps.clock(), told))) {
    const message = await deps.repo.find(conversationId, seq)
    if (message === null || message.direction !== 'out') throw sendErrors.notFound()
    throw sendErrors.notQueued()
  }
  await deps.wake()
  return mustFind(deps.repo, conversationId, seq)
}

function toldOf(
  { clock }: SendDeps,
  deed: Deed | null,
  action: ToldDeed['action'],
  details: NonNullable<ToldDeed['details']> = {},
): ToldDeed | null {
  return deed === null ? null : { ...deed, at: clock(), action, details }
}

async function requeue(
  deps: SendDeps,
  target: { conversationId: string; seq: number; from: 'failed' | 'unknown' },
  deed: ToldDeed | null,
): Promise<MessageRow> {
  const { repo, clock } = deps
  const { conversationId, seq, from } = target
  for (let tries = 1; tries <= MAX_TRIES; tries += 1) {
    const [facts, message] = [await repo.readFacts(conversationId), await repo.find(conversationId, seq)]
    if (facts === null || message === null || message.direction !== 'out') throw sendErrors.notFound()
    if (message.status !== from) throw from === 'failed' ? sendErrors.notFailed() : sendErrors.notUnknown()
    const now = clock()
    const permit = permitOf(facts.standing, facts.phoneNumberId, sendKindOf(message.kind), now)
    if ('refusal' in permit) throw await quotaErrorOf(deps, facts, permit.refusal)
    if (message.kind !== 'template' && !isWindowOpen(facts.lastInboundAt, now)) throw sendErrors.windowClosed()
    const on = { permit, contactId: facts.contactId, now }
    const done = await repo.requeue(target, MAX_ATTEMPTS - 1, on, deed)
    if (done === 'full') throw await quotaErrorOf(deps, facts, fullRefusal(permit))
    if (done === 'done') {
      await deps.wake()
      return mustFind(repo, conversationId, seq)
    }
  }
  throw sendErrors.busy()
}

function fullRefusal({ pool }: Permit): QuotaRefusal {
  if (pool === null) throw new Error('A permit without a pool cannot be full.')
  return FULL_REFUSALS[pool]
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
