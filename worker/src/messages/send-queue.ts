import type { Failure, QuotaRefusal } from '../../../contract/index.ts'
import type { Clock } from '../platform/clock.ts'
import type { Logger } from '../platform/logger.ts'
import type { Permit } from '../quotas/places.repo.ts'
import { permitOf, refusalSentence } from '../quotas/quotas.usecases.ts'
import { FULL_REFUSALS } from '../quotas/send-policy.model.ts'
import type { MessagePayload, SendOutcome } from '../whatsapp/graph-client.ts'
import type { MessageRow } from './messages.rows.ts'
import type { AfterRefusal, ErrorClass, PairLevel } from './sends.model.ts'
import {
  afterNotSent,
  afterRefusal,
  callbackData,
  countSend,
  limitFailure,
  nextSend,
  pairReadyAt,
  sendKindOf,
  UNREACHABLE_FAILURE,
  WINDOW_CLOSED_FAILURE,
} from './sends.model.ts'
import type { ConversationSendFacts, SendsRepo } from './sends.repo.ts'

/** What the send queue of one conversation works with. */
export type SendQueuePorts = {
  conversationId: string
  shard: number
  orgId: string
  repo: SendsRepo
  clock: Clock
  logger: Logger
  /** 0 to 1, for backoff that does not march in step. */
  random: () => number
  pair: { read(): PairLevel; write(level: PairLevel): void }
  permits: {
    /** A slot for one call, to be given back after it. */
    take(phoneNumberId: string): Promise<{ granted: number; retryAt: number; leaseId: string | null }>
    release(phoneNumberId: string, leaseId: string): Promise<void>
    pause(phoneNumberId: string, until: number): Promise<void>
  }
  send(phoneNumberId: string, payload: MessagePayload): Promise<SendOutcome>
  /** Class and plain words of Meta's error. */
  explain(code: number | null, details: string): { errorClass: ErrorClass; failure: Failure }
  /** Statements that apply the statuses which came before the wamid was known. */
  applyWaiting(wamid: string, seq: number): D1PreparedStatement[]
  /** Statements that keep the number under which Meta knows the customer. */
  learnAlias(facts: Pick<ConversationSendFacts, 'contactId' | 'phone'>, waId: string | null): D1PreparedStatement[]
  /** Something visible changed. */
  onChanged(): void
}

/** Sends what waits, in order, until nothing is left or something must be waited for: resolves to when to come again, or null. */
export async function runSends(ports: SendQueuePorts): Promise<number | null> {
  const { repo, conversationId } = ports
  for (;;) {
    const outgoing = await repo.listToSend(conversationId)
    if (outgoing.length === 0) return null
    const facts = await repo.readFacts(conversationId)
    if (facts === null) return null
    const now = ports.clock()
    const next = nextSend({
      outgoing: outgoing.map(toOutgoing),
      isHeld: facts.standing?.facts.channel === 'off',
      lastInboundAt: facts.lastInboundAt,
      now,
      pairReadyAt: pairReadyAt(ports.pair.read(), now),
    })
    switch (next.do) {
      case 'nothing':
        return null
      case 'wait':
        return next.until
      case 'give_up':
        await repo.finishAttempt(conversationId, next.seq, { to: 'unknown' })
        ports.onChanged()
        break
      case 'refuse_window':
        await repo.finishAttempt(conversationId, next.seq, { to: 'failed', failure: WINDOW_CLOSED_FAILURE })
        ports.onChanged()
        break
      case 'send': {
        const message = outgoing.find((row) => row.seq === next.seq)
        if (message === undefined) return null
        const permit = permitOf(facts.standing, facts.phoneNumberId, sendKindOf(message.kind), now)
        if ('refusal' in permit) {
          await failForLimit(ports, facts, message.seq, permit.refusal)
          break
        }
        const slot = await ports.permits.take(facts.phoneNumberId)
        if (slot.granted === 0) return slot.retryAt
        try {
          await sendOne(ports, facts, message, permit)
        } finally {
          if (slot.leaseId !== null) await ports.permits.release(facts.phoneNumberId, slot.leaseId)
        }
        break
      }
    }
  }
}

/** The number's stage, or the places of it, do not let this out any more: nothing was called. */
async function failForLimit(
  ports: SendQueuePorts,
  { standing }: ConversationSendFacts,
  seq: number,
  refusal: QuotaRefusal,
): Promise<void> {
  const why = refusalSentence(refusal, standing, ports.clock())
  await ports.repo.finishAttempt(ports.conversationId, seq, { to: 'failed', failure: limitFailure(why) })
  ports.onChanged()
}

