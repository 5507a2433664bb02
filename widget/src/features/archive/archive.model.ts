import type { ArchivedMessageView } from '../../../../contract/index.ts'
import type { WordKey } from '../../state/words.ts'
import type { StatusLook } from '../bubble/status.model.ts'
import { statusLook } from '../bubble/status.model.ts'

export type ChatRow =
  | { kind: 'day'; key: string; at: string }
  | { kind: 'message'; key: string; message: ArchivedMessageView }

/** Days and messages in one list. */
export function chatRows(messages: readonly ArchivedMessageView[], dayKey: (at: string) => string): ChatRow[] {
  let day = ''
  return messages.flatMap((message): ChatRow[] => {
    const row: ChatRow = { kind: 'message', key: message.wamid, message }
    const key = dayKey(message.sentAt)
    if (key === day) return [row]
    day = key
    return [{ kind: 'day', key: `day:${key}`, at: message.sentAt }, row]
  })
}

const KINDS: Readonly<Record<string, WordKey>> = {
  image: 'media.image',
  video: 'media.video',
  audio: 'media.audio',
  document: 'media.document',
  sticker: 'media.sticker',
  file: 'archive.file',
  revoke: 'archive.revoked',
}

/** What stands in the place of words for this kind of message; null where it is its text, or its summary, alone. */
export function kindWord({ kind }: Pick<ArchivedMessageView, 'kind'>): WordKey | null {
  return KINDS[kind] ?? null
}

/** How far our message was when it was archived; null where Meta said nothing of it, and for what the customer wrote. */
export function archivedStatus({
  direction,
  status,
}: Pick<ArchivedMessageView, 'direction' | 'status'>): StatusLook | null {
  if (direction === 'in') return null
  switch (status) {
    case 'sent':
    case 'delivered':
    case 'read':
      return statusLook(status)
    case 'played':
      return statusLook('read')
    case 'pending':
      return statusLook('queued')
    case 'error':
    case 'failed':
      return statusLook('failed')
    default:
      return null
  }
}
