import type { Presence } from '../../../contract/index.ts'

export type PresentAgent = Presence['agents'][number]

/** The others on this conversation: never oneself, each agent once, whoever types first. */
export function othersPresent(presence: Presence, ownId: string): PresentAgent[] {
  const byId = new Map<string, PresentAgent>()
  for (const agent of presence.agents) {
    if (agent.id === ownId) continue
    if (byId.get(agent.id)?.state !== 'typing') byId.set(agent.id, agent)
  }
  return [...byId.values()].toSorted((a, b) => Number(b.state === 'typing') - Number(a.state === 'typing'))
}

/** `typing` is told at most every 3 s, and taken back after 4 s without a key: others see it within 5 s and lose it within 8. */
export const TYPING_TOLD_EVERY_MS = 3_000
export const TYPING_ENDS_AFTER_MS = 4_000
