import type { DeskFailure } from '../desk/desk.types.ts'
import type { Effect, EffectResult, Plan, Progress, RecordedPart } from './effects.types.ts'
import { findTickets } from './look.ts'
import { referenceLine } from './references.model.ts'
import { runEffect } from './run-effect.ts'
import type { Step, TicketDeps } from './tickets.ports.ts'
import { again } from './tickets.ports.ts'
import { show, stopFor } from './trouble-steps.ts'

/** How long a conversation may work on its contact in Desk before another may: longer than a lost answer takes to settle. */
const CLAIM_MS = 120_000

/** What one pass found out and D1 does not say. */
export type Pass = {
  /** Desk must be asked about the ticket, although no customer's message would need it. */
  mustAsk: boolean
  /** Refusals that were answered by another way; one each per pass. */
  detours: Set<string>
}

/** Brings the open plan as far as it gets now and, when all its effects are done, its result into D1. */
export async function carryOut(deps: TicketDeps, pass: Pass): Promise<Step> {
  const plan = deps.effects.plan()
  if (plan === null) return again
  if (plan.kind === 'contact') {
    const step = await renewClaim(deps, plan.contactId)
    if (step !== null) return step
  }
  for (const effect of deps.effects.effects()) {
    const outcome = await runEffect(deps, effect)
    if (outcome.kind === 'wait') {
      if (outcome.reason !== null) await show(deps, 'waiting', outcome.reason)
      return { kind: 'rest', nextAt: outcome.until }
    }
    if (outcome.kind === 'failed') {
      const step = await refused(deps, plan, effect, outcome.failure, pass)
      if (step !== null) return step
    }
  }
  return commit(deps, plan)
}

/** A plan of which nothing was ever tried is made anew: more may have come since, and Desk may stand otherwise. */
export function dropUntouched({ effects }: TicketDeps): void {
  if (effects.plan() !== null && effects.effects().every(isUntouched)) effects.close([])
}

function isUntouched({ attempts, result }: Effect): boolean {
  return attempts === 0 && result === null
}

async function renewClaim({ repo, effects, clock }: TicketDeps, contactId: string): Promise<Step | null> {
  const claim = await repo.claimContact(contactId, clock(), clock() + CLAIM_MS)
  if (claim.kind === 'claimed') return null
  effects.close([])
  return claim.kind === 'known' ? again : { kind: 'rest', nextAt: Math.min(claim.until, clock() + 1_500) }
}

/** What follows from a call that certainly did nothing. Null: the plan goes on without it. */
async function refused(
  deps: TicketDeps,
  plan: Plan,
  effect: Effect,
  failure: DeskFailure,
  pass: Pass,
): Promise<Step | null> {
  const { effects } = deps
  const isRefusal = failure.kind === 'gone' || failure.kind === 'invalid' || failure.kind === 'forbidden'
  if (effect.body.kind === 'status' && isRefusal) {
    // A workflow may forbid it. The message is in the ticket, which is what counts.
    effects.update(effect.id, { state: 'done', result: { id: '' } })
    return null
  }
  if (isRefusal) effects.close(recordedSoFar(plan, effects.effects()))
  else dropUntouched(deps)
  return (await detour(deps, plan, effect, failure, pass)) ?? stopFor(deps, failure)
}

/** Another way to the same end, each taken at most once per pass; null when there is none. */
async function detour(
  deps: TicketDeps,
  plan: Plan,
  { body }: Effect,
  failure: DeskFailure,
  pass: Pass,
): Promise<Step | null> {
  const refusedField = (name: string): boolean =>
    failure.kind === 'invalid' && failure.fields.some((field) => field.name.startsWith(name))
  const take = (name: string): boolean => {
    const isNew = !pass.detours.has(name)
    pass.detours.add(name)
    return isNew
  }
  if (body.kind === 'ticket' && refusedField('contactId') && take('contact')) {
    const facts = await deps.repo.readFacts(null)
    if (facts !== null) await deps.repo.clearDeskContact(facts.contact.id, body.contactId)
    deps.effects.setSetting(null)
    return again
  }
  if (body.kind === 'ticket' && body.assigneeId !== undefined && refusedField('assigneeId') && take('assignee')) {
    await deps.gate.dropAssignee()
    return again
  }
  if (body.kind !== 'comment') return null
  if (refusedField('attachmentIds') && (take('attachments') || take('attachments again'))) {
    const uploads = deps.effects.uploads()
    for (const seq of body.seqs) {
      const upload = uploads.get(seq)
      if (upload === undefined) continue
      deps.effects.saveUpload(seq, { attachmentId: null, isRefused: upload.tries > 1, tries: upload.tries })
    }
    return again
  }
  const mayBeGone = failure.kind === 'gone' || (failure.kind === 'invalid' && failure.fields.length === 0)
  if (mayBeGone && plan.kind === 'append' && take(plan.ticket === null ? 'ask' : 'ask again')) {
    pass.mustAsk = true
    return again
  }
  return null
}

