import type { Presence } from '../../../contract/index.ts'

/** A typing sign is forgotten this long after it was last given. */
export const TYPING_MS = 7_000

export type PresenceMark = { agentId: string; name: string; state: 'viewing' | 'typing' | 'away'; at: number }

/** Who else looks at the conversation, as one agent sees it: each colleague once, typing before viewing, never oneself. */
export function presenceFor(agentId: string, marks: readonly PresenceMark[], now: number): Presence {
  const byAgent = new Map<string, { id: string; name: string; state: 'viewing' | 'typing' }>()
  for (const mark of marks) {
    if (mark.agentId === agentId || mark.state === 'away') continue
    const state = mark.state === 'typing' && now - mark.at < TYPING_MS ? 'typing' : 'viewing'
    if (byAgent.get(mark.agentId)?.state === 'typing') continue
    byAgent.set(mark.agentId, { id: mark.agentId, name: mark.name, state })
  }
  return { agents: [...byAgent.values()].toSorted((left, right) => left.name.localeCompare(right.name)) }
}
