import type { MessageStatus } from '../../../../contract/index.ts'
import type { WordKey } from '../../state/words.ts'
import type { IconName } from '../../ui/Icon.tsx'

export type StatusLook = { icon: IconName; word: WordKey; tone: 'quiet' | 'read' | 'danger' | 'warning' }

const LOOKS: Record<Exclude<MessageStatus, 'received'>, StatusLook> = {
  queued: { icon: 'clock', word: 'status.queued', tone: 'quiet' },
  sending: { icon: 'clock', word: 'status.sending', tone: 'quiet' },
  accepted: { icon: 'tick', word: 'status.accepted', tone: 'quiet' },
  sent: { icon: 'tick', word: 'status.sent', tone: 'quiet' },
  delivered: { icon: 'ticks', word: 'status.delivered', tone: 'quiet' },
  read: { icon: 'ticks', word: 'status.read', tone: 'read' },
  failed: { icon: 'alert', word: 'status.failed', tone: 'danger' },
  unknown: { icon: 'question', word: 'status.unknown', tone: 'warning' },
}

/** The sign and the word of how far our message is; null for what the customer wrote. */
export function statusLook(status: MessageStatus): StatusLook | null {
  return status === 'received' ? null : LOOKS[status]
}
