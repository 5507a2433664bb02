import type { ApiFailure } from '../../state/settings/settings.ts'
import type { WordKey } from '../../state/words.ts'

const REFUSALS: Record<string, WordKey> = {
  'administration.not_signed_in': 'channel.refusedSignIn',
  'channels.limit': 'channel.refusedLimit',
  'channels.not_found': 'channel.refusedGone',
  'channels.removed': 'channel.refusedGone',
  'channels.department_unknown': 'channel.refusedDepartment',
  'channels.icon_type': 'channel.iconType',
  'channels.icon_dimensions': 'channel.iconLarge',
}

/** Why a change was not taken, in words; null where only the Worker's own sentence says it. */
export function channelRefusal({ kind, code, status }: ApiFailure): WordKey | null {
  if (kind === 'network' || kind === 'timeout' || status >= 500) return 'channel.refusedNetwork'
  if (status === 413) return 'channel.iconLarge'
  return REFUSALS[code] ?? null
}
