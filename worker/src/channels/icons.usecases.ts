import type { ChannelView } from '../../../contract/index.ts'
import type { Actor } from '../audit/audit.repo.ts'
import { channelErrors } from './channels.errors.ts'
import type { ChannelDeps } from './channels.usecases.ts'
import { requireChannel, viewOf } from './channels.usecases.ts'
import { isFitting, readIcon } from './icon.model.ts'
import type { IconsRepo } from './icons.repo.ts'

export type IconDeps = Pick<ChannelDeps, 'repo' | 'clock' | 'iconUrl'> & {
  icons: IconsRepo
  sha256: (bytes: Uint8Array<ArrayBuffer>) => Promise<string>
  /** Where an icon of these bytes lies. */
  keyOf: (channelId: string, sha256: string) => string
  put: (key: string, bytes: Uint8Array<ArrayBuffer>, type: string) => Promise<void>
  remove: (key: string) => Promise<void>
}

/** Gives a channel its icon. What it is is read from its bytes alone. */
export async function saveIcon(
  deps: IconDeps,
  actor: Actor,
  id: string,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<ChannelView> {
  const row = await requireChannel(deps.repo, id)
  if (row.removed_at !== null) throw channelErrors.removed()
  const icon = readIcon(bytes)
  if (icon === null) throw channelErrors.iconType()
  if (!isFitting(icon)) throw channelErrors.iconSize(icon.width, icon.height)
  const key = deps.keyOf(id, await deps.sha256(bytes))
  await deps.put(key, bytes, icon.type)
  const details = { icon: icon.type, width: icon.width, height: icon.height }
  const audit = { at: deps.clock(), actor, action: 'channel.changed', target: row.name, details } as const
  await deps.icons.save(id, { key, type: icon.type }, audit)
  if (row.icon_key !== null && row.icon_key !== key) await deps.remove(row.icon_key)
  return viewOf(deps, await requireChannel(deps.repo, id))
}