/** One call to Meta, and what it came to. The try is on record before the call, so a crash in between repeats nothing. */
async function sendOne(
  ports: SendQueuePorts,
  facts: ConversationSendFacts,
  message: MessageRow,
  permit: Permit,
): Promise<void> {
  const { repo, conversationId } = ports
  const to = recipient(facts)
  const body = bodyOf(message)
  if (to === null || body === null) {
    const { failure } = ports.explain(null, 'This customer has neither a phone number nor a WhatsApp user id.')
    await repo.finishAttempt(conversationId, message.seq, { to: 'failed', failure })
    ports.onChanged()
    return
  }
  const on = { permit, contactId: facts.contactId, now: ports.clock() }
  const started = await repo.startAttempt(conversationId, message.seq, on)
  if (started === 'full' && permit.pool !== null) {
    await failForLimit(ports, facts, message.seq, FULL_REFUSALS[permit.pool])
    return
  }
  // What it was judged from changed, or it was taken back: the queue looks again.
  if (started !== 'done') return
  ports.onChanged()
  ports.pair.write(countSend(ports.pair.read(), ports.clock()))
  const outcome = await ports.send(facts.phoneNumberId, {
    to,
    ...body,
    callbackData: callbackData(ports.shard, ports.orgId, message.seq),
    ...(message.quote_wamid === null ? {} : { contextWamid: message.quote_wamid }),
  })
  await record(ports, facts, { seq: message.seq, attempts: message.attempts + 1 }, outcome)
  ports.onChanged()
}

async function record(
  ports: SendQueuePorts,
  facts: ConversationSendFacts,
  message: { seq: number; attempts: number },
  outcome: SendOutcome,
): Promise<void> {
  const { repo, conversationId } = ports
  const { seq, attempts } = message
  ports.logger.info('message.sent', { conversationId, seq, attempts, outcome: outcome.kind })
  switch (outcome.kind) {
    case 'accepted':
      await repo.finishAttempt(conversationId, seq, { to: 'accepted', wamid: outcome.wamid }, [
        ...ports.applyWaiting(outcome.wamid, seq),
        ...ports.learnAlias(facts, outcome.waId),
      ])
      return
    case 'lost':
      // Stays `sending`: a status with our callback data settles it, or five minutes make it unknown.
      return
    case 'not_sent': {
      const then = afterNotSent(attempts, ports.clock(), ports.random())
      await finish(ports, facts, seq, then, UNREACHABLE_FAILURE)
      return
    }
    case 'refused': {
      const { code, details, retryAfterMs } = outcome.error
      const { errorClass, failure } = ports.explain(code, details)
      const then = afterRefusal({
        code,
        errorClass,
        attempts,
        retryAfterMs,
        now: ports.clock(),
        random: ports.random(),
      })
      await finish(ports, facts, seq, then, failure)
    }
  }
}

async function finish(
  ports: SendQueuePorts,
  facts: ConversationSendFacts,
  seq: number,
  then: AfterRefusal,
  failure: Failure,
): Promise<void> {
  if (then.do === 'fail') {
    await ports.repo.finishAttempt(ports.conversationId, seq, { to: 'failed', failure })
    return
  }
  if (then.do === 'retry_and_slow') await ports.permits.pause(facts.phoneNumberId, then.at)
  await ports.repo.finishAttempt(ports.conversationId, seq, { to: 'queued', at: then.at })
}

/** What is sent; null for kinds that are never ours to send. */
function bodyOf({ content, template_parameters: parameters }: MessageRow) {
  if (content.kind === 'text') return { text: content.text }
  if (content.kind !== 'template') return null
  return { template: { name: content.name, language: content.language, parameters: parameters ?? [] } }
}

/** The phone number where there is one: it needs no portfolio. Else the business-scoped user id. */
function recipient(facts: ConversationSendFacts): MessagePayload['to'] | null {
  if (facts.phone !== null) return { phone: facts.phone }
  return facts.userId === null ? null : { userId: facts.userId }
}

function toOutgoing(row: MessageRow) {
  return {
    seq: row.seq,
    status: row.status,
    needsWindow: row.kind !== 'template',
    attempts: row.attempts,
    attemptAt: row.attempt_at,
    nextAttemptAt: row.next_attempt_at,
  }
}