/** Messages that the plan's done comments hold wholly, when the rest of the plan is given up. */
function recordedSoFar(plan: Plan, all: readonly Effect[]): Array<{ seq: number; part: RecordedPart }> {
  if (plan.kind !== 'append') return []
  const seqsOf = (isDone: boolean): number[] =>
    all.flatMap(({ body, result }) => (body.kind === 'comment' && (result !== null) === isDone ? body.seqs : []))
  const missing = seqsOf(false)
  return seqsOf(true)
    .filter((seq) => !missing.includes(seq))
    .map((seq) => ({ seq, part: plan.progress.holes.includes(seq) ? 'text' : 'all' }))
}

async function commit(deps: TicketDeps, plan: Plan): Promise<Step> {
  const { effects, repo, clock } = deps
  const all = effects.effects()
  const [first] = all
  if (first?.result === undefined || first.result === null)
    throw new Error('A plan without results was to be committed.')
  switch (plan.kind) {
    case 'contact':
      await repo.saveDeskContact(plan.contactId, first.result.id)
      effects.close([])
      return again
    case 'ticket': {
      const kept = first.attempts > 1 ? await keepFirst(deps, first) : first.result
      const ticket = { id: kept.id, number: kept.number ?? '', departmentId: kept.departmentId ?? '' }
      const decision = { decision: 'created', reason: plan.reason, at: clock() }
      await repo.commitTicket(ticket, decision, plan.openerSeq, plan.progress)
      effects.close(plan.progress.cursor >= plan.openerSeq ? [] : [{ seq: plan.openerSeq, part: 'text' }])
      return committed(deps, plan.progress, true)
    }
    case 'append':
      return commitAppend(deps, plan, all)
  }
}

async function commitAppend(
  deps: TicketDeps,
  plan: Extract<Plan, { kind: 'append' }>,
  all: readonly Effect[],
): Promise<Step> {
  const { effects, repo, clock } = deps
  const ticket = plan.ticket === null ? null : { id: plan.ticketId, ...plan.ticket }
  const isStatusRefused = all.some(({ body, result }) => body.kind === 'status' && result?.id === '')
  const decision = isStatusRefused && plan.decision === 'reopened' ? 'appended' : plan.decision
  const reason = isStatusRefused ? 'reopen_refused' : plan.reason
  const isPlain = decision === 'appended' && (reason === 'open' || reason === 'silent')
  const row = { decision, reason, ticketId: plan.ticketId, ticketNumber: plan.ticket?.number ?? '', at: clock() }
  const isTold = effects.trouble().isShown
  await repo.commitAppend(ticket, isPlain ? null : row, plan.progress, { recorded: plan.seqs, isTold })
  effects.close([])
  effects.forget(plan.progress.cursor, plan.progress.holes)
  return committed(deps, plan.progress, !isPlain || isTold)
}

/** What was written is done with. Where nothing is left, the next messages are gathered before anything is read again. */
export function committed({ effects, onChanged }: TicketDeps, progress: Progress, isVisible: boolean): Step {
  effects.setTrouble(null)
  if (isVisible) onChanged()
  if (!progress.isComplete) return again
  effects.setBurst({ lengthMs: progress.burstMs, endsAt: null })
  return { kind: 'rest', nextAt: null }
}

/** A ticket that was made again may have been made late by the first call too: the first one stays, the other one says so. */
async function keepFirst(deps: TicketDeps, effect: Effect): Promise<EffectResult> {
  const { effects, desk, logger, repo, clock } = deps
  const made = effect.result ?? { id: '' }
  if (effect.body.kind !== 'ticket') return made
  const found = await findTickets(deps, effect.body.contactId, effect.reference, effect.beganAt ?? clock())
  const [kept, ...others] = found.ok ? found.value : []
  if (kept === undefined || others.length === 0) return made
  const { createdAt: _, ...result } = kept
  effects.update(effect.id, { result })
  for (const other of others) {
    logger.warn('desk.ticket_twice', { conversation: repo.conversationId, ticket: other.id, kept: kept.id })
    const content = `(Desk made this ticket twice after an answer was lost. The conversation is in #${kept.number ?? kept.id}.)`
    await desk.createComment(other.id, {
      content: `${content}\n\n${referenceLine(effect.reference)}`,
      isPublic: false,
      attachmentIds: [],
    })
  }
  return result
}
