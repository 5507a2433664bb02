import type { DeskFailure, DeskResult } from '../desk/desk.types.ts'
import { ok } from '../platform/errors.ts'
import { backoffMs, LOOK_DELAYS_MS, lookGapMs } from './effects.model.ts'
import type { Effect, EffectBody, EffectResult } from './effects.types.ts'
import { lookFor } from './look.ts'
import type { TicketDeps } from './tickets.ports.ts'
import type { Trouble } from './troubles.ts'
import { troubleOf } from './troubles.ts'

/**
 * `wait`: it is not known yet whether the call did its work; nothing else may go before. `reason` is null where that is shown already.
 * `failed`: the call certainly did nothing.
 */
export type EffectOutcome =
  | { kind: 'done'; result: EffectResult }
  | { kind: 'wait'; until: number; reason: Trouble['reason'] | null }
  | { kind: 'failed'; failure: DeskFailure }

/** Brings one effect as far as it gets now: calls, or looks for what a lost call made before calling again. */
export async function runEffect(deps: TicketDeps, start: Effect): Promise<EffectOutcome> {
  let effect = start
  const update = (changes: Parameters<TicketDeps['effects']['update']>[1]): void => {
    deps.effects.update(effect.id, changes)
    effect = { ...effect, ...changes }
  }
  if (effect.result !== null) return { kind: 'done', result: effect.result }
  if (effect.state === 'calling' && !isRepeatable(effect)) {
    // The object went away while it was called: whatever came back then is lost.
    update({ state: 'unsure', looks: 0, nextAt: deps.clock() })
  }
  if (effect.state === 'unsure') {
    const looked = await look(deps, effect, update)
    if (looked !== null) return looked
  }
  return call(deps, effect, update)
}

type Update = (changes: Parameters<TicketDeps['effects']['update']>[1]) => void

/** Null: it is not there and will not come any more, so it is to be made again. */
async function look(deps: TicketDeps, effect: Effect, update: Update): Promise<EffectOutcome | null> {
  const { clock, random } = deps
  const nextAt = effect.nextAt ?? 0
  if (clock() < nextAt) return { kind: 'wait', until: nextAt, reason: null }
  const found = await lookFor(deps, effect)
  const now = clock()
  if (!found.ok) {
    if (found.error.kind === 'gone') return { kind: 'failed', failure: found.error }
    const trouble = troubleOf(found.error, effect.attempts, now, random())
    update({ nextAt: trouble.nextAt })
    return { kind: 'wait', until: trouble.nextAt, reason: trouble.reason }
  }
  if (found.value !== null) {
    update({ state: 'done', result: found.value })
    return { kind: 'done', result: found.value }
  }
  const gapMs = lookGapMs(effect.looks + 1, delaysOf(deps))
  if (gapMs === null) return null
  update({ looks: effect.looks + 1, nextAt: now + gapMs })
  return { kind: 'wait', until: now + gapMs, reason: null }
}

async function call(deps: TicketDeps, effect: Effect, update: Update): Promise<EffectOutcome> {
  const { clock, random, logger } = deps
  const attempts = effect.attempts + 1
  update({ state: 'calling', attempts, beganAt: effect.beganAt ?? clock() })
  const answer = await perform(deps, effect.body)
  const now = clock()
  if (answer.ok) {
    update({ state: 'done', result: answer.value })
    return { kind: 'done', result: answer.value }
  }
  const failure = answer.error
  switch (failure.kind === 'lost' && isRepeatable(effect) ? 'server' : failure.kind) {
    case 'lost': {
      logger.warn('desk.answer_lost', { effect: effect.body.kind, attempts })
      const until = now + (lookGapMs(0, delaysOf(deps)) ?? 0)
      update({ state: 'unsure', looks: 0, nextAt: until })
      return { kind: 'wait', until, reason: 'uncertain' }
    }
    case 'server': {
      // Desk says that it failed: one look after a while is enough to be sure.
      const until = now + backoffMs(attempts - 1, random())
      update({ state: 'unsure', looks: delaysOf(deps).length - 1, nextAt: until })
      return { kind: 'wait', until, reason: 'unreachable' }
    }
    default:
      update({ state: 'planned', attempts: effect.attempts })
      return { kind: 'failed', failure }
  }
}

/** Setting a status twice is setting it once: nothing has to be known before it is done again. */
function isRepeatable({ body }: Effect): boolean {
  return body.kind === 'status'
}

async function perform({ desk }: TicketDeps, body: EffectBody): Promise<DeskResult<EffectResult>> {
  switch (body.kind) {
    case 'contact': {
      const { lastName, phone, description } = body
      return only(await desk.createContact({ lastName, mobile: phone, description }))
    }
    case 'ticket': {
      const { subject, description, departmentId, contactId, phone, assigneeId } = body
      const assignee = assigneeId === undefined ? {} : { assigneeId }
      const made = await desk.createTicket({ subject, description, departmentId, contactId, phone, ...assignee })
      if (!made.ok) return made
      return ok({ id: made.value.id, number: made.value.ticketNumber, departmentId: made.value.departmentId })
    }
    case 'comment': {
      const { ticketId, content, isPublic, attachmentIds } = body
      return only(await desk.createComment(ticketId, { content, isPublic, attachmentIds }))
    }
    case 'status':
      return only(await desk.updateTicketStatus(body.ticketId, body.status))
  }
}

function only(answer: DeskResult<{ id: string }>): DeskResult<EffectResult> {
  return answer.ok ? ok({ id: answer.value.id }) : answer
}

function delaysOf({ lookDelaysMs }: TicketDeps): readonly number[] {
  return lookDelaysMs ?? LOOK_DELAYS_MS
}
