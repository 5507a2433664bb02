import type { ChannelView } from '../../../contract/index.ts'
import type { Actor, AuditFact } from '../audit/audit.repo.ts'
import { channelErrors } from './channels.errors.ts'
import type { ChannelRow } from './channels.rows.ts'
import type { ChannelDeps } from './channels.usecases.ts'
import { requireChannel, viewOf } from './channels.usecases.ts'
import type { SwitchesRepo } from './switches.repo.ts'

export type SwitchDeps = Pick<ChannelDeps, 'repo' | 'clock' | 'iconUrl'> & {
  switches: SwitchesRepo
  /** Resolves when no call to Meta is under way any more of those that had begun before. */
  callsSettled: (phoneNumberId: string) => Promise<void>
  /** Wakes a conversation; never throws, as the sweep of pending work finds what was not woken. */
  wake: (conversationId: string) => Promise<void>
}

const DAY_MS = 24 * 60 * 60 * 1_000

/** So many conversations are woken at once; the sweep wakes the others. */
const WAKE_AT_ONCE = 20

/**
 * Switches a channel off: when this is answered no call to Meta starts any more. What waits is held and can be taken back; what
 * customers write is stored and marked. Off again is the same.
 */
export async function switchOff(deps: SwitchDeps, actor: Actor, id: string): Promise<ChannelView> {
  const row = await requireKept(deps, id)
  await deps.switches.switchOff(row, auditOf(deps, actor, row, 'channel.switched_off'))
  await deps.callsSettled(row.phone_number_id)
  return viewOf(deps, await requireChannel(deps.repo, id))
}

/** Switches a channel on again: held sends go, and conversations that waited get their tickets as far as `backlog` says. */
export async function switchOn(
  deps: SwitchDeps,
  actor: Actor,
  id: string,
  backlog: 'all' | 'day' | 'none',
): Promise<ChannelView> {
  const row = await requireKept(deps, id)
  if (row.off_at === null) return viewOf(deps, row)
  const audit = auditOf(deps, actor, row, 'channel.switched_on', { backlog, waited: row.held })
  await deps.switches.switchOn(row, sinceOf(backlog, audit.at), audit)
  // What waits to be sent goes first: its window runs out.
  const sending = await deps.switches.listWaiting(row.phone_number_id, WAKE_AT_ONCE)
  const pending = await deps.switches.listPending(row.phone_number_id, WAKE_AT_ONCE)
  await Promise.all([...new Set([...sending, ...pending])].map((conversationId) => deps.wake(conversationId)))
  return viewOf(deps, await requireChannel(deps.repo, id))
}

/** Removes a channel: it counts no more, and what waits to be sent fails. Its conversations stay readable. */
export async function removeChannel(deps: SwitchDeps, actor: Actor, id: string): Promise<ChannelView> {
  const row = await requireChannel(deps.repo, id)
  await deps.switches.remove(row, auditOf(deps, actor, row, 'channel.removed'))
  await deps.callsSettled(row.phone_number_id)
  const waiting = await deps.switches.listWaiting(row.phone_number_id, WAKE_AT_ONCE)
  await Promise.all(waiting.map((conversationId) => deps.wake(conversationId)))
  return viewOf(deps, await requireChannel(deps.repo, id))
}

async function requireKept({ repo }: SwitchDeps, id: string): Promise<ChannelRow> {
  const row = await requireChannel(repo, id)
  if (row.removed_at !== null) throw channelErrors.removed()
  return row
}

/** Customers who wrote after this get their ticket now. */
function sinceOf(backlog: 'all' | 'day' | 'none', now: number): number {
  if (backlog === 'none') return Number.MAX_SAFE_INTEGER
  return backlog === 'day' ? now - DAY_MS : 0
}

function auditOf(
  { clock }: SwitchDeps,
  actor: Actor,
  { name }: ChannelRow,
  action: AuditFact['action'],
  details: NonNullable<AuditFact['details']> = {},
): AuditFact {
  return { at: clock(), actor, action, target: name, details }
}
