import type { DeskFailure } from '../desk/desk.types.ts'
import type { Step, TicketDeps } from './tickets.ports.ts'
import type { Trouble } from './troubles.ts'
import { troubleOf } from './troubles.ts'

/** Ends the pass because of a failure: panels show it, and it is tried again in time. */
export async function stopFor(deps: TicketDeps, failure: DeskFailure): Promise<Step> {
  const { effects, logger, repo } = deps
  const { failures, isShown } = effects.trouble()
  const trouble = troubleOf(failure, failures, deps.clock(), deps.random())
  effects.setTrouble({
    failures: trouble.isGated ? failures + 1 : failures,
    notBefore: trouble.isGated ? trouble.nextAt : 0,
    isShown,
  })
  logger.warn('desk.stopped', { conversation: repo.conversationId, kind: failure.kind, reason: trouble.reason })
  await show(deps, trouble.state, trouble.reason)
  return { kind: 'rest', nextAt: trouble.nextAt }
}

/** Shows why messages are not in the ticket yet. */
export async function show(deps: TicketDeps, state: Trouble['state'], reason: Trouble['reason']): Promise<void> {
  deps.effects.setTrouble({ ...deps.effects.trouble(), isShown: true })
  if (await deps.repo.showState(state, reason)) deps.onChanged()
}
