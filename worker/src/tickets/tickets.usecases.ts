import { appendMessages } from './append-messages.ts'
import { planBatch } from './batch.model.ts'
import type { Progress } from './effects.types.ts'
import { unrecordedOf } from './entries.model.ts'
import { openTicket } from './open-ticket.ts'
import type { Read } from './open-ticket.ts'
import type { Pass } from './run-plan.ts'
import { carryOut, committed, dropUntouched } from './run-plan.ts'
import { mayAppend } from './ticket-gate.model.ts'
import { hold, restWithout, stepWithout } from './ticket-gate.ts'
import { isOpener } from './tickets.model.ts'
import type { Step, TicketDeps } from './tickets.ports.ts'
import type { DeskFacts } from './tickets.rows.ts'

/** More steps than any pass needs: what would go round for ever is broken off, and told. */
const MAX_STEPS = 30

/** How long contact and channel are not read again. */
const SETTING_MS = 60_000

/**
 * Brings everything of one conversation that is not in its ticket yet into it, as far as that is possible now. Begins from the facts in
 * D1 and the effects left open, each time; may be called at any time, but never twice at once. Resolves to when to call again (epoch
 * ms), null when only something new makes that necessary. Throws what D1 throws: nothing is lost then, call again after a while.
 */
export async function workOnTicket(deps: TicketDeps): Promise<{ nextAt: number | null }> {
  const waitUntil = waitsUntil(deps)
  if (waitUntil !== null) return { nextAt: waitUntil }
  const pass: Pass = { mustAsk: false, detours: new Set() }
  dropUntouched(deps)
  for (let steps = 0; steps < MAX_STEPS; steps += 1) {
    const step = deps.effects.plan() === null ? await takeStep(deps, pass) : await carryOut(deps, pass)
    if (step.kind === 'rest') return { nextAt: step.nextAt }
  }
  deps.logger.warn('desk.too_many_steps', { conversation: deps.repo.conversationId })
  return { nextAt: deps.clock() + 60_000 }
}

/** Until when there is nothing to do, known without reading anything: after a failure, or while messages are gathered. */
function waitsUntil({ effects, clock }: TicketDeps): number | null {
  const now = clock()
  const { notBefore } = effects.trouble()
  if (notBefore > now) return notBefore
  const burst = effects.burst()
  if (burst === null) return null
  const endsAt = burst.endsAt ?? now + burst.lengthMs
  if (endsAt > now) {
    if (burst.endsAt === null) effects.setBurst({ ...burst, endsAt })
    return endsAt
  }
  effects.setBurst(null)
  return null
}

async function takeStep(deps: TicketDeps, pass: Pass): Promise<Step> {
  const { repo, effects, clock } = deps
  const facts = await readFacts(deps)
  if (facts === null) return { kind: 'rest', nextAt: null }
  const read = await repo.readUnrecorded(facts, isOpener)
  const messages = unrecordedOf(read.messages, facts.holes, effects.recorded())
  const batch = planBatch({ hasTicket: facts.ticketId !== null, burstMs: facts.channel.burstMs, messages }, clock())
  switch (batch.kind) {
    case 'rest':
      return (await openOrdered(deps, pass, facts, read)) ?? rest(deps, facts)
    case 'wait':
      // What comes in meanwhile joins the burst, so no wake-up before its end needs to read anything.
      if (batch.isBurst) effects.setBurst({ lengthMs: facts.channel.burstMs, endsAt: batch.until })
      return { kind: 'rest', nextAt: batch.until }
    case 'settle':
      return settle(deps, facts, read, batch.holes)
    case 'open': {
      const opener = read.messages.find(({ seq }) => seq === batch.seq)
      if (opener === undefined) throw new Error('A message was planned that was not read.')
      const { gate } = facts
      const { order } = gate
      return (
        (await stepWithout(deps, facts, gate)) ??
        openTicket(deps, pass, facts, read, { opener, reason: 'first', order })
      )
    }
    case 'append': {
      if (facts.ticketId === null) throw new Error('Messages were planned for a ticket that is not there.')
      const gate = batch.asker === null ? null : facts.gate
      if (gate !== null && !mayAppend(gate))
        return gate.channel === 'off' ? hold(deps, facts) : restWithout(deps, facts)
      return appendMessages(deps, pass, { ...facts, ticketId: facts.ticketId }, read, { batch, gate })
    }
  }
}

/** An agent ordered a ticket for what would make none by itself. */
async function openOrdered(deps: TicketDeps, pass: Pass, facts: DeskFacts, read: Read): Promise<Step | null> {
  const opener = read.messages.find(({ direction, isHidden }) => direction === 'in' && !isHidden) ?? read.messages[0]
  if (facts.ticketId !== null || opener === undefined) return null
  const { order } = facts.gate
  return order === null ? null : openTicket(deps, pass, facts, read, { opener, reason: 'by_hand', order })
}

/** With contact and channel as they were a moment ago, where the conversation has its ticket. */
async function readFacts({ repo, effects, clock }: TicketDeps): Promise<DeskFacts | null> {
  const known = effects.setting()
  const isFresh = known !== null && known.readAt > clock() - SETTING_MS
  const facts = await repo.readFacts(isFresh ? known.setting : null)
  if (isFresh || facts === null) return facts
  const { contact, channel } = facts
  const isSettled = facts.ticketId !== null && contact.deskContactId !== null
  effects.setSetting(isSettled ? { setting: { contact, channel }, readAt: clock() } : null)
  return facts
}

/** Nothing is left, or what is left waits for the customer to write. */
async function rest({ repo, effects, onChanged }: TicketDeps, facts: DeskFacts): Promise<Step> {
  if (facts.workVersion !== null) await repo.finish(facts.workVersion)
  if (facts.deskState !== 'done' && (await repo.showState('done', null))) onChanged()
  effects.setTrouble(null)
  if (facts.ticketId !== null) effects.setBurst({ lengthMs: facts.channel.burstMs, endsAt: null })
  return { kind: 'rest', nextAt: null }
}

/** Only facts about other messages came: the place moves past them. */
async function settle(deps: TicketDeps, facts: DeskFacts, read: Read, holes: number[]): Promise<Step> {
  const isComplete = read.isAll && holes.length === 0
  const isNews = facts.deskState !== 'done'
  const progress: Progress = {
    cursor: Math.max(facts.cursor, ...read.messages.map(({ seq }) => seq)),
    holes,
    seenChange: read.isAll ? facts.change : null,
    finishedVersion: isComplete ? facts.workVersion : null,
    isComplete,
    burstMs: facts.channel.burstMs,
  }
  await deps.repo.settle(progress, isNews)
  deps.effects.forget(progress.cursor, holes)
  return committed(deps, progress, isNews)
}
