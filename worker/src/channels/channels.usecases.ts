import type {
  ChangeChannelBody,
  ChannelList,
  ChannelSettings,
  ChannelView,
  CreateChannelBody,
} from '../../../contract/index.ts'
import type { Actor } from '../audit/audit.repo.ts'
import type { Clock } from '../platform/clock.ts'
import { channelErrors } from './channels.errors.ts'
import type { ChannelsRepo } from './channels.repo.ts'
import type { ChannelRow } from './channels.rows.ts'
import { settingsOf, toChannelView } from './channels.view.ts'

export type ChannelDeps = {
  repo: ChannelsRepo
  clock: Clock
  newId: () => string
  /** Reads Desk's departments again where they are older than that; keeps those that are known where Desk does not answer. */
  refreshDepartments: (olderThanMs: number) => Promise<void>
  /** Routes a number here; false where it is another organisation's. */
  claimRoute: (route: { phoneNumberId: string; wabaId: string; appPath: string }) => Promise<boolean>
  /** What came in before the number had a channel is worked on now. */
  touchLane: (phoneNumberId: string) => Promise<void>
  iconUrl: (row: ChannelRow) => Promise<string | null>
}

const DEPARTMENTS_MS = 60 * 60_000
/** A department that was made a moment ago lets a channel in that the hour-old list would not. */
const RECENT_MS = 30_000

/** Every channel, and how many there may be. */
export async function listChannels(deps: Pick<ChannelDeps, 'repo' | 'iconUrl'>): Promise<ChannelList> {
  const [rows, departments] = await Promise.all([deps.repo.list(), deps.repo.listDepartments()])
  return { items: await Promise.all(rows.map((row) => viewOf(deps, row))), limit: departments.length }
}

/**
 * Makes the channel of a number. A repeated request, or the second of two tabs, finds the first one's: `isNew` is false then. Throws
 * `channels.number_not_found`, `channels.number_taken`, `channels.department_unknown` and `channels.limit`.
 */
export async function createChannel(
  deps: ChannelDeps,
  actor: Actor,
  body: CreateChannelBody,
): Promise<{ channel: ChannelView; isNew: boolean }> {
  const { repo } = deps
  const { phoneNumberId } = body
  const number = await repo.findNumber(phoneNumberId)
  if (number === null) throw channelErrors.numberNotFound()
  await deps.refreshDepartments(DEPARTMENTS_MS)
  if (!(await deps.claimRoute({ phoneNumberId, ...number }))) throw channelErrors.numberTaken()
  const isNew = (await insert(deps, actor, body)) ?? (await insertAfterRefresh(deps, actor, body))
  const row = await repo.findByNumber(phoneNumberId)
  if (row === null) throw channelErrors.notFound()
  await deps.touchLane(phoneNumberId)
  return { channel: await viewOf(deps, row), isNew }
}

/** True: made. False: the number has its channel. Null: refused. */
async function insert(
  { repo, clock, newId }: ChannelDeps,
  actor: Actor,
  body: CreateChannelBody,
): Promise<boolean | null> {
  const now = clock()
  const details = { phoneNumberId: body.phoneNumberId, departmentId: body.departmentId }
  const isMade = await repo.create(newId(), body, now, {
    at: now,
    actor,
    action: 'channel.created',
    target: body.name,
    details,
  })
  if (isMade) return true
  const known = await repo.findByNumber(body.phoneNumberId)
  return known !== null && known.removed_at === null ? false : null
}

async function insertAfterRefresh(deps: ChannelDeps, actor: Actor, body: CreateChannelBody): Promise<boolean> {
  await deps.refreshDepartments(RECENT_MS)
  const isNew = await insert(deps, actor, body)
  if (isNew !== null) return isNew
  const departments = await deps.repo.listDepartments()
  const isKnown = departments.some(({ id }) => id === body.departmentId)
  throw isKnown || departments.length === 0
    ? channelErrors.limit(departments.length)
    : channelErrors.departmentUnknown()
}

/** Changes a channel. Messages that wait for a ticket go by the new rules from the next one on. */
export async function changeChannel(
  deps: ChannelDeps,
  actor: Actor,
  id: string,
  changes: ChangeChannelBody,
): Promise<ChannelView> {
  const { repo, clock } = deps
  const row = await requireChannel(repo, id)
  if (row.removed_at !== null) throw channelErrors.removed()
  const before = settingsOf(row)
  const settings = withChanges(before, changes)
  const details = differencesOf(before, settings)
  if (Object.keys(details).length === 0) return viewOf(deps, row)
  if (settings.departmentId !== before.departmentId) await deps.refreshDepartments(DEPARTMENTS_MS)
  const audit = { at: clock(), actor, action: 'channel.changed', target: row.name, details } as const
  if (!(await repo.change(row, settings, audit))) throw channelErrors.departmentUnknown()
  return viewOf(deps, await requireChannel(repo, id))
}

export async function requireChannel(repo: ChannelsRepo, id: string): Promise<ChannelRow> {
  const row = await repo.find(id)
  if (row === null) throw channelErrors.notFound()
  return row
}

export async function viewOf({ iconUrl }: Pick<ChannelDeps, 'iconUrl'>, row: ChannelRow): Promise<ChannelView> {
  return toChannelView(row, await iconUrl(row))
}

function withChanges(before: ChannelSettings, changes: ChangeChannelBody): ChannelSettings {
  return {
    name: changes.name ?? before.name,
    departmentId: changes.departmentId ?? before.departmentId,
    ticketRule: changes.ticketRule ?? before.ticketRule,
    ticketAfterMinutes: changes.ticketAfterMinutes ?? before.ticketAfterMinutes,
    reopenDays: changes.reopenDays ?? before.reopenDays,
    burstSeconds: changes.burstSeconds ?? before.burstSeconds,
    publicComments: changes.publicComments ?? before.publicComments,
  }
}

/** Each setting that changes, with what it was: `name_from`, `name_to`. */
function differencesOf(before: ChannelSettings, after: ChannelSettings): Record<string, string | number | boolean> {
  const now = new Map(Object.entries(after))
  const changed = Object.entries(before).filter(([key, value]) => now.get(key) !== value)
  return Object.fromEntries(
    changed.flatMap(([key, value]) => [
      [`${key}_from`, value],
      [`${key}_to`, now.get(key) ?? value],
    ]),
  )
}
