import type { ChannelView } from '../../../contract/index.ts'
import type { Actor, AuditFact } from '../audit/audit.repo.ts'
import { KEPT_BACK_FAILURE } from '../messages/sends.model.ts'
import { channelErrors } from './channels.errors.ts'
import type { ChannelRow } from './channels.rows.ts'
import type { ChannelDeps } from './channels.usecases.ts'
import { requireChannel, viewOf } from './channels.usecases.ts'
import type { SwitchesRepo } from './switches.repo.ts'

export type SwitchDeps = Pick<ChannelDeps, 'repo' | 'clock' | 'iconUrl'> & {
  switches: SwitchesRepo
  /** Resolves when no call to Meta is under way any more of those that had begun before. */
  callsSettled: (phoneNumberId: string) => Promise<void>
  /**
   * Wakes conversations, the first at once and the others as there is room; never throws, as the sweep of pending work finds what was not
   * woken. `shown` only tells open panels.
   */
  wake: (conversationIds: readonly string[], reason: 'send' | 'shown') => Promise<void>
}

const DAY_MS = 24 * 60 * 60 * 1_000

/** So many conversations are woken one after the other, which one job of the queue can name; the sweep wakes those beyond. */
const WAKE_LIMIT = 2_500

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

/**
 * Switches a channel on again: what waited since before the time that `backlog` says stays as it is. Conversations get no ticket for it,
 * and answers are not sent by themselves: each says so, and can be sent by hand.
 */
export async function switchOn(
  deps: SwitchDeps,
  actor: Actor,
  id: string,
  backlog: 'all' | 'day' | 'none',
): Promise<ChannelView> {
  const row = await requireKept(deps, id)
  if (row.off_at === null) return viewOf(deps, row)
  const { switches } = deps
  const at = deps.clock()
  const since = sinceOf(backlog, at)
  const answers = await switches.listOlderAnswers(row.phone_number_id, since)
  const details = { backlog, waited: row.held, ...(answers.length > 0 && { notSent: answers.length }) }
  const audit = { ...auditOf(deps, actor, row, 'channel.switched_on', details), at }
  await switches.switchOn(row, since, audit, { answers, why: KEPT_BACK_FAILURE })
  await wakeWaiting(deps, row.phone_number_id)
  await wakeAll(deps, new Set(answers.map((answer) => answer.conversation_id)), 'shown')
  return viewOf(deps, await requireChannel(deps.repo, id))
}

/** Removes a channel: it counts no more, and what waits to be sent fails. Its conversations stay readable. */
export async function removeChannel(deps: SwitchDeps, actor: Actor, id: string): Promise<ChannelView> {
  const row = await requireChannel(deps.repo, id)
  await deps.switches.remove(row, auditOf(deps, actor, row, 'channel.removed'))
  await deps.callsSettled(row.phone_number_id)
  await wakeAll(deps, new Set(await deps.switches.listWaiting(row.phone_number_id, WAKE_LIMIT)), 'send')
  return viewOf(deps, await requireChannel(deps.repo, id))
}

/** What waits to be sent goes first: its window runs out. */
async function wakeWaiting(deps: SwitchDeps, phoneNumberId: string): Promise<void> {
  const sending = await deps.switches.listWaiting(phoneNumberId, WAKE_LIMIT)
  const pending = await deps.switches.listPending(phoneNumberId, WAKE_LIMIT)
  await wakeAll(deps, new Set([...sending, ...pending]), 'send')
}

async function wakeAll({ wake }: SwitchDeps, ids: ReadonlySet<string>, reason: 'send' | 'shown'): Promise<void> {
  if (ids.size > 0) await wake([...ids].slice(0, WAKE_LIMIT), reason)
}

async function requireKept({ repo }: SwitchDeps, id: string): Promise<ChannelRow> {
  const row = await requireChannel(repo, id)
  if (row.removed_at !== null) throw channelErrors.removed()
  return row
}

/** Customers who wrote after this get their ticket now, and answers that were written after it go. */
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
