import type { AuditAction, AuditEntry } from '../../../../contract/index.ts'
import type { WordKey } from '../../state/words.ts'

export const ACTION_WORDS: Record<AuditAction, WordKey> = {
  'desk.connected': 'audit.desk_connected',
  'desk.disconnected': 'audit.desk_disconnected',
  'desk.revoked': 'audit.desk_revoked',
  'install_key.replaced': 'audit.install_key_replaced',
  'account.connected': 'audit.account_connected',
  'account.claimed': 'audit.account_claimed',
  'account.removed': 'audit.account_removed',
  'number.added': 'audit.number_added',
  'number.verified': 'audit.number_verified',
  'number.registered': 'audit.number_registered',
  'number.designated': 'audit.number_designated',
  'number.repaired': 'audit.number_repaired',
  'number.tested': 'audit.number_tested',
  'history.requested': 'audit.history_requested',
  'profile.saved': 'audit.profile_saved',
  'channel.created': 'audit.channel_created',
  'channel.changed': 'audit.channel_changed',
  'channel.switched_off': 'audit.channel_switched_off',
  'channel.switched_on': 'audit.channel_switched_on',
  'channel.removed': 'audit.channel_removed',
  'stage.changed': 'audit.stage_changed',
  'review.date_corrected': 'audit.review_date_corrected',
  'alerts.changed': 'audit.alerts_changed',
  'conversation.started': 'audit.conversation_started',
  'conversation.ticket_made': 'audit.conversation_ticket_made',
  'message.sent_again': 'audit.message_sent_again',
  'message.settled': 'audit.message_settled',
  'message.cancelled': 'audit.message_cancelled',
  'dead_letter.replayed': 'audit.dead_letter_replayed',
}

type Line = { name: string; value: string }

/** What a person can read of an entry's facts: a department by its name, no other ids and no plain yes or no. The file has them all. */
export function detailLines(
  details: AuditEntry['details'],
  departments: readonly { id: string; name: string }[],
): Line[] {
  return Object.entries(details).flatMap(([name, value]): Line[] => {
    if (name === 'departmentId') {
      const department = departments.find(({ id }) => id === value)
      return department === undefined ? [] : [{ name: 'department', value: department.name }]
    }
    if (value === null || typeof value === 'boolean' || name.endsWith('Id')) return []
    return [{ name, value: String(value) }]
  })
}
