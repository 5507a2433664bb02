import type { Gate } from './ticket-gate.model.ts'
import { decideOpening } from './ticket-gate.model.ts'
import type { Step, TicketDeps } from './tickets.ports.ts'
import type { DeskFacts } from './tickets.rows.ts'

/** What is done instead where no ticket may be made now; null where one may. */
export async function stepWithout(deps: TicketDeps, facts: DeskFacts, gate: Gate): Promise<Step | null> {
  const opening = decideOpening(gate, deps.clock())
  switch (opening.do) {
    case 'open':
      return null
    case 'hold':
      return hold(deps, facts)
    case 'leave':
      return restWithout(deps, facts)
    case 'wait':
      await deps.gate.postpone(facts.workVersion, opening.until)
      return { kind: 'rest', nextAt: opening.until }
  }
}

/** The channel is off: what came is marked, and written into tickets once it is on again. */
export async function hold({ gate, clock, onChanged }: TicketDeps, { workVersion }: DeskFacts): Promise<Step> {
  if (await gate.hold(workVersion, clock())) onChanged()
  return { kind: 'rest', nextAt: null }
}

/** Nothing is to be done until something new happens. */
export async function restWithout(
  { repo, effects, onChanged }: TicketDeps,
  { workVersion, deskState }: DeskFacts,
): Promise<Step> {
  if (workVersion !== null) await repo.finish(workVersion)
  if (deskState !== 'done' && (await repo.showState('done', null))) onChanged()
  effects.setTrouble(null)
  return { kind: 'rest', nextAt: null }
}
